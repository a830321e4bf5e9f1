"""A register with few people in some cells, so that there is something to leak."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import make_person, make_request
from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor

PROGRAMME = "personal-budget"
QUARTER, NEXT_QUARTER = date(2023, 12, 31), date(2024, 3, 31)
TODAY = date(2024, 4, 20)
COMMAND = Actor.for_command("tests")
ANTWERP, AARTSELAAR, BRUGES = "11002", "11001", "31005"


def wait(many: int, *, area: str, group: int, asked: date = date(2023, 3, 1)) -> None:
    for _ in range(many):
        make_request(make_person(area=area), group=group, asked=asked)


@pytest.fixture
def few_areas(monkeypatch) -> None:
    """A region of three municipalities in two provinces: few enough to attack every cell."""
    here = region.current()
    few = here.areas.filter(here.areas["code"].is_in([AARTSELAAR, ANTWERP, BRUGES]))
    monkeypatch.setattr(region, "current", lambda: replace(here, areas=few))


@pytest.fixture
def register(db, few_areas):
    """One person alone in a municipality, few in another, many in a third; groups as uneven."""
    clock.stand_still_on(TODAY)
    wait(1, area=AARTSELAAR, group=1)
    wait(2, area=BRUGES, group=2)
    wait(7, area=BRUGES, group=3)
    wait(8, area=ANTWERP, group=2)
    wait(12, area=ANTWERP, group=3)
