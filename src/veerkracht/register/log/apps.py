from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "veerkracht.register.log"
    label = "log"
