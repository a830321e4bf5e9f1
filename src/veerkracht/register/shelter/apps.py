from django.apps import AppConfig


class ShelterConfig(AppConfig):
    name = "veerkracht.register.shelter"
    label = "shelter"
