"""Pairs of databases (the register's and the log's) of one's own, beside those of the tests."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.robust import tables

Names = dict[str, str]


class Pairs:
    """Makes pairs: empty, or like another pair that nobody has open."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.serial = folder, itertools.count(1)
        self.made: list[str] = []

    def make(self, like: Names | None = None) -> Names:
        number = next(self.serial)
        names = {alias: self._place(f"pair_{alias}_{number}") for alias in ("default", "log")}
        for alias, name in names.items():
            _create(name, like and like[alias])
            self.made.append(name)
        return names

    def _place(self, name: str) -> str:
        return str(self.folder / f"{name}.sqlite3") if connection.vendor == "sqlite" else name

    def drop(self) -> None:
        if connection.vendor == "postgresql":
            with tables.on_server("postgres") as server:
                for name in self.made:
                    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def pairs(folder: Path) -> Iterator[Pairs]:
    """They are gone afterwards; on SQLite with the folder they are in."""
    made = Pairs(folder)
    try:
        yield made
    finally:
        made.drop()


def _create(name: str, like: str | None) -> None:
    if connection.vendor == "sqlite":
        if like:
            Path(name).write_bytes(Path(like).read_bytes())
        return
    with tables.on_server("postgres") as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {like or 'template0'}")
