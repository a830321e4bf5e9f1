from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "veerkracht.register.lists"
    label = "lists"

    def ready(self) -> None:
        """Who dies or no longer asks leaves every list, wherever it is recorded; who moved is looked at again."""
        from veerkracht.register.care import endings, moving
        from veerkracht.register.lists.ending import end_of_death, end_of_request
        from veerkracht.register.lists.moving import look_again

        endings.also(end_of_death)
        endings.also_of_requests(end_of_request)
        moving.also(look_again)
