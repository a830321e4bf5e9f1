"""The forecast starts from the register's homes when it holds about all that are published."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import make_actor, make_service, make_units
from tests.lists.factories import make_entry, make_home, make_waiting
from veerkracht import region
from veerkracht.forecast.services.homes import with_homes
from veerkracht.register import clock
from veerkracht.register.care.queries.homes import homes_of, with_registered_homes
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Unit, UnitClosure

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
    officer = make_actor("officer")
    wing = supply.NewAward(HOMES, "wing", 3, "west", date(2024, 1, 1), on=DAY, source="Council")
    for service, units, period in ((one, 6, date(2025, 1, 1)), (hidden, 4, date(2024, 1, 1))):
        new = replace(wing, units=units, area=service.area, period_from=period, service=service)
        award = supply.award(service.organisation, new, by=officer)
        supply.realise(award, by=officer, on=DAY, units=2, version=1)
    supply.award(other.organisation, replace(wing, kind="stamp"), by=officer)
    supply.recognise(one, by=officer, places=3, extra_places=2, holds_from=DAY, source="Council")
    return [str(one.pk), str(other.pk)]


def test_homes_with_their_places_and_residents_and_nobody_hidden(homes):
    found = homes_of(region.current().programme(HOMES), DAY)
    assert found.homes.select("id", "area", "units", "occupied").rows() == [
        (homes[0], "north", 3, 1),
        (homes[1], "west", 1, 0),
    ]
    assert (found.on, found.waiting, found.extra, dict(found.categories)) == (DAY, 0, 2, {})


def test_what_is_closed_starts_closed_and_opens_when_it_is_expected(homes):
    """Of two places that nobody is in; who is in a place that was to close has it."""
    taken, flooded, short = Unit.objects.filter(service=homes[0]).order_by("pk")
    by, hidden = Actor.for_command("tests"), Unit.objects.filter(service__secret=True)
    opens = date(2024, 3, 1)
    supply.close_unit(flooded, by=by, reason="flood", reopens_on=opens)
    supply.close_unit(short, by=by, reason="no-carers")
    supply.close_unit(hidden[0], by=by, reason="flood")
    UnitClosure.objects.create(
        unit=taken, from_date=DAY, reason="flood", by_name="x", recorded_at=clock.now()
    )
    programme = region.current().programme(HOMES)
    assert homes_of(programme, DAY).closed.rows() == [
        (homes[0], "flood", 1, opens),
        (homes[0], "no-carers", 1, None),
    ]
    assert homes_of(programme, date(2024, 1, 14)).closed.is_empty()
    started = with_homes(region.current(), HOMES, homes_of(programme, DAY)).supplies[HOMES]
    assert started.closed.select("station", "units", "opens_again").row(0) == (homes[0], 1, opens)


def test_with_what_was_awarded_step_by_step_and_nothing_of_who_is_hidden(homes):
    found = homes_of(region.current().programme(HOMES), DAY).awards
    steps = found.select("station", "area", "adds", "step", "on", "units", "period_from").rows()
    assert steps == [
        (homes[0], "north", "places", "awarded", DAY, 6, date(2025, 1, 1)),
        (homes[0], "north", "places", "realised", DAY, 2, None),
        (homes[1], "west", "extra-recognition", "awarded", DAY, 3, date(2024, 1, 1)),
    ]
    assert homes_of(region.current().programme(HOMES), date(2024, 1, 14)).awards.is_empty()


def test_a_register_that_holds_few_of_the_published_places_leaves_the_figures_alone(homes):
    here = region.current()
    assert with_registered_homes(here, DAY) is here


def test_a_register_that_holds_about_all_takes_the_place_of_the_files(homes):
    Unit.objects.bulk_create(
        Unit(service_id=int(homes[1]), name=f"Room {number}", from_date=date(2020, 1, 1))
        for number in range(2, 290)
    )
    found = with_registered_homes(region.current(), DAY).supplies[HOMES]
    assert (found.stations["units"].to_list(), found.occupied, found.awards.height) == ([3, 289], (1, 0), 3)
    assert [text.en for text in found.told] == [
        "Home place: started from the 2 homes of the register on 2024-01-15, with 292 places and 1 residents.",
        "Home place, growth calendar of the register: of 1 awards 4 places are still to come, up to and with the "
        "period that begins on 2025-01-01. Of later years what the region's files say counts.",
        "How fast they come is assumed (see the uncertain numbers): of fewer than 10 awards the register knows what "
        "became.",
    ]


def test_who_waits_is_who_is_on_a_list_and_not_just_in_case(db):
    clock.stand_still_on(DAY)
    one, other = make_home(), make_home()
    make_units(one)
    waiting = make_waiting(one)
    make_entry(other, waiting.request)
    make_entry(one, when_ready="later")
    assert homes_of(region.current().programme("residential-care"), DAY).waiting == 1
