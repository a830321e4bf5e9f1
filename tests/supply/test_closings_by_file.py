"""Closings of places that are there, changed by the file that was exported: all of it, or nothing and why."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.supply.conftest import TODAY, of_another
from veerkracht.register import verify
from veerkracht.register.formulas import guarded
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions
from veerkracht.register.supply.exports import HEADS, exported
from veerkracht.register.supply.models import Unit, UnitClosure

COMMAND = Actor.for_command("tests")
WHY, SINCE, OPENS = (HEADS.index(name) for name in ("closed_because", "closed_from", "reopens_on"))
FEBRUARY, MARCH, APRIL = date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)


@pytest.fixture
def own(day) -> Actor:
    """Who takes in at a house with a room closed since, one closed from February to March, and open ones."""
    house = factories.make_service("Elm House", organisation="Elm House", programme="residential-care")
    since, later, *_open = factories.make_units(house, 5)
    actions.close_unit(since, by=COMMAND, reason="works", from_date=TODAY - timedelta(days=70))
    actions.close_unit(later, by=COMMAND, reason="staff", from_date=FEBRUARY, reopens_on=MARCH)
    return of_another("admission", "Elm House")


def told_by(by: Actor, **changed: dict[int, object]) -> bytes:
    """The export of somebody's places, with cells changed by the number of the room, `room_1` the first."""
    rows = [list(row) for row in exported(by, without_secret=True)]
    for room, cells in changed.items():
        for column, value in cells.items():
            rows[int(room[-1]) - 1][column] = value
    return "\n".join(",".join(guarded(str(cell or "")) for cell in row) for row in (HEADS, *rows)).encode()


def closings() -> list[tuple[int, str, date, date | None]]:
    """Each closing with the number of its room."""
    rooms = {
        key: number for number, key in enumerate(Unit.objects.order_by("pk").values_list("pk", flat=True), 1)
    }
    rows = UnitClosure.objects.order_by("unit", "from_date", "pk")
    found = rows.values_list("unit", "reason", "from_date", "reopens_on")
    return [(rooms[unit], *rest) for unit, *rest in found]


def test_what_went_out_is_changed_and_comes_in_again(own):
    began = TODAY - timedelta(days=70)
    data = told_by(
        own,
        room_1={WHY: "staff", OPENS: APRIL},
        room_2={OPENS: FEBRUARY},
        room_3={WHY: "works", SINCE: MARCH, OPENS: APRIL},
    )
    before = closings()
    dry = actions.import_places(data, "places.csv", by=own, dry_run=True)
    assert (dry.faults, dry.already, dry.closings_changed, closings()) == ((), 2, 0, before)
    done = actions.import_places(data, "places.csv", by=own)
    assert (done.faults, done.rows, done.already, done.added, done.closings_changed) == ((), 5, 2, 0, 3)
    # The closing of the second room was a mistake: it opens on the day on which it would have closed.
    assert closings() == [
        (1, "staff", began, APRIL),
        (2, "staff", FEBRUARY, FEBRUARY),
        (3, "works", MARCH, APRIL),
    ]
    logged = [row.detail for row in LogEntry.objects.order_by("pk") if "was" in row.detail]
    assert logged == [
        {
            "closed": str(began),
            "reason": "staff",
            "reopens_on": str(APRIL),
            "was": {"reason": "works", "reopens_on": ""},
        },
        {
            "closed": str(FEBRUARY),
            "reason": "staff",
            "reopens_on": str(FEBRUARY),
            "was": {"reason": "staff", "reopens_on": str(MARCH)},
        },
    ]
    for again in (data, told_by(own)):
        report = actions.import_places(again, "places.csv", by=own)
        assert (report.faults, report.already, report.closings_changed) == ((), 5, 0)
    # Opened today: over, and no longer in the file that goes out.
    opened = told_by(own, room_1={OPENS: TODAY})
    assert actions.import_places(opened, "places.csv", by=own).closings_changed == 1
    assert (closings()[0], b"staff" in told_by(own), verify.run()) == ((1, "staff", began, TODAY), False, [])


def test_what_contradicts_a_stay_a_hold_or_another_closing_is_named_and_nothing_is_changed(own):
    _first, second, third, fourth, fifth = Unit.objects.order_by("pk")
    held = actions.hold_place(fourth, by=COMMAND, minutes=9)
    staying = actions.hold_place(second, by=COMMAND, minutes=9)
    actions.confirm_hold(staying, by=COMMAND, on=TODAY)
    good = {"room_1": {OPENS: APRIL}}
    assert faults(own, **good, room_2={OPENS: APRIL}, room_4={WHY: "works", SINCE: TODAY}) == [
        (3, "reopens_on", "2024-04-01", "a place that nobody holds or has"),
        (5, "closed_from", "2024-01-15", "a place that nobody holds or has"),
    ]
    actions.release_hold(staying, by=COMMAND, on=date(2024, 3, 10))
    actions.release_hold(held, by=COMMAND)
    actions.close_unit(third, by=COMMAND, reason="works", from_date=FEBRUARY, reopens_on=MARCH)
    actions.close_unit(third, by=COMMAND, reason="works", from_date=date(2024, 3, 10))
    actions.close_unit(fourth, by=COMMAND, reason="works", from_date=TODAY - timedelta(days=4))
    actions.reopen(fourth, by=COMMAND, on=TODAY)
    gone = actions.hold_place(fifth, by=COMMAND, minutes=9)
    actions.confirm_hold(gone, by=COMMAND, on=TODAY - timedelta(days=30))
    actions.release_hold(gone, by=COMMAND, on=TODAY - timedelta(days=5))
    before = closings()
    began = TODAY - timedelta(days=4)
    for room, cells, field, found, expected in (
        (2, {OPENS: APRIL}, "reopens_on", "2024-04-01", "a day up to and including 2024-03-01"),
        (3, {OPENS: None}, "reopens_on", "nothing", "a day up to and including 2024-03-10"),
        (3, {SINCE: APRIL, OPENS: None}, "closed_from", "2024-04-01", "2024-03-10, the day of that closing"),
        (3, {WHY: None, SINCE: None, OPENS: None}, "closed_because", "nothing", "works"),
        (4, {WHY: "works", SINCE: began, OPENS: APRIL}, "reopens_on", "2024-04-01", "2024-01-15"),
        (4, {WHY: "staff", SINCE: began, OPENS: TODAY}, "closed_because", "staff", "works"),
        (5, {WHY: "works", SINCE: date(2023, 12, 20)}, "closed_from", "2023-12-20", "a day from 2024-01-10"),
    ):
        told = faults(own, **good, **{f"room_{room}": cells})
        assert told == [(room + 1, field, found, expected)], (room, cells)
    assert (closings(), verify.run()) == (before, [])
    # Sooner open again contradicts nobody who stays.
    report = actions.import_places(told_by(own, room_2={OPENS: date(2024, 2, 9)}), "places.csv", by=own)
    assert (report.faults, report.closings_changed) == ((), 1)


def faults(by: Actor, **changed: dict[int, object]) -> list[tuple[int, str, str, str]]:
    report = actions.import_places(told_by(by, **changed), "places.csv", by=by)
    return [(one.line, one.field, one.found.en, one.expected.en) for one in report.faults]
