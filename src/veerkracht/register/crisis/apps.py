from django.apps import AppConfig


class CrisisConfig(AppConfig):
    name = "veerkracht.register.crisis"
    label = "crisis"
