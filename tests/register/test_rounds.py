"""A round from proposal to grants: who may do what, and what a round never does."""

from datetime import date

import pytest

from tests.factories import make_actor, make_credit, make_person, make_queue, make_request, make_round
from veerkracht.register import verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request, Round, RoundLine, Step
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.money.models import Posting
from veerkracht.register.money.queries import balances
from veerkracht.register.people.models import Person

pytestmark = pytest.mark.django_db

# Category 12 in 2024: 54.17 points of 1,004.74 euro.
COST = 5_442_677


def states() -> list[str]:
    return list(Request.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def queue(demo_day) -> list[Request]:
    make_credit(1_000_000)
    return make_queue(4)


def test_a_round_hands_out_in_order_until_the_money_is_spent(queue):
    made = make_round(120_000, state="signed")
    granted = made.lines.filter(granted=True).order_by("position")
    assert [line.request_id for line in granted] == [queue[0].pk, queue[1].pk]
    assert [line.request_id for line in made.lines.filter(granted=False)] == [queue[2].pk]
    assert states() == ["granted", "granted", "waiting", "waiting"]
    assert balances("personal-budget") == {
        "voted": 100_000_000,
        "free": 100_000_000 - 2 * COST,
        "granted": 2 * COST,
        "running": 0,
    }
    assert verify.run() == []


def test_a_grant_is_a_step_with_its_round_and_a_last_day_to_respond(queue):
    made = make_round(60_000, state="signed", on=date(2024, 1, 10))
    queue[0].refresh_from_db()
    step = queue[0].steps.get(kind="granted")
    assert (step.round_id, step.holds_from, step.respond_by) == (
        made.pk,
        date(2024, 1, 10),
        date(2024, 5, 15),
    )
    assert (queue[0].respond_by, queue[0].version) == (date(2024, 5, 15), 4)


def test_preparing_hands_nothing_out(queue):
    made = make_round(120_000)
    assert (made.state, made.summary["granted"], made.summary["spent_cents"]) == ("prepared", 2, 2 * COST)
    assert (states(), Posting.objects.filter(target__name="granted").count()) == (["waiting"] * 4, 0)


@pytest.mark.parametrize(
    ("euro", "on", "field", "said"),
    [
        (0, date(2024, 1, 15), "money", "A round hands out more than zero euro; asked: 0.00 euro."),
        (-5, date(2024, 1, 15), "money", "A round hands out more than zero euro; asked: -5.00 euro."),
        (
            1_000_001,
            date(2024, 1, 15),
            "money",
            "Of the voted money 1,000,000.00 euro is free; asked: 1,000,001.00 euro.",
        ),
        (
            1_000,
            date(2016, 3, 31),
            "on",
            "Personal budget began on 01-04-2016: there can be no round on 31-03-2016.",
        ),
        (1_000, date(2025, 1, 17), "on", "17-01-2025 is more than a year from now."),
    ],
)
def test_a_round_that_cannot_be_is_refused_and_leaves_nothing(queue, euro, on, field, said):
    with pytest.raises(Invalid) as refused:
        make_round(euro, on=on)
    assert (refused.value.field, refused.value.text.en) == (field, said)
    assert Round.objects.count() == RoundLine.objects.count() == 0


def test_all_free_money_and_the_first_day_are_allowed(queue):
    assert make_round(1_000_000, on=date(2016, 4, 1)).state == "prepared"


def test_expansion_money_counts_for_the_programmes_part(queue):
    assert make_round(1_176_470, basis="expansion").summary["elsewhere_cents"] == 17_647_050


def test_a_second_round_on_the_same_list_waits_for_the_first(queue):
    first = make_round(100_000)
    with pytest.raises(Conflict) as refused:
        make_round(100_000)
    assert refused.value.text.en == f"Round {first.pk} on this list is still open: sign or cancel it first."
    actions.cancel_round(first, by=make_actor("officer"))
    assert make_round(100_000).state == "prepared"


def test_who_prepares_does_not_sign(queue):
    both = make_actor("signer")
    made = make_round(120_000, officer=both, state="reviewed")
    with pytest.raises(Invalid) as refused:
        actions.sign_round(made, by=both)
    assert refused.value.text.en == "Who prepares a round does not sign it."
    assert states() == ["waiting"] * 4
    assert actions.sign_round(made, by=make_actor("signer")).state == "signed"


def test_a_round_is_reviewed_before_it_is_signed(queue):
    made = make_round(120_000)
    with pytest.raises(Invalid) as refused:
        actions.sign_round(made, by=make_actor("signer"))
    assert refused.value.field == "state"
    assert states() == ["waiting"] * 4


@pytest.mark.parametrize("role", ["officer", "assessor", "reader", "analyst"])
def test_only_a_signer_signs(queue, role):
    made = make_round(120_000, state="reviewed")
    with pytest.raises(Refused):
        actions.sign_round(made, by=make_actor(role))
    assert states() == ["waiting"] * 4
    assert LogEntry.objects.filter(verb="refused", object_type="round.sign").count() == 1


@pytest.mark.parametrize("role", ["assessor", "reader", "analyst"])
def test_only_officers_and_signers_prepare(queue, role):
    with pytest.raises(Refused):
        make_round(120_000, officer=make_actor(role))
    assert Round.objects.count() == 0


def test_a_signed_round_is_signed_once(queue):
    made = make_round(120_000, state="signed")
    with pytest.raises(Invalid):
        actions.sign_round(made, by=make_actor("signer"))
    assert balances("personal-budget")["granted"] == 2 * COST


def test_an_old_version_of_a_round_is_a_conflict(queue):
    made = make_round(120_000)
    actions.review_round(made, by=make_actor("officer"), version=1)
    with pytest.raises(Conflict):
        actions.cancel_round(made, by=make_actor("officer"), version=1)
    assert Round.objects.get().state == "reviewed"


def sign_says(made: Round) -> list[str]:
    with pytest.raises(Conflict) as refused:
        actions.sign_round(made, by=make_actor("signer"))
    assert refused.value.text.en == "The list has changed since this round was prepared. Prepare it again."
    assert (Round.objects.get(pk=made.pk).state, balances("personal-budget")["granted"]) == ("reviewed", 0)
    return [change.en for change in refused.value.changes]


def test_signing_after_somebody_left_says_who(queue):
    made = make_round(120_000, state="reviewed")
    actions.withdraw(queue[1], by=make_actor("officer"), on=date(2024, 1, 15))
    assert sign_says(made) == [f"{queue[1].number} went (group-1, place 2; now “withdrawn”)"]


def test_signing_after_somebody_came_says_who(queue):
    made = make_round(120_000, state="reviewed")
    new = make_request(asked=date(2020, 12, 1), plan_approved_on=date(2020, 12, 1))
    assert sign_says(made) == [f"{new.number} came (group-1, place 1)"]


def test_signing_after_somebody_moved_says_who(queue):
    made = make_round(120_000, state="reviewed")
    actions.revise(queue[0], by=make_actor("assessor"), on=date(2024, 1, 15), group=2)
    assert sign_says(made) == [f"{queue[0].number} moved from group-1 1 to group-2 1"]


def test_what_changed_of_a_restricted_person_is_not_told(queue):
    made = make_round(120_000, state="reviewed")
    actions.withdraw(queue[1], by=make_actor("officer"), on=date(2024, 1, 15))
    Person.objects.filter(pk=queue[1].person_id).update(restricted=True)
    assert sign_says(made) == [
        "The rules or the order have changed; there is nothing to say about the requests that you may see."
    ]


def test_signing_after_a_category_changed_says_what_it_costs(queue):
    made = make_round(120_000, state="reviewed")
    actions.assess(queue[3], actions.Assessed("1"), by=make_actor("assessor"), on=date(2024, 1, 15))
    assert sign_says(made) == [f"{queue[3].number} costs 7786.74 euro a year instead of 54426.77"]


def test_a_request_made_after_the_day_of_the_round_does_not_count(queue):
    made = make_round(120_000, state="reviewed", on=date(2021, 3, 4))
    make_request(asked=date(2021, 3, 5))
    assert actions.sign_round(made, by=make_actor("signer")).state == "signed"


def test_who_is_not_eligible_is_passed_over_with_the_reason(demo_day):
    make_credit(1_000_000)
    make_request(complete=False)
    second = make_request()
    made = make_round(60_000, state="signed")
    assert [line.request_id for line in made.lines.all()] == [second.pk]
    assert made.summary["not_eligible_by_condition"] == {"complete": 1}


def test_a_bundle_is_granted_whole_or_not_at_all(demo_day):
    make_credit(1_000_000)
    one = make_request()
    other = make_request(bundle=one.pk)
    alone = make_round(60_000)
    assert (alone.summary["granted"], alone.lines.get().request_id) == (0, one.pk)
    actions.cancel_round(alone, by=make_actor("officer"))
    together = make_round(120_000, state="signed")
    assert sorted(together.lines.values_list("request_id", "granted")) == [(one.pk, True), (other.pk, True)]


def test_a_request_that_changed_after_the_day_of_the_round_is_granted_from_that_change_on(queue):
    actions.revise(queue[0], by=make_actor("assessor"), on=date(2024, 1, 12), group=1)
    make_round(60_000, state="signed", on=date(2024, 1, 10))
    queue[0].refresh_from_db()
    assert (queue[0].state, queue[0].steps.get(kind="granted").holds_from) == ("granted", date(2024, 1, 12))
    assert verify.run() == []


def test_a_partial_grant_leaves_the_request_waiting_with_its_date(demo_day):
    make_credit(1_000_000)
    old = date(2017, 5, 1)
    request = make_request(group=2, asked=old, plan_approved_on=old, category="VI")
    make_round(100_000, state="signed", envelopes={"group-2": 10_000_000})
    request.refresh_from_db()
    assert (request.state, request.partial, request.priority_date) == ("waiting", True, old)
    assert (float(request.points), float(request.points_held)) == (50.161496, 25.080748)
    assert verify.run() == []


def test_steps_of_a_round_name_the_signer(queue):
    signer = make_actor("signer", name="Sarah Signer")
    make_round(120_000, state="signed", signer=signer)
    assert set(Step.objects.filter(kind="granted").values_list("by_name", "role")) == {
        ("Sarah Signer", "signer")
    }


def test_a_death_between_preparing_and_signing_is_a_changed_list(queue):
    made = make_round(120_000, state="reviewed")
    actions.record_death(queue[0].person, by=make_actor("officer"), on=date(2024, 1, 14))
    assert sign_says(made) == [f"{queue[0].number} went (group-1, place 1; now “deceased”)"]


def test_a_programme_role_does_not_reach_another_programme(queue):
    with pytest.raises(Refused):
        make_round(120_000, officer=make_actor("officer", programme="another"))
    assert make_round(120_000, officer=make_actor("officer", programme="personal-budget")).state == "prepared"


def test_an_unknown_programme_is_named(db):
    with pytest.raises(Invalid) as refused:
        make_round(1, programme="personal-budgets")
    assert refused.value.text.en.startswith("There is no programme “personal-budgets”. There are: ")
    assert make_person().pk  # the same register takes other facts
