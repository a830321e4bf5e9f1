from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "veerkracht.register.tokens"
    label = "tokens"
