"""After a round: grants are declined, lapse, start and end; the money returns and the next in line follows."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    make_actor,
    make_credit,
    make_own_actor,
    make_person,
    make_queue,
    make_request,
    make_round,
)
from veerkracht.register import clock, verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Budget, Request
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money.queries import balances, granted_cents

pytestmark = pytest.mark.django_db

COST = 5_442_677
DAY = date(2024, 1, 15)


@pytest.fixture
def handed_out(demo_day) -> list[Request]:
    """Four in line, of whom the first two are granted."""
    make_credit(1_000_000)
    queue = make_queue(4)
    make_round(120_000, state="signed")
    return [Request.objects.get(pk=request.pk) for request in queue]


def free() -> int:
    return balances("personal-budget")["free"]


def test_declining_returns_the_money_and_proposes_the_next_in_line(handed_out):
    before = free()
    back = actions.decline_grant(handed_out[0], by=make_actor("officer"), on=DAY, reason="no-longer-needed")
    assert (back.request.state, back.cents, free()) == ("declined", COST, before + COST)
    assert [line.request_id for line in back.follow_up.lines.filter(granted=True)] == [handed_out[2].pk]
    assert (back.follow_up.state, back.follow_up.money_cents) == ("prepared", COST)
    assert verify.run() == []


def test_the_follow_up_is_signed_by_another_and_hands_on_the_same_money(handed_out):
    officer = make_actor("officer")
    follow_up = actions.decline_grant(handed_out[0], by=officer, on=DAY).follow_up
    actions.review_round(follow_up, by=officer)
    actions.sign_round(follow_up, by=make_actor("signer"))
    assert list(Request.objects.order_by("pk").values_list("state", flat=True)) == [
        "declined",
        "granted",
        "granted",
        "waiting",
    ]
    assert balances("personal-budget")["granted"] == 2 * COST
    assert verify.run() == []


def test_what_was_handed_on_can_come_free_again(handed_out):
    officer, signer = make_actor("officer"), make_actor("signer")
    for expected in (2, 3):
        follow_up = actions.decline_grant(
            Request.objects.filter(state="granted").order_by("-pk").first(), by=officer, on=DAY
        ).follow_up
        actions.sign_round(actions.review_round(follow_up, by=officer), by=signer)
        assert [line.request_id for line in follow_up.lines.filter(granted=True)] == [handed_out[expected].pk]
    last = Request.objects.filter(state="granted").order_by("-pk").first()
    assert actions.decline_grant(last, by=officer, on=DAY).follow_up is None  # nobody is left in line
    assert (balances("personal-budget")["granted"], verify.run()) == (COST, [])


def test_a_person_declines_their_own_and_leaves_the_follow_up_to_an_officer(handed_out):
    stranger, own = make_own_actor(make_person()), make_own_actor(handed_out[0].person)
    with pytest.raises(Refused):
        actions.decline_grant(handed_out[0], by=stranger, on=DAY)
    back = actions.decline_grant(handed_out[0], by=own, on=DAY)
    assert (back.request.state, back.follow_up) == ("declined", None)
    signed = handed_out[1].steps.get(kind="granted").round
    proposed = actions.prepare_follow_up(signed, by=make_actor("officer"))
    assert [line.request_id for line in proposed.lines.filter(granted=True)] == [handed_out[2].pk]


def test_while_a_round_is_open_the_money_waits_for_it(handed_out):
    make_round(1_000)
    back = actions.decline_grant(handed_out[0], by=make_actor("officer"), on=DAY)
    assert (back.cents, back.follow_up) == (COST, None)


def test_what_waits_cannot_be_declined(handed_out):
    with pytest.raises(Invalid):
        actions.decline_grant(handed_out[2], by=make_actor("officer"), on=DAY)


def test_a_grant_cannot_be_declined_before_it_was_made(handed_out):
    with pytest.raises(Invalid) as refused:
        actions.decline_grant(handed_out[0], by=make_actor("officer"), on=date(2024, 1, 14))
    assert refused.value.field == "on"
    assert Request.objects.get(pk=handed_out[0].pk).state == "granted"


@pytest.mark.parametrize(("on", "lapsed"), [(date(2024, 5, 15), 0), (date(2024, 5, 16), 2)])
def test_grants_lapse_the_day_after_the_last_day(handed_out, on, lapsed):
    clock.stand_still_on(on)
    done = actions.lapse_grants("personal-budget", by=make_actor("officer"), on=on)
    assert [one.request.state for one in done] == ["lapsed"] * lapsed
    assert free() == 100_000_000 - (2 - lapsed) * COST
    if lapsed:
        assert {one.follow_up for one in done} == {done[0].follow_up}
        assert done[0].follow_up.summary["granted"] == 2
    assert verify.run() == []


def test_a_declined_partial_grant_leaves_the_request_as_it_was(demo_day):
    make_credit(1_000_000)
    old = date(2017, 5, 1)
    one, other = (make_request(group=2, asked=old, plan_approved_on=old, category="VI") for _ in range(2))
    made = make_round(26_000, state="signed", envelopes={"group-2": 2_600_000})
    assert [line.request_id for line in made.lines.filter(granted=True)] == [one.pk]
    back = actions.decline_grant(Request.objects.get(pk=one.pk), by=make_actor("officer"), on=DAY)
    request = back.request
    assert (request.state, request.partial, request.points_held, request.respond_by) == (
        "waiting",
        False,
        0,
        None,
    )
    assert request.priority_date == old
    # The next follows, and not the same one again.
    assert [line.request_id for line in back.follow_up.lines.filter(granted=True)] == [other.pk]
    assert verify.run() == []


def test_starting_a_budget_moves_the_money_and_serves_the_request(handed_out):
    budget = actions.start_budget(handed_out[0], by=make_actor("officer"), on=date(2024, 2, 1))
    request = Request.objects.get(pk=handed_out[0].pk)
    assert (request.state, request.live, request.respond_by) == ("served", False, None)
    assert (budget.kind, budget.points, budget.amount_cents) == ("definitive", Decimal("54.170000"), COST)
    assert (balances("personal-budget")["running"], granted_cents([request.pk])) == (COST, {})
    assert verify.run() == []


@pytest.mark.parametrize("on", [date(2024, 1, 14), date(2024, 5, 16)])
def test_a_budget_starts_from_the_grant_until_the_last_day(handed_out, on):
    with pytest.raises(Invalid) as refused:
        actions.start_budget(handed_out[0], by=make_actor("officer"), on=on)
    assert refused.value.text.en == "A budget starts between 15-01-2024 and 15-05-2024."
    assert Budget.objects.count() == 0


def test_a_budget_is_started_once(handed_out):
    actions.start_budget(handed_out[0], by=make_actor("officer"), on=DAY)
    with pytest.raises(Invalid):
        actions.start_budget(handed_out[0], by=make_actor("officer"), on=DAY)
    assert Budget.objects.count() == 1


def test_ending_a_budget_frees_its_money(handed_out):
    officer = make_actor("officer")
    budget = actions.start_budget(handed_out[0], by=officer, on=DAY)
    before = free()
    with pytest.raises(Invalid):
        actions.end_budget(budget, by=officer, on=date(2024, 1, 14), reason="stopped")
    ended = actions.end_budget(budget, by=officer, on=date(2024, 1, 15), reason="stopped")
    assert (ended.ended_on, ended.end_reason, free()) == (date(2024, 1, 15), "stopped", before + COST)
    with pytest.raises(Invalid):
        actions.end_budget(budget, by=officer, on=DAY, reason="stopped")
    assert verify.run() == []


def test_a_budget_goes_on_in_a_lower_category_and_the_rest_is_free(handed_out):
    officer = make_actor("officer")
    budget = actions.start_budget(handed_out[0], by=officer, on=DAY)
    with pytest.raises(Invalid):
        actions.change_budget(budget, by=officer, on=date(2024, 3, 1), category="13", reason="review")
    before = free()
    lower = actions.change_budget(budget, by=officer, on=date(2024, 3, 1), category="6", reason="review")
    budget.refresh_from_db()
    assert (budget.ended_on, lower.from_date, lower.points) == (
        date(2024, 2, 29),
        date(2024, 3, 1),
        Decimal("31.01"),
    )
    assert (lower.amount_cents, free() - before) == (3_115_699, COST - 3_115_699)
    assert verify.run() == []


def test_an_increase_asks_for_what_comes_on_top_and_replaces_the_budget(handed_out):
    officer = make_actor("officer")
    person = handed_out[0].person
    increase = make_request(person, kind="increase", category="18")
    actions.start_budget(handed_out[0], by=officer, on=DAY)
    increase.refresh_from_db()
    assert (increase.points, increase.points_held) == (Decimal("74.320000"), Decimal("54.170000"))
    actions.withdraw(handed_out[2], by=officer, on=DAY)
    actions.withdraw(handed_out[3], by=officer, on=DAY)
    make_round(30_000, state="signed")
    increase.refresh_from_db()
    budget = actions.start_budget(increase, by=officer, on=date(2024, 2, 1))
    old, new = Budget.objects.filter(person=person).order_by("pk")
    assert (old.ended_on, old.end_reason, new.pk) == (date(2024, 1, 31), "replaced", budget.pk)
    assert (new.points, new.amount_cents) == (Decimal("74.320000"), COST + 2_024_551)
    assert verify.run() == []


@pytest.fixture
def emergency(demo_day) -> Request:
    make_credit(1_000_000)
    return make_request(group=2, route=None, asked=date(2023, 6, 1), plan_approved_on=date(2023, 6, 1))


def on_route(request: Request, by) -> Request:
    return actions.prioritise(request, by=by, on=date(2024, 1, 10), route="emergency")


def test_an_emergency_budget_is_temporary_and_signed_by_another(emergency):
    officer, signer = make_actor("officer"), make_actor("signer")
    with pytest.raises(Invalid) as refused:
        actions.grant_emergency(emergency, by=signer, on=DAY)
    assert refused.value.field == "route"
    request = on_route(emergency, officer)
    with pytest.raises(Refused):
        actions.grant_emergency(request, by=officer, on=DAY)
    budget = actions.grant_emergency(request, by=signer, on=DAY)
    assert (budget.kind, budget.from_date, budget.until_date) == ("temporary", DAY, date(2024, 7, 14))
    request.refresh_from_db()
    assert (request.state, balances("personal-budget")["running"]) == ("served", COST)
    assert verify.run() == []


def test_no_emergency_budget_without_free_money(demo_day):
    make_credit(50_000)
    request = on_route(make_request(group=2), make_actor("officer"))
    with pytest.raises(Invalid) as refused:
        actions.grant_emergency(request, by=make_actor("signer"), on=DAY)
    assert (refused.value.field, Budget.objects.count()) == ("money", 0)


@pytest.mark.parametrize(
    ("outcome", "kind", "until", "ended", "state", "running"),
    [
        ("definitive", "definitive", None, None, "served", COST),
        ("extended", "temporary", date(2025, 1, 13), None, "served", COST),
        ("ended", "temporary", date(2024, 7, 14), date(2024, 7, 1), "waiting", 0),
    ],
)
def test_what_follows_an_emergency(emergency, outcome, kind, until, ended, state, running):
    signer = make_actor("signer")
    request = on_route(emergency, make_actor("officer"))
    budget = actions.grant_emergency(request, by=signer, on=DAY)
    clock.stand_still_on(date(2024, 7, 1))
    after = actions.follow_up_emergency(budget, by=signer, on=date(2024, 7, 1), outcome=outcome)
    request.refresh_from_db()
    assert (after.kind, after.until_date, after.ended_on) == (kind, until, ended)
    assert (request.state, request.priority_date) == (state, date(2023, 6, 1))
    assert balances("personal-budget")["running"] == running
    assert verify.run() == []


def test_an_old_version_of_a_budget_is_a_conflict(emergency):
    signer = make_actor("signer")
    budget = actions.grant_emergency(on_route(emergency, make_actor("officer")), by=signer, on=DAY)
    actions.follow_up_emergency(budget, by=signer, on=DAY, outcome="extended", version=1)
    with pytest.raises(Conflict):
        actions.follow_up_emergency(budget, by=signer, on=DAY, outcome="definitive", version=1)
    assert Budget.objects.get().kind == "temporary"


def test_what_is_on_offer_is_declined_before_the_request_is_withdrawn(demo_day):
    make_credit(1_000_000)
    old = date(2017, 5, 1)
    request = make_request(group=2, asked=old, plan_approved_on=old, category="VI")
    make_round(26_000, state="signed", envelopes={"group-2": 2_600_000})
    officer = make_actor("officer")
    with pytest.raises(Invalid) as refused:
        actions.withdraw(request, by=officer, on=DAY)
    assert refused.value.text.en == (
        f"Request {request.number} has something granted still open: decline or start that first."
    )
    actions.decline_grant(request, by=officer, on=DAY)
    assert actions.withdraw(request, by=officer, on=DAY).state == "withdrawn"
    assert verify.run() == []


def test_the_other_half_of_a_partial_grant_starts_from_what_is_held(demo_day):
    make_credit(1_000_000)
    old = date(2017, 5, 1)
    request = make_request(group=2, asked=old, plan_approved_on=old, category="VI")
    make_round(26_000, state="signed", envelopes={"group-2": 2_600_000})
    officer = make_actor("officer")
    half = actions.start_budget(request, by=officer, on=DAY)
    assert (half.kind, half.points, half.amount_cents) == ("partial", Decimal("25.080748"), 2_519_963)
    clock.stand_still_on(date(2025, 1, 2))
    make_round(26_000, state="signed", envelopes={"group-2": 2_600_000})
    whole = actions.start_budget(request, by=officer, on=date(2025, 1, 2))
    assert (whole.kind, whole.points, whole.amount_cents) == (
        "definitive",
        Decimal("50.161496"),
        2 * 2_519_963,
    )
    assert (Request.objects.get().state, verify.run()) == ("served", [])
