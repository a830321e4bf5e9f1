"""From the last version to this one: every row survives, also when the upgrade is killed half-way and done again."""

import itertools
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.robust import acts, last_version, tables
from tests.robust.processes import run_on, start_on

pytestmark = pytest.mark.django_db(transaction=True)

Names = dict[str, str]
KILLS = 3
_serial = itertools.count(1)


@pytest.fixture
def databases(tmp_path) -> Iterator[Callable[[Names | None], Names]]:
    """Makes a pair of databases of one's own: empty, or like another pair."""
    made: list[Names] = []

    def make(like: Names | None = None) -> Names:
        names = {alias: _place(tmp_path, f"upgrade_{alias}_{next(_serial)}") for alias in ("default", "log")}
        for alias, name in names.items():
            _create(name, like and like[alias])
        made.append(names)
        return names

    yield make
    if connection.vendor == "postgresql":
        with tables.on_server("postgres") as server:
            for name in itertools.chain.from_iterable(names.values() for names in made):
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _place(folder: Path, name: str) -> str:
    return str(folder / f"{name}.sqlite3") if connection.vendor == "sqlite" else name


def _create(name: str, like: str | None) -> None:
    if connection.vendor == "sqlite":
        if like:
            Path(name).write_bytes(Path(like).read_bytes())
        return
    with tables.on_server("postgres") as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {like or 'template0'}")


def test_every_row_of_the_last_version_survives_the_upgrade_killed_or_not(databases):
    old = databases(None)
    run_on(old, last_version.build)
    before = run_on(old, last_version.applied, "default")
    upgraded = databases(old)
    began = time.monotonic()
    run_on(upgraded, acts.migrate)
    took = time.monotonic() - began
    run_on(upgraded, last_version.check)
    after = run_on(upgraded, last_version.applied, "default")
    assert after > before
    luck = random.Random(2024)
    for _ in range(KILLS):
        killed = databases(old)
        process = start_on(killed, acts.migrate)
        process.join(luck.uniform(0, took))
        process.kill()
        process.join()
        # The old version as it was, or the new one; never something in between.
        assert run_on(killed, last_version.applied, "default") in (before, after)
        run_on(killed, acts.migrate)
        run_on(killed, last_version.check)
        assert run_on(killed, last_version.applied, "default") == after
