"""The database as the last version before this one left it, with rows in it; and whether they survive an upgrade.

`last_version.json` holds the names of its migrations and the rows of a small register that was made by that version
itself: a signed round, a running budget, a request that was withdrawn, who works there, a plan and the log.
"""

import base64
import json
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from veerkracht.register import verify

KEPT = json.loads(Path(__file__).with_name("last_version.json").read_text())
ALIASES = ("log", "default")
# Computed by the database itself from other columns.
_GENERATED = {"asked_more", "order_date", "order_group"}


def build() -> None:
    """Make both databases what they were, on databases that are empty."""
    for alias in ALIASES:
        executor = MigrationExecutor(connections[alias])
        executor.migrate(list(KEPT["migrations"][alias].items()))
        with connections[alias].constraint_checks_disabled(), connections[alias].cursor() as cursor:
            for table, kept in KEPT[alias].items():
                _fill(cursor, connections[alias].vendor, table, kept)


def check() -> None:
    """Fail unless every row is there as it was, in what the columns of that time say, and all invariants hold."""
    for alias in ALIASES:
        with connections[alias].cursor() as cursor:
            for table, kept in KEPT[alias].items():
                assert _rows(cursor, table, kept) == _expected(kept), table
    broken = verify.run()
    assert broken == [], broken


def applied(alias: str) -> int:
    """How many migrations a database has had."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        return int(cursor.fetchone()[0])


def _fill(cursor: Any, vendor: str, table: str, kept: dict[str, Any]) -> None:
    places = [place for place, name in enumerate(kept["columns"]) if name not in _GENERATED]
    columns = ", ".join(f'"{kept["columns"][place]}"' for place in places)
    marks = ", ".join(["%s"] * len(places))
    rows = [[_value(row[place]) for place in places] for row in kept["rows"]]
    if vendor == "postgresql":
        # The rows of one table may point at those of another that comes later.
        cursor.execute("SET session_replication_role = replica")
    cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)
    if vendor == "postgresql":
        cursor.execute("SET session_replication_role = DEFAULT")
        if "id" in kept["columns"]:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))"
            )


def _value(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _rows(cursor: Any, table: str, kept: dict[str, Any]) -> list[str]:
    columns = ", ".join(f'"{name}"' for name in kept["columns"] if name not in _GENERATED)
    cursor.execute(f'SELECT {columns} FROM "{table}"')
    return sorted(" | ".join(_plain(value) for value in row) for row in cursor.fetchall())


def _expected(kept: dict[str, Any]) -> list[str]:
    shown = [place for place, name in enumerate(kept["columns"]) if name not in _GENERATED]
    return sorted(" | ".join(_plain(_value(row[place])) for place in shown) for row in kept["rows"])


def _plain(value: Any) -> str:
    """A value as both kinds of database agree on it."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, bool) or value is None:
        return str(value and 1)
    for read in (_as_json, _as_number):
        try:
            return read(value)
        except (ValueError, TypeError):
            continue
    return str(value).removesuffix("+00:00")


def _as_json(value: Any) -> str:
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, dict | list):
        raise ValueError(value)
    return json.dumps(found, sort_keys=True)


def _as_number(value: Any) -> str:
    return f"{float(value):.6f}"
