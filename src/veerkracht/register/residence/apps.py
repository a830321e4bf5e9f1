from django.apps import AppConfig


class ResidenceConfig(AppConfig):
    name = "veerkracht.register.residence"
    label = "residence"

    def ready(self) -> None:
        """A death ends a stay, wherever it is recorded; and a place is not given back over a resident's head."""
        from veerkracht.register.care import endings
        from veerkracht.register.residence.ending import end_of_death, goes_on
        from veerkracht.register.supply import keepers

        endings.also(end_of_death)
        keepers.also(goes_on)
