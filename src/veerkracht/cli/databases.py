"""Brings the databases of this installation to the state the code expects."""

from veerkracht.cli.output import CommandError, say


def bring_up_to_date() -> None:
    """Run the migrations that have not run yet, in both databases; silent when there are none.

    The log comes first: the other's migrations may already write to it.
    """
    for alias in ("log", "default"):
        _migrate(alias)


def _migrate(alias: str) -> None:
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connections[alias])
    except OperationalError as error:
        why = str(error).strip().splitlines()[0]
        raise CommandError(f"can't open the database '{alias}': {why}") from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say(f"Bringing the database '{alias}' up to date …")
        call_command("migrate", database=alias, verbosity=0, interactive=False)
