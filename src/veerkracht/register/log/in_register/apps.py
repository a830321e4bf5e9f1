from django.apps import AppConfig


class InRegisterConfig(AppConfig):
    name = "veerkracht.register.log.in_register"
    label = "log_in_register"
