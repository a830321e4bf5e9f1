from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "veerkracht.register.plans"
    label = "plans"
