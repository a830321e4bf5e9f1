"""The nights in which the clocks change, at the desk: minutes and hours are those that pass; the page says which."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.crisis.making import make_search, make_shelter, make_worker
from veerkracht.register import clock
from veerkracht.register.crisis import actions
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.models import CrisisStay
from veerkracht.register.shelter.queries.clocks import clocks_of

pytestmark = pytest.mark.django_db
GHENT = "44021"
CHILD = {"kind": "crisis-bed-minor", "from_area": GHENT, "adults": 0, "children": (15,)}
BEDS = {"kinds": ("crisis-bed-minor",), "adults": False}


@pytest.fixture
def at(monkeypatch, settings):
    """Sets the machine's clock (UTC), in Flanders, where the days are real."""
    monkeypatch.setenv("VEERKRACHT_REGION", "flanders")
    clock.stand_still_on(None)
    # Where the days are real it would be asked for on every page.
    settings.SECOND_FACTOR = "optional"

    def set_to(moment: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_to


def on_duty(kind: str, desk: str = "Desk North") -> Actor:
    worker = make_worker(desk, on_duty=False)
    actions.start_shift(by=worker, kind=kind)
    return worker


def page(worker: Actor, path: str, **posted: object) -> str:
    client = Client()
    client.force_login(worker.user)
    answer = client.post(path, posted, follow=True) if posted else client.get(path)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(
    ("held_at", "until", "seven_by_the_wall"),
    [
        # In Brussels. 31 March 2024: after 1:59 comes 3:00. 27 October: after 2:59 comes 2:00 again.
        pytest.param(
            datetime(2024, 3, 31, 0, 50, tzinfo=UTC), "31 March 2024, 03:20", 5, id="01:50 in March"
        ),
        pytest.param(
            datetime(2024, 10, 27, 0, 50, tzinfo=UTC),
            "27 October 2024, 02:20 (winter time)",
            6,
            id="the first 02:50 in October",
        ),
        pytest.param(
            datetime(2024, 10, 27, 1, 50, tzinfo=UTC),
            "27 October 2024, 03:20",
            6,
            id="the second 02:50 in October",
        ),
    ],
)
def test_half_an_hour_and_a_night_shift_last_as_long_as_they_last(at, held_at, until, seven_by_the_wall):
    at(held_at)
    worker, other = on_duty("night"), on_duty("night", "Desk South")
    shelter = make_shelter(area=GHENT, **BEDS)
    search, next_ = make_search(worker, **CHILD), make_search(other, **CHILD)
    address = f"/en/desk/search/{search.number}/"
    assert f"Held until {until}" in page(worker, f"{address}hold/", service=shelter.pk, version=1)
    at(held_at + timedelta(minutes=30, seconds=-1))
    with pytest.raises(Conflict, match="No fitting place is free here any more"):
        actions.hold_for(next_, shelter, by=other)
    assert f"Held until {until}" in page(worker, address)
    over = at(held_at + timedelta(minutes=30))
    assert "Held until" not in page(worker, address)
    assert actions.hold_for(next_, shelter, by=other)[0].until == over + timedelta(minutes=30)
    # The night ends at seven by the clock on the wall.
    end = held_at.replace(hour=seven_by_the_wall, minute=0)
    at(end - timedelta(seconds=1))
    actions.hold_for(search, shelter, by=worker)
    at(end)
    with pytest.raises(Invalid, match="You are not on duty now"):
        actions.confirm(search, by=worker)


@pytest.mark.parametrize(
    ("began", "three_days_on", "seven_days_on"),
    [
        pytest.param(
            datetime(2024, 3, 30, 22, 30, tzinfo=UTC),
            (datetime(2024, 4, 2, 22, 30, tzinfo=UTC), "3 April 2024, 00:30"),
            (datetime(2024, 4, 6, 21, 30, tzinfo=UTC), "6 April 2024, 23:30"),
            id="March",
        ),
        pytest.param(
            datetime(2024, 10, 26, 21, 30, tzinfo=UTC),
            (datetime(2024, 10, 29, 21, 30, tzinfo=UTC), "29 October 2024, 22:30"),
            (datetime(2024, 11, 2, 22, 30, tzinfo=UTC), "2 November 2024, 23:30"),
            id="October",
        ),
    ],
)
def test_72_hours_are_hours_and_7_days_are_days(at, began, three_days_on, seven_days_on):
    """From half past eleven on the evening before: hours are those that pass, days end at that time on the wall."""
    at(began)
    worker = on_duty("night")
    shelter = make_shelter(area=GHENT, **BEDS)
    search = make_search(worker, **CHILD)
    actions.hold_for(search, shelter, by=worker)
    actions.confirm(search, by=worker)
    stay = CrisisStay.objects.get()
    assert (stay.consent_due_at, stay.due_at) == (three_days_on[0], seven_days_on[0])
    told = page(worker, f"/en/desk/stays/{stay.pk}/")
    assert [shown for _due, shown in (three_days_on, seven_days_on) if shown not in told] == []
    levels = []
    for due in (stay.consent_due_at, stay.due_at):
        for early in (timedelta(seconds=1), timedelta()):
            now = at(due - early)
            levels.append({one.due_at: one.level for one in clocks_of(stay, now)}[due])
    assert levels == ["soon", "over", "soon", "over"]
