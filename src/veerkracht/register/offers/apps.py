from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "veerkracht.register.offers"
    label = "offers"
