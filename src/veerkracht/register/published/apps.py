from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "veerkracht.register.published"
    label = "published"
