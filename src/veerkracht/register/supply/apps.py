from django.apps import AppConfig


class SupplyConfig(AppConfig):
    name = "veerkracht.register.supply"
    label = "supply"
