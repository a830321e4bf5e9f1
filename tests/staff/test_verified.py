"""Each invariant of staff is found broken, by its name, when a hand in the database breaks it."""

from datetime import date, timedelta

import pytest

from tests.staff.conftest import SOURCE, TODAY, agency, make_count, make_flow, staff
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import actions as figures
from veerkracht.register.staff.facts import CountFigures
from veerkracht.register.staff.models import StaffCount, StaffFlow
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Hold, HoldStep, Staffing, Unit
from veerkracht.register.verify import staff as subject


def broken() -> list[str]:
    return [name for name, (_text, check) in subject.checks().items() if list(check())]


@pytest.fixture(autouse=True)
def lived_in(home, admission):
    """A home with staff for two of its three places, both held; a corrected count; who came and went."""
    staff(home, 34, 53)
    for unit in home.units.order_by("id")[:2]:
        actions.hold_place(unit, by=admission, minutes=30)
    count = make_count(persons=4)
    figures.correct_count(count, CountFigures(persons=5), by=Actor.for_command("tests"), reason="Vergeten")
    make_flow(date(2023, 1, 1), date(2023, 12, 31), quit=1)


def keep_what_nobody_counted():
    Staffing.objects.filter(profession="nurse").update(fte_hundredths=9900)


def forget_what_was_counted():
    Staffing.objects.filter(profession="nurse").delete()


def hold_by_hand():
    now = clock.now() + timedelta(minutes=1)
    hold = Hold.objects.create(
        unit=Unit.objects.order_by("id").last(), by_name="A", made_at=now, until=now + timedelta(hours=1),
        updated_at=now, version=1,
    )  # fmt: skip
    HoldStep.objects.create(hold=hold, kind="held", at=now, by_name="A", role="admission")


def correct_something_else():
    wrong = StaffCount.objects.get(version=2)
    facts = {"organisation": agency(), "sector": wrong.sector, "area": wrong.area, "on": TODAY}
    words = {"source": SOURCE, "by_name": "A", "recorded_at": clock.now(), "reason": "x"}
    StaffCount.objects.create(**facts, **words, profession="other", version=3, replaces=wrong, persons=1)


def count_a_day_twice():
    first = StaffFlow.objects.get()
    facts = {"organisation": agency(), "sector": first.sector, "area": first.area, "profession": "nurse"}
    words = {"source": SOURCE, "by_name": "A", "recorded_at": clock.now()}
    days = {"from_date": date(2023, 12, 31), "until_date": TODAY}
    StaffFlow.objects.create(**facts, **words, **days, quit=1)


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (keep_what_nobody_counted, "staffing_is_what_the_counts_say"),
        (forget_what_was_counted, "staffing_is_what_the_counts_say"),
        (hold_by_hand, "no_place_held_without_staff"),
        (correct_something_else, "staff_correction_follows_what_it_corrects"),
        (count_a_day_twice, "staff_periods_do_not_overlap"),
    ],
)
def test_what_a_hand_in_the_database_breaks_is_found_by_its_name(act, name):
    assert broken() == []
    act()
    assert broken() == [name]
