"""One database into one file and back, on SQLite and on PostgreSQL."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

from veerkracht.register.backup import tools
from veerkracht.rulebook.errors import Fault

ALIASES = ("default", "log")
Rows = dict[str, int]
# Filled by migrations alone: what stands in these doesn't make a database one that is in use.
_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}


def engine() -> str:
    return connections["default"].vendor


def server_version() -> str:
    connection = connections["default"]
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    connection.ensure_connection()
    return str(connection.pg_version // 10000)


def file_name(alias: str) -> str:
    name = "register" if alias == "default" else alias
    return f"{name}.{'sqlite3' if engine() == 'sqlite' else 'dump'}"


def copy(alias: str, target: Path) -> Rows:
    """Write all of a database to a file as it is at one moment; how many rows each table has in it."""
    return _copy_sqlite(alias, target) if engine() == "sqlite" else _dump(alias, target)


def put_back(alias: str, source: Path) -> None:
    """Replace all of a database by what is in a file: whole, or not at all."""
    connections[alias].close()
    if engine() == "sqlite":
        _put_back_sqlite(alias, source)
    else:
        words = [
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--exit-on-error",
            "--dbname",
        ]
        settings = connections[alias].settings_dict
        tools.run("pg_restore", [*words, settings["NAME"], str(source)], settings)


def is_in_use(alias: str) -> bool:
    """Whether anything was ever written into a database but by migrations."""
    with connections[alias].cursor() as cursor:
        tables = set(_tables(alias, cursor)) - _BY_MIGRATIONS
        return any(_has_rows(cursor, table) for table in sorted(tables))


def rows(alias: str) -> Rows:
    """How many rows each table of a database has."""
    with connections[alias].cursor() as cursor:
        return _count(cursor, _tables(alias, cursor))


def _tables(alias: str, cursor: Any) -> list[str]:
    """Without those in which SQLite keeps what it knows of the others."""
    names = connections[alias].introspection.table_names(cursor)
    return [name for name in names if not name.startswith("sqlite_")]


def _has_rows(cursor: Any, table: str) -> bool:
    cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608  names that the database gave  # nosec B608
    return cursor.fetchone() is not None


def _count(cursor: Any, tables: list[str]) -> Rows:
    counted = {}
    for table in sorted(tables):
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  names that the database gave  # nosec B608
        counted[table] = int(cursor.fetchone()[0])
    return counted


def _copy_sqlite(alias: str, target: Path) -> Rows:
    with _opened(_path(alias)) as source, _opened(target) as copied:
        # All pages in one step: one moment of the database, and with a write-ahead log nobody waits for us.
        source.backup(copied, pages=-1)
        # Without a write-ahead log of its own the copy is one file, whole in itself.
        copied.execute("PRAGMA journal_mode=DELETE")
        wrong = copied.execute("PRAGMA integrity_check").fetchone()[0]
        if wrong != "ok":
            raise Fault(f"the copy of {_path(alias).name} is not sound: {wrong}")
        found = copied.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return _count(copied.cursor(), [name for (name,) in found])


def _put_back_sqlite(alias: str, source: Path) -> None:
    with _opened(source) as copied, _opened(_path(alias)) as target:
        # One transaction of the database itself: killed half-way, it is as it was before.
        copied.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=WAL")


def _path(alias: str) -> Path:
    return Path(connections[alias].settings_dict["NAME"])


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
        yield connection


def _load(settings: dict[str, Any], source: Path) -> None:
    """In one transaction with taking away what was there, tables that the backup doesn't know too."""
    with tempfile.TemporaryDirectory(prefix="veerkracht-restore-") as folder:
        statements = Path(folder) / "all.sql"
        # Written out whole before a line of it is run: half a backup must never be committed.
        tools.run("pg_restore", ["--no-owner", f"--file={statements}", str(source)], settings)
        empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        words = [
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--command={empty}",
        ]
        tools.run("psql", [*words, f"--file={statements}"], settings)


def _dump(alias: str, target: Path) -> Rows:
    """By pg_dump, and counted in the very same snapshot."""
    # A connection of our own: the caller's may be in a transaction.
    connection = connections[alias].copy()
    try:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            words = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"]
            tools.run("pg_dump", words, connection.settings_dict)
            counted = _count(cursor, connection.introspection.table_names(cursor))
            cursor.execute("ROLLBACK")
        return counted
    finally:
        connection.close()
