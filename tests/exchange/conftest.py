from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from veerkracht.register import clock
from veerkracht.register.care.exchange.importing import import_file
from veerkracht.register.care.exchange.report import ImportReport
from veerkracht.register.people.actors import Actor

TODAY = date(2024, 1, 15)
GOOD = {
    "reference": "A-1",
    "person": "p-1",
    "given_name": "Fien",
    "family_name": "Voorbeeld",
    "birth_date": "1990-05-17",
    "area": "11002",
    "kind": "first",
    "request_date": "2021-03-01",
    "recognised": "yes",
    "plan_approved_on": "2021-02-01",
    "complete": "yes",
    "priority_group": "2",
    "priority_date": "2021-03-01",
    "category": "12",
}


@pytest.fixture
def demo_day(db) -> date:
    clock.stand_still_on(TODAY)
    return TODAY


def rows_to_csv(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [delimiter.join(names)]
    lines += [delimiter.join(row.get(name, "") for name in names) for row in rows]
    return "\n".join(lines) + "\n"


@pytest.fixture
def imported(demo_day, tmp_path) -> Callable[..., ImportReport]:
    """Imports rows (each the good one with changes), or a text, or bytes as they are."""

    def run(*rows: Any, by: Actor | None = None, **options: Any) -> ImportReport:
        file: Path = tmp_path / "requests.csv"
        if len(rows) == 1 and isinstance(rows[0], bytes | str):
            content = rows[0].encode() if isinstance(rows[0], str) else rows[0]
        else:
            content = rows_to_csv([{**GOOD, **row} for row in rows]).encode()
        file.write_bytes(content)
        return import_file(file, by=by or Actor.for_command("tests"), programme="personal-budget", **options)

    return run
