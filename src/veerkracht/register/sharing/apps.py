from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "veerkracht.register.sharing"
    label = "sharing"
