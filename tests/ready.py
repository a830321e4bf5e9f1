"""Empty databases with every table in them: made once for a run of all tests, and copied by each of its processes.

`python -m tests.ready` makes them, as an installation makes its own, in its home (VEERKRACHT_HOME) or on the server
that VEERKRACHT_DATABASE names. With VEERKRACHT_READY (that home) the tests copy them; without it, they make their own.
"""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

HOME = os.environ.get("VEERKRACHT_READY")
# What Django itself wrote into empty databases.
_DJANGOS_OWN = {"django_migrations", "django_content_type", "auth_permission"}
_empty: dict[str, sqlite3.Connection] = {}


def copy_into_place() -> None:
    """Make the databases of the tests by copying those that stand ready."""
    from django.db import connections

    for alias in connections:
        copy = connections[alias].creation._get_test_db_name()
        _copy(connections[alias], Path(HOME or ""), copy)


def _copy(connection: Any, home: Path, copy: str) -> None:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        shutil.copy(home / Path(name).name, copy)
        return
    with connection._nodb_cursor() as server:
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')


def remember() -> None:
    """Keep what the databases are before the first test, for `restore`."""
    from django.db import connections

    for alias in connections:
        if connections[alias].vendor == "sqlite":
            connections[alias].ensure_connection()
            _empty[alias] = sqlite3.connect(":memory:")
            connections[alias].connection.backup(_empty[alias])


def restore() -> None:
    """Make the databases empty again after a test that committed; in a fraction of the time that Django's flush takes,
    which what is append-only would refuse besides.
    """
    from django.db import connections

    for alias in connections:
        connections[alias].ensure_connection()
        if alias in _empty:
            _empty[alias].backup(connections[alias].connection)
        else:
            _empty_tables(connections[alias])


def _empty_tables(connection: Any) -> None:
    tables = sorted({*connection.introspection.table_names()} - _DJANGOS_OWN)
    filled = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(filled)
        emptying = "".join(f'DELETE FROM "{table}";' for (table,) in cursor.fetchall())
        # No trigger, and no reference that would ask for an order.
        cursor.execute(
            f"SET session_replication_role = replica;{emptying}SET session_replication_role = DEFAULT"
        )


def make() -> None:
    """Make both, on PostgreSQL in databases that are not there yet."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "veerkracht.config.settings"
    django.setup()
    from django.db import connections

    from veerkracht.cli.databases import bring_up_to_date

    for alias in connections:
        if connections[alias].vendor == "postgresql":
            with connections[alias]._nodb_cursor() as server:
                server.execute(f'CREATE DATABASE "{connections[alias].settings_dict["NAME"]}"')
    bring_up_to_date()
    # A file of SQLite is whole in itself only when it is closed.
    connections.close_all()


if __name__ == "__main__":
    make()
