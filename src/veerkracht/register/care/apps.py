from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "veerkracht.register.care"
    label = "care"
