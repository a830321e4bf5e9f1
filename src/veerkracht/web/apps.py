from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "veerkracht.web"
    label = "web"
