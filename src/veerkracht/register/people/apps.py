from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "veerkracht.register.people"
    label = "people"
