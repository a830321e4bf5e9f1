"""Staff to play: a made-up region's, and a few months of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from veerkracht import region
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.staff.layout import Staff
from veerkracht.forecast.staff.model import StaffModel, build
from veerkracht.forecast.staff.step import step
from veerkracht.region import Measure, Region
from veerkracht.rulebook.types import Source, Text

START = date(2022, 12, 31)
TESTLAND = Path(__file__).parents[2] / "regions" / "testland"
Build = Callable[..., StaffModel]


@pytest.fixture(scope="session")
def testland() -> Region:
    return region.load(TESTLAND)


@pytest.fixture
def make(testland: Region) -> Build:
    """A model of Testland's staff in which some numbers are certain: `make(quits__homes=0.1)` for quits.homes."""

    def made(*measures: Measure, years: int = 5, runs: int = 1, **values: float) -> StaffModel:
        pinned = {
            f"staff:{name.replace('__', '.').replace('_', '-')}": value for name, value in values.items()
        }
        model = build(testland, measures, START, years, Draws(1, runs, pinned=pinned))
        assert model is not None
        return model

    return made


def measure(kind: str, number: float, **changes: Any) -> Measure:
    facts: dict[str, Any] = {
        "id": f"{kind}-{number}",
        "programme": "",
        "kind": kind,
        "name": Text("Maatregel", "Measure"),
        "amount_cents_per_year": 0,
        "recurrent": True,
        "from_": date(2023, 1, 1),
        "until": None,
        "to": "",
        "source": Source("A test"),
        "assumption": None,
        "number": number,
    }
    return Measure(**{**facts, **changes})


def played(model: StaffModel, run: int = 0, workload: Callable[[int], float] | None = None) -> Staff:
    """The staff of a run after all months. `workload`: of the first sector by month; the others have no programme."""
    staff = model.of_run(run)
    load = np.zeros((len(model.sectors), len(model.markets)))
    for month in range(model.months + 1):
        load[0] = workload(month) if workload else 0.0
        step(staff, month, load)
    return staff


def without(region_: Region, *ids: str) -> Region:
    """The region without some numbers of its staff."""
    assert region_.staff is not None
    kept = tuple(parameter for parameter in region_.staff.parameters if parameter.id not in ids)
    return replace(region_, staff=replace(region_.staff, parameters=kept))
