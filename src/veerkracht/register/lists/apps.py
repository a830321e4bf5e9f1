from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "veerkracht.register.lists"
    label = "lists"
