"""Brings the databases of this installation to the state the code expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from veerkracht.cli.saying import CommandError, say

# Any number, as long as it is always this one: PostgreSQL lets one at a time hold it.
_MIGRATING = 7_233_511


def bring_up_to_date() -> None:
    """Run the migrations that have not run yet, in both databases; silent when there are none.

    The log comes first: the other's migrations may already write to it.
    """
    for alias in ("log", "default"):
        _migrate(alias)


def _migrate(alias: str) -> None:
    from django.db import connections
    from django.db.utils import OperationalError

    try:
        is_behind = bool(_to_do(alias))
    except OperationalError as error:
        why = str(error).strip().splitlines()[0]
        raise CommandError(f"can't open the database '{alias}': {why}") from error
    if is_behind:
        say(f"Bringing the database '{alias}' up to date …")
        with _alone(connections[alias]):
            _migrate_all(alias)


def _to_do(alias: str) -> list[Any]:
    from django.db import connections, router
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    last = [one for one in executor.loader.graph.leaf_nodes() if router.allow_migrate(alias, one[0])]
    found: list[Any] = executor.migration_plan(last)
    return found


def _migrate_all(alias: str) -> None:
    from django.core.management import call_command

    # Another process may have done it while we waited.
    if _to_do(alias):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


@contextmanager
def _alone(connection: Any) -> Iterator[None]:
    """One transaction for all migrations, by one process at a time: killed half-way, the database is as it was.

    Django by itself commits a migration and only then writes down that it ran; a process killed in between could
    never go on.
    """
    from django.db import transaction

    # SQLite can't change this inside a transaction; Django checks all references itself after each migration.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MIGRATING])
                    # Or a table with rows just written could not be altered.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
    finally:
        connection.enable_constraint_checking()
