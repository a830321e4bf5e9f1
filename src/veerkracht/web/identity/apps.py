from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "veerkracht.web.identity"
    label = "identity"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_used
        from django.contrib.auth.signals import user_logged_in

        from veerkracht.web.identity import sessions

        user_logged_in.connect(sessions.begin)
        authenticator_added.connect(sessions.second_factor_shown)
        authenticator_used.connect(sessions.second_factor_shown)
