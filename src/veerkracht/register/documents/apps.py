from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "veerkracht.register.documents"
    label = "documents"
