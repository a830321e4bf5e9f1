"""A made-up region with pay, and numbers that are certain."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from veerkracht import region
from veerkracht.region import Region
from veerkracht.region.pay import IndexStep, Rise
from veerkracht.rulebook.types import Parameter, Source, Text

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
SOURCE = Source("Invented for the tests")


@pytest.fixture(scope="session")
def testland() -> Region:
    return region.load(TESTLAND)


def rise(group: str, percent: float, from_: date, until: date | None = None) -> Rise:
    return Rise(f"{group}-{from_}", group, percent, percent, percent, from_, until)


def sure(id: str, value: float) -> Parameter:
    """A number without a range."""
    return Parameter(from_=date(1900, 1, 1), id=id, value=value, text=Text("Getal", "Number"), source=SOURCE)


def with_numbers(here: Region, *index: IndexStep, **values: float) -> Region:
    """The region with certain numbers of pay (`fte__carers=400`) and these steps of the index."""
    assert here.pay is not None
    numbers = tuple(sure(name.replace("__", "."), value) for name, value in values.items())
    kept = tuple(one for one in here.pay.parameters if one.id not in {new.id for new in numbers})
    return replace(here, pay=replace(here.pay, parameters=(*kept, *numbers), index=index))
