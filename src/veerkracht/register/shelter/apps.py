from django.apps import AppConfig


class ShelterConfig(AppConfig):
    name = "veerkracht.register.shelter"
    label = "shelter"

    def ready(self) -> None:
        """A stay begins when its place is confirmed, in that transaction."""
        from veerkracht.register.crisis import placed
        from veerkracht.register.shelter.actions.stays import opened

        placed.also(opened)
