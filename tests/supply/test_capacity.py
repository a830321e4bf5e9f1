"""Recognised, open, closed and why, occupied, held, free; and what is expected free."""

from datetime import timedelta

import pytest

from tests import factories
from tests.supply.conftest import TODAY, of_another
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions
from veerkracht.register.supply.queries.by_area import by_area
from veerkracht.register.supply.queries.capacity import capacity
from veerkracht.register.supply.queries.expected import Expected, expected_free

COMMAND = Actor.for_command("tests")
DAY = timedelta(days=1)


def lived_in(name="A house", **facts):
    """Six places: two taken, one held, one closed, two free; one of those for two."""
    service = factories.make_service(name, **facts)
    units = factories.make_units(service, 5)
    actions.add_unit(service, by=COMMAND, name="For two", kind="couples-room", on=TODAY)
    for unit in units[:2]:
        actions.confirm_hold(actions.hold_place(unit, by=COMMAND, minutes=9), by=COMMAND, on=TODAY - 30 * DAY)
    actions.hold_place(units[2], by=COMMAND, minutes=9)
    actions.close_unit(units[3], by=COMMAND, reason="staff", reopens_on=TODAY + 7 * DAY)
    actions.recognise(
        service, by=COMMAND, places=8, extra_places=3, holds_from=TODAY - 9 * DAY, source="Decision 1"
    )
    return service


def test_capacity_tells_all_sorts_of_places_apart_by_day():
    service = lived_in()
    actions.recognise(
        service, by=COMMAND, places=9, extra_places=3, holds_from=TODAY + 3 * DAY, source="Decision 2"
    )
    now = capacity([service])[service.pk]
    assert (now.recognised, now.extra, now.places, now.open) == (8, 3, 6, 5)
    assert (dict(now.closed), now.occupied, now.held, now.free, now.sleeps_free) == ({"staff": 1}, 2, 1, 2, 3)
    # Rooms are counted, and for how many people they are.
    assert (now.open, now.people, now.people_staffed) == (5, 6, None)
    assert (now.staffed, now.offerable, now.told_at) == (None, None, None)
    later = capacity([service], TODAY + 7 * DAY)[service.pk]
    # What is held today is not known to be held then, and the closed place opens that day.
    assert (later.recognised, dict(later.closed), later.occupied, later.held, later.free) == (9, {}, 2, 0, 4)
    before = capacity([service], TODAY - 31 * DAY)[service.pk]
    assert (before.recognised, before.extra, before.places, before.occupied) == (None, None, 5, 0)


def test_capacity_of_many_services_is_read_in_as_many_queries(django_assert_num_queries):
    services = [lived_in(name) for name in ("A", "B", "C")]
    for some in (services[:1], services):
        # Three for these, and the demo's day three times.
        with django_assert_num_queries(6):
            found = capacity(some)
        assert [found[one.pk].free for one in some] == [2] * len(some)


def test_areas_are_summed_without_what_is_secret():
    lived_in("A")
    lived_in("B", area="11002")
    lived_in("C", area="44021")
    refuge = lived_in("Refuge", area="44021", organisation="Shelter", secret=True)
    analyst = factories.make_actor("analyst")
    found = by_area(analyst)
    assert [(one.name, one.services, one.open, dict(one.closed), one.free) for one in found] == [
        ("Antwerpen", 2, 10, {"staff": 2}, 4),
        ("Oost-Vlaanderen", 1, 5, {"staff": 1}, 2),
    ]
    assert [one.name for one in by_area(analyst, level="municipality")] == ["Aartselaar", "Antwerpen", "Gent"]
    own = by_area(of_another("admission", "Shelter"))
    assert [(one.name, one.services) for one in own] == [("Antwerpen", 2), ("Oost-Vlaanderen", 2)]
    assert refuge.secret
    with pytest.raises(Refused):
        by_area(factories.make_actor("budget-officer"))


def test_a_recognition_is_of_the_government_and_says_where_it_comes_from(admission):
    service = factories.make_service()
    facts = {"places": 5, "holds_from": TODAY, "source": "Decision"}
    with pytest.raises(Refused):
        actions.recognise(service, by=admission, **facts)
    officer = factories.make_actor("officer")
    for wrong, field in (({"places": -1}, "places"), ({"extra_places": 6}, ""), ({"source": " "}, "")):
        with pytest.raises(Invalid) as fault:
            actions.recognise(service, by=officer, **{**facts, **wrong})
        assert fault.value.field == field
    for places in (5, 6):
        actions.recognise(service, by=officer, **{**facts, "places": places})
    # Of one day the last recorded holds, and the first stays on record.
    assert (capacity([service])[service.pk].recognised, service.recognitions.count()) == (6, 2)


def test_what_is_expected_free_is_what_is_known_and_what_the_last_year_tells():
    service, quiet = lived_in(), lived_in("Quiet")
    gone = factories.make_units(service, 1)[0]
    for end in (300, 200, 100):
        hold = actions.hold_place(gone, by=COMMAND, minutes=9)
        actions.confirm_hold(hold, by=COMMAND, on=TODAY - (end + 50) * DAY)
        actions.release_hold(hold, by=COMMAND, on=TODAY - end * DAY)
    # An end that is known: its place is free from that day.
    stay = service.units.first().stays.get()
    actions.release_hold(stay.hold, by=COMMAND, on=TODAY + 5 * DAY)
    soon, late = TODAY + 4 * DAY, TODAY + 300 * DAY
    found = {day: expected_free([service, quiet], day) for day in (TODAY, soon, late)}
    assert found[TODAY][service.pk] == Expected(3, (3, 3, 3))
    # The held place is not known to be taken then.
    assert found[soon][service.pk].known == 4
    assert found[late][service.pk] == Expected(6, (7, 7, 7))
    # Nobody left in few days of stay, so much may come, or little.
    assert found[late][quiet.pk] == Expected(4, (4, 6, 6))
    for day in (TODAY - DAY, TODAY + 400 * DAY):
        with pytest.raises(Invalid):
            expected_free([service], day)
