from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "veerkracht.register.payments"
    label = "payments"
