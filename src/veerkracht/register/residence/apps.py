from django.apps import AppConfig


class ResidenceConfig(AppConfig):
    name = "veerkracht.register.residence"
    label = "residence"
