"""The clock jumps, the night has an hour twice, the year a day more: the order of what happened still holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests import factories
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.care.models import Step
from veerkracht.register.log.models import LogEntry
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Sets the machine's clock (UTC)."""

    def set_to(*moment: int) -> datetime:
        now = datetime(*moment, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_to


def test_after_a_clock_set_back_steps_and_log_are_in_the_order_in_which_they_came(at):
    officer = factories.make_actor("officer")
    at(2024, 1, 15, 12)
    request = factories.make_request(by=officer)
    at(2024, 1, 15, 9)
    care.prioritise(request, by=officer, on=date(2024, 1, 14), group=2)
    recorded = list(Step.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert (recorded == sorted(recorded), recorded[-1]) == (True, recorded[0])
    logged = LogEntry.objects.filter(object_type="request").order_by("pk")
    assert [entry.verb for entry in logged] == ["create", "change", "change", "change"]
    assert verify.run() == []


def test_a_clock_set_forward_and_back_lets_a_hold_lapse_and_never_come_back(at):
    unit, admission = factories.make_units()[0], factories.make_actor("admission")
    at(2024, 1, 15, 12)
    hold = supply.hold_place(unit, by=admission, minutes=60)
    at(2024, 1, 16, 12)
    assert supply.lapse_holds(by=admission) == 1
    at(2024, 1, 15, 12, 30)
    hold.refresh_from_db()
    assert (hold.state, factories.free_now(admission), verify.run()) == ("lapsed", 1, [])


@pytest.mark.parametrize(
    ("held_at", "free_at"),
    [
        # 31 March 2024 in Brussels: after 1:59 comes 3:00. 27 October: after 2:59 comes 2:00 again.
        ((2024, 3, 31, 0, 30), (2024, 3, 31, 1, 30)),
        ((2024, 10, 27, 0, 30), (2024, 10, 27, 1, 30)),
        ((2024, 2, 28, 22, 30), (2024, 2, 28, 23, 30)),
        ((2023, 12, 31, 22, 59), (2023, 12, 31, 23, 59)),
    ],
)
def test_an_hour_is_an_hour_in_a_night_of_summer_time_and_over_midnight(at, held_at, free_at):
    unit, admission = factories.make_units()[0], factories.make_actor("admission")
    held = at(*held_at)
    hold = supply.hold_place(unit, by=admission, minutes=60)
    at(*free_at[:4], free_at[4] - 1)
    assert (factories.free_now(admission), hold.until - held) == (0, timedelta(hours=1))
    at(*free_at)
    assert factories.free_now(admission) == 1
    assert supply.hold_place(unit, by=admission, minutes=60).state == "held"
    assert verify.run() == []


def test_a_day_begins_at_midnight_where_the_region_is(at):
    at(2024, 2, 28, 22, 59, 59)
    assert clock.today() == date(2024, 2, 28)
    at(2024, 2, 28, 23)
    assert clock.today() == date(2024, 2, 29)
    at(2024, 6, 30, 22)
    assert clock.today() == date(2024, 7, 1)


def test_somebody_born_on_29_february_asks_comes_and_leaves_on_29_february(at):
    at(2024, 2, 29, 12)
    leap_day = date(2024, 2, 29)
    officer, admission = factories.make_actor("officer"), factories.make_actor("admission")
    born = factories.make_person(born=date(2004, 2, 29))
    request = factories.make_request(born, asked=leap_day, plan_approved_on=leap_day, by=officer)
    hold = supply.hold_place(factories.make_units()[0], by=officer, minutes=60, request=request)
    stay = supply.confirm_hold(hold, by=admission)
    at(2025, 2, 28, 12)
    supply.release_hold(hold, by=admission)
    stay.refresh_from_db()
    assert (stay.from_date, stay.until_date) == (leap_day, date(2025, 2, 28))
    care.withdraw(request, by=officer, on=date(2025, 2, 28))
    assert (Hold.objects.get().state, verify.run()) == ("released", [])
