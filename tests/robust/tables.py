"""Every row of every table of a database, as the database itself has it: for comparing two of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections

Rows = dict[str, list[tuple[Any, ...]]]
# Written by a migration at every start, with a time of its own.
NOT_COMPARED = {"django_migrations"}


def rows_of(where: str | Path) -> Rows:
    """The rows of each table, sorted: of an SQLite file, or of a PostgreSQL database by its name."""
    with _opened(where) as cursor:
        return {
            table: sorted(_rows(cursor, table), key=repr)
            for table in _tables(cursor)
            if table not in NOT_COMPARED
        }


def name_of(alias: str) -> str:
    return str(connections[alias].settings_dict["NAME"])


@contextmanager
def _opened(where: str | Path) -> Iterator[Any]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(where)) as opened:
            yield opened.cursor()
    else:
        with on_server(str(where)) as opened:
            yield opened.cursor()


def on_server(database: str, host: str = "") -> psycopg.Connection[Any]:
    """A connection of one's own to a database of the server that the tests run on, or of another one."""
    settings = connection.settings_dict
    return psycopg.connect(
        host=host or settings["HOST"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=database,
        autocommit=True,
    )


def _tables(cursor: Any) -> list[str]:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    else:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return sorted(name for (name,) in cursor.fetchall())


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return list(cursor.fetchall())
