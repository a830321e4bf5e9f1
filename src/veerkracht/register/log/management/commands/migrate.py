"""`migrate`, as Django's, except that a database which holds one app alone has the migrations of that app alone.

Django runs the migrations of every app in every database, and only then leaves out what isn't for that one. Working out
the models of all of them again for the log took as long as making the register itself.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import router


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        held = [
            app.label
            for app in apps.get_app_configs()
            if router.allow_migrate(options["database"], app.label)
        ]
        if len(held) == 1 and not options["app_label"]:
            options |= {"app_label": held[0], "run_syncdb": False}
        super().handle(*args, **options)
