from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "veerkracht.register.keeping"
    label = "keeping"
