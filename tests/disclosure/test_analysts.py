"""Who may see no persons: attacks on what they are shown, from one page to the next and from one day to the next."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.disclosure.conftest import AARTSELAAR, PROGRAMME, TODAY, wait
from tests.factories import make_actor, make_credit, make_user
from veerkracht.register import clock
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.drafts import Draft
from veerkracht.register.care.queries.dry_runs import dry_run
from veerkracht.register.care.queries.glance import Today
from veerkracht.register.care.queries.history import waiting_through_time
from veerkracht.register.care.queries.protected import rounding_of
from veerkracht.register.care.queries.today import today
from veerkracht.register.care.queries.trial import try_rule
from veerkracht.register.errors import Invalid

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = pytest.mark.once

BASE = 5
HALF = Draft(key={"group-1": 0.5, "group-2": 0.0, "group-3": 0.5})


@pytest.fixture
def analyst(register):
    return make_actor("analyst")


@pytest.fixture
def officer(register):
    return make_actor("officer")


def counts(glance: Today) -> dict[str, int]:
    """Every count of the page by what it counts."""
    found = {f"group {one.group}": one.requests for one in glance.groups}
    found |= {f"persons {one.group}": one.persons for one in glance.groups}
    found |= {f"area {one.code}": one.requests for one in glance.areas}
    found |= {f"due {one.what}": one.count for one in glance.due}
    names = ("without_group", "requests", "persons", "persons_in_groups", "holders")
    return found | {name: getattr(glance, name) for name in names}


def differences(before: dict[str, int], after: dict[str, int]) -> set[int]:
    return {after[name] - before[name] for name in before}


def test_every_count_of_today_is_a_multiple_of_the_base(analyst, officer):
    assert {number % BASE for number in counts(today(analyst, PROGRAMME)).values()} == {0}
    assert {number % BASE for number in counts(today(officer, PROGRAMME)).values()} != {0}


def test_asking_again_gives_the_same_numbers(analyst):
    assert counts(today(analyst, PROGRAMME)) == counts(today(analyst, PROGRAMME))


def test_the_difference_of_two_days_tells_nobody_s_coming(analyst, officer):
    ours, exact = counts(today(analyst, PROGRAMME)), counts(today(officer, PROGRAMME))
    clock.stand_still_on(TODAY + timedelta(days=1))
    wait(1, area=AARTSELAAR, group=3)
    assert {step % BASE for step in differences(ours, counts(today(analyst, PROGRAMME)))} == {0}
    assert differences(exact, counts(today(officer, PROGRAMME))) == {0, 1}


def test_a_total_less_its_parts_tells_nobody(analyst, officer):
    for actor, tells in ((analyst, False), (officer, True)):
        glance = today(actor, PROGRAMME)
        others = sum(one.requests for one in glance.areas if one.code != AARTSELAAR)
        assert ((glance.requests - others) % BASE != 0) == tells


def test_of_who_is_first_only_the_quarter_is_said(analyst, officer):
    shown = [one.next for one in today(analyst, PROGRAMME).groups if one.next]
    exact = [one.next for one in today(officer, PROGRAMME).groups if one.next]
    assert [one.number for one in shown] == [""] * len(exact)
    assert {one.priority_date for one in shown} == {date(2023, 1, 1)}
    assert {one.priority_date for one in exact} == {date(2023, 3, 1)}


def test_today_and_through_the_years_say_the_same(analyst):
    """Or one could be used to sharpen the other."""
    last = (
        waiting_through_time(analyst, PROGRAMME)
        .filter(date=TODAY)
        .rows_by_key("group", named=True, unique=True)
    )
    shown = {one.group: one.requests for one in today(analyst, PROGRAMME).groups}
    assert {group: row["requests"] for group, row in last.items() if group} == shown


def test_through_the_years_is_rounded_for_who_sees_no_persons(analyst, officer):
    for actor, rounded in ((analyst, True), (officer, False)):
        numbers = waiting_through_time(actor, PROGRAMME).get_column("requests").to_list()
        assert ({number % BASE for number in numbers} == {0}) == rounded


def test_winners_and_losers_are_rounded_for_who_sees_no_persons(analyst, officer):
    for actor, rounded in ((analyst, True), (officer, False)):
        tried = try_rule(actor, PROGRAMME, HALF, TODAY, 500_000_00)
        parts = [tried.total, *tried.by_group, *tried.by_area, *tried.by_age, *tried.by_province]
        shown = {
            getattr(one, name) % BASE for one in parts for name in ("requests", "winners", "losers", "back")
        }
        assert (shown == {0}) == rounded


def test_two_amounts_beside_each_other_are_the_same_question(analyst):
    step = rounding_of(programme_of(PROGRAMME)).step
    answers = [try_rule(analyst, PROGRAMME, HALF, TODAY, 3 * step + more) for more in (-1, 0, 5_000_000)]
    assert [replace(one) for one in answers] == [answers[0]] * 3
    assert {one.money_cents for one in answers} == {3 * step}


@pytest.mark.parametrize(
    ("draft", "on", "field"),
    [
        (Draft(conditions={"adult": "area = '11001' AND age >= 33"}), TODAY, "conditions"),
        (HALF, TODAY - timedelta(days=1), "on"),
        (HALF, date(2024, 2, 29), "on"),
    ],
)
def test_a_question_that_singles_somebody_out_is_refused(analyst, officer, draft, on, field):
    with pytest.raises(Invalid) as said:
        try_rule(analyst, PROGRAMME, draft, on, 500_000_00)
    assert said.value.field == field
    assert try_rule(officer, PROGRAMME, draft, on, 500_000_00).on == on


def test_nobody_s_amount_is_in_a_dry_run(analyst, officer):
    step = rounding_of(programme_of(PROGRAMME)).step
    for actor, rounded in ((analyst, True), (officer, False)):
        run = dry_run(actor, PROGRAMME, TODAY, 500_000_00)
        costs = [pot.first_not_served_cost for pot in run.outcome.pots]
        amounts = {
            cents % step for pot in run.outcome.pots for cents in (pot.spent_cents, pot.available_cents)
        }
        assert (amounts == {0}, set(costs) == {None}) == (rounded, rounded)


@pytest.mark.parametrize("path", ["", "through-time/", "rounds/new/?money=500000&on=2024-04-20"])
def test_the_page_says_that_it_is_rounded(register, path):
    make_credit()
    said = {}
    for role in ("analyst", "officer"):
        client = Client()
        client.force_login(make_user(role))
        said[role] = "Rounded to a multiple of 5" in client.get(f"/en/{path}").content.decode()
    assert said == {"analyst": True, "officer": False}


def test_money_is_rounded_for_who_sees_no_persons(analyst, officer):
    make_credit(1_234_567)
    step = rounding_of(programme_of(PROGRAMME)).step
    assert {cents % step for cents in today(analyst, PROGRAMME).money.values()} == {0}
    assert today(officer, PROGRAMME).money["free"] == 123_456_700


def test_the_file_of_a_chart_holds_what_the_page_shows(register):
    client = Client()
    client.force_login(make_user("analyst"))
    rows = client.get("/en/?download=waiting-by-area").content.decode().splitlines()[1:]
    numbers = [int(found) for row in rows for found in re.findall(r",(\d+)(?:,|$)", row)]
    assert (len(rows), {number % BASE for number in numbers}) == (3, {0})


def test_the_interface_for_programs_says_what_the_page_says(register, analyst):
    client = Client()
    client.force_login(analyst.user)
    found = client.get(f"/api/v1/figures?programme={PROGRAMME}").json()
    glance = today(analyst, PROGRAMME)
    assert {one["code"]: one["requests"] for one in found["areas"]} == {
        one.code: one.requests for one in glance.areas
    }
    assert (found["requests"], found["money"]) == (glance.requests, glance.money)
