from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "veerkracht.register.offers"
    label = "offers"

    def ready(self) -> None:
        """A death and a request that ends take an offer with them; an offered place is not given away behind it; and a
        place that somebody leaves is a vacancy.
        """
        from veerkracht.register.care import endings
        from veerkracht.register.offers.ending import end_of_death, end_of_request
        from veerkracht.register.offers.guarding import keep_offered
        from veerkracht.register.offers.opening import place_came_free, place_was_taken
        from veerkracht.register.residence import turning
        from veerkracht.register.supply import guards

        endings.also(end_of_death)
        endings.also_of_requests(end_of_request)
        guards.also(keep_offered)
        turning.also_when_free(place_came_free)
        turning.also_when_taken(place_was_taken)
