from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "veerkracht.register.quality"
    label = "quality"
