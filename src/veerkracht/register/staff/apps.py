from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "veerkracht.register.staff"
    label = "staff"
