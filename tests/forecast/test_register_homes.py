"""The forecast starts from the register's homes when it holds about all that are published."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories import make_service, make_units
from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.queries.homes import homes_of, with_registered_homes
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions as supply

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
DAY = date(2024, 1, 15)
HOMES = "home-place"


@pytest.fixture
def homes(monkeypatch, db):
    """Two homes with four places, one of which closed and one with a resident; one home at a secret address."""
    monkeypatch.setenv("VEERKRACHT_REGION", str(TESTLAND))
    clock.stand_still_on(DAY)
    one, other, hidden = (
        make_service(name, programme=HOMES, area=area, secret=secret)
        for name, area, secret in (
            ("One", "north", False),
            ("Other", "west", False),
            ("Hidden", "west", True),
        )
    )
    first, *_ = make_units(one, 3)
    make_units(other, 1)
    make_units(hidden, 5)
    by = Actor.for_command("tests")
    hold = supply.hold_place(first, by=by, minutes=30, reference="somebody")
    supply.confirm_hold(hold, by=by, on=DAY)
    return [str(one.pk), str(other.pk)]


def test_homes_with_their_places_and_residents_and_nobody_hidden(homes):
    found = homes_of(region.current().programme(HOMES), DAY)
    assert found.homes.select("id", "area", "units", "occupied").rows() == [
        (homes[0], "north", 3, 1),
        (homes[1], "west", 1, 0),
    ]
    assert (found.on, found.waiting, dict(found.categories)) == (DAY, 0, {})


def test_a_register_that_holds_few_of_the_published_places_leaves_the_figures_alone(homes):
    here = region.current()
    assert with_registered_homes(here, DAY) is here
