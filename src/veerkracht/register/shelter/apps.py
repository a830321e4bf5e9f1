from django.apps import AppConfig


class ShelterConfig(AppConfig):
    name = "veerkracht.register.shelter"
    label = "shelter"

    def ready(self) -> None:
        """A stay begins when its place is confirmed, its guests get names when the call does: in that transaction."""
        from veerkracht.register.crisis import placed
        from veerkracht.register.shelter.actions.stays import named, opened

        placed.also(opened)
        placed.also_named(named)
