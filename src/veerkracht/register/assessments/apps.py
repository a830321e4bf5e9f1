from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "veerkracht.register.assessments"
    label = "assessments"
