from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "veerkracht.register.money"
    label = "money"
