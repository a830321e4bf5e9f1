"""A place that comes free is a vacancy by itself, once; or it is said what keeps it from being offered."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.offers.factories import TESTS, TODAY, lives, make_line, make_rooms, offered, officer_of, stranger
from veerkracht.register import verify
from veerkracht.register.care import actions as care
from veerkracht.register.errors import Refused
from veerkracht.register.offers import actions
from veerkracht.register.offers.actions import Kept
from veerkracht.register.offers.models import Vacancy
from veerkracht.register.offers.queries.day import home_day
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import actions as stays
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service, Unit
from veerkracht.register.supply.staffing import keep

YESTERDAY, LONG_AGO = TODAY - timedelta(days=1), date(2023, 3, 1)
NOTHING = Kept(0, 0, 0)


def count_staff(home: Service, *, places: int) -> None:
    """As many carers as the norm asks for so many places: 13 for 30, all of them nurses."""
    for profession, hundredths in (("nurse", 44 * places), ("care-assistant", 0)):
        keep(home, profession, TODAY, hundredths)


def vacancies() -> list[tuple[str, str, date, date]]:
    rows = Vacancy.objects.order_by("pk").values_list("unit__name", "state", "from_date", "ready_on")
    return list(rows)


def idle(home, actor) -> dict[str, str]:
    return {one.name: one.why for one in home_day(actor, home).unlisted}


def test_whoever_leaves_dies_or_moves_leaves_a_vacancy_with_the_days_of_turnover_behind(home, admission):
    ended, died, moved, empty = make_rooms(home, 4)
    leaves, dies, moves = (lives(room) for room in (ended, died, moved))
    stays.end_stay(leaves, by=admission, on=YESTERDAY, reason="own-home")
    # Recorded by who keeps the list, who has no say over vacancies.
    care.record_death(dies.person, by=factories.make_actor("officer"), on=YESTERDAY)
    assert vacancies() == [
        ("Room 1", "open", YESTERDAY, TODAY + timedelta(days=2)),
        ("Room 2", "open", YESTERDAY, TODAY + timedelta(days=2)),
    ]
    stays.move_ward(moves, ended, by=admission, on=TODAY)
    # Who moved took the place of nobody on the list: it is filled, and theirs is the next.
    assert [row[:2] for row in vacancies()] == [("Room 1", "filled"), ("Room 2", "open"), ("Room 3", "open")]
    assert idle(home, admission) == {empty.name: ""}
    kept = actions.keep_vacancies(by=Actor.for_command("tests"))
    assert (kept, actions.keep_vacancies(by=admission), Vacancy.objects.count()) == (
        Kept(1, 0, 0),
        NOTHING,
        4,
    )
    assert (actions.note_vacancies(home, by=admission), idle(home, admission), verify.run()) == ([], {}, [])


def test_one_that_was_foreseen_is_brought_forward_and_a_partner_who_stays_keeps_the_room(home, admission):
    (foreseen,), (double,) = make_rooms(home), make_rooms(home, sleeps=2)
    resident = lives(foreseen)
    actions.open_vacancy(double, by=admission, from_date=LONG_AGO, ready_on=LONG_AGO)
    both = supply.hold_together([double, double], by=TESTS, minutes=60, reference="both")
    couple = stays.start_stay(
        both, by=TESTS, on=LONG_AGO, persons=[factories.make_person() for _ in range(2)]
    )
    coming = actions.open_vacancy(foreseen, by=admission, from_date=TODAY + timedelta(days=9))
    assert [one.waits_for for one in home_day(admission, home).vacancies] == ["resident"]
    stays.end_stay(resident, by=admission, on=TODAY, reason="other-home")
    stays.end_stay(couple[0], by=admission, on=TODAY, reason="died")
    coming.refresh_from_db()
    assert (coming.from_date, coming.ready_on) == (TODAY, TODAY + timedelta(days=3))
    filled, first = ("Room 2", "filled"), ("Room 1", "open")
    assert ([row[:2] for row in vacancies()], idle(home, admission)) == ([filled, first], {})
    stays.end_stay(couple[1], by=admission, on=TODAY, reason="other-home")
    assert [row[:2] for row in vacancies()] == [filled, first, ("Room 2", "open")]
    assert verify.run() == []


def test_what_keeps_a_place_from_being_a_vacancy_is_said_and_each_morning_looked_at_again(home, admission):
    closed, ends, off, short, fits = make_rooms(home, 5)
    supply.close_unit(
        closed, by=admission, reason="works", from_date=YESTERDAY, reopens_on=TODAY + timedelta(days=5)
    )
    supply.end_unit(ends, by=admission, on=TODAY + timedelta(days=1))
    actions.withdraw_vacancy(
        actions.open_vacancy(off, by=admission), by=admission, why="A store room for now."
    )
    # Staff for one more place than is taken.
    resident, _other = lives(short), lives(fits)
    count_staff(home, places=1)
    stays.end_stay(resident, by=admission, on=TODAY, reason="other-home")
    reasons = {"Room 1": "closed", "Room 2": "ending", "Room 3": "withdrawn", "Room 4": "staff"}
    assert idle(home, admission) == reasons
    assert actions.keep_vacancies(by=Actor.for_command("tests")) == NOTHING
    (told,) = [one for one in home_day(admission, home).unlisted if one.why == "closed"]
    assert (told.reason.en, told.reopens_on) == ("building or repair", TODAY + timedelta(days=5))
    supply.reopen(closed, by=admission, on=TODAY)
    count_staff(home, places=3)
    assert actions.keep_vacancies(by=admission) == Kept(2, 0, 0)
    assert idle(home, admission) == {"Room 2": "ending", "Room 3": "withdrawn"}
    # What the register can't know, the home does.
    actions.open_vacancy(off, by=admission)
    assert idle(home, admission) == {"Room 2": "ending"}


def test_an_offered_place_is_left_alone_and_one_that_is_no_place_any_more_is_withdrawn(home, admission):
    (first,), (one, gone) = make_line(home, 1), make_rooms(home, 2)
    made, ended = (
        actions.open_vacancy(room, by=admission, from_date=YESTERDAY, ready_on=YESTERDAY)
        for room in (one, gone)
    )
    Unit.objects.filter(pk__in=[one.pk, gone.pk]).update(until_date=YESTERDAY + timedelta(days=1))
    offer = offered(made, first, by=admission)
    Unit.objects.filter(pk__in=[one.pk, gone.pk]).update(until_date=YESTERDAY)
    with pytest.raises(Refused):
        actions.keep_vacancies(by=factories.make_actor("officer"))
    assert actions.keep_vacancies(by=stranger()) == NOTHING
    assert actions.keep_vacancies(by=officer_of(home)) == Kept(0, 0, 1)
    ended.refresh_from_db()
    offer.refresh_from_db()
    assert (ended.state, ended.steps.last().why, offer.state, verify.run()) == (
        "withdrawn",
        "place-ended",
        "made",
        [],
    )
