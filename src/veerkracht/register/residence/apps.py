from django.apps import AppConfig


class ResidenceConfig(AppConfig):
    name = "veerkracht.register.residence"
    label = "residence"

    def ready(self) -> None:
        """A death ends a stay, wherever it is recorded."""
        from veerkracht.register.care import endings
        from veerkracht.register.residence.ending import end_of_death

        endings.also(end_of_death)
