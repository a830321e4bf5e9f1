"""Requests come in, get their place, move and leave; and what is never allowed on the way."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import make_actor, make_credit, make_person, make_request, make_round
from veerkracht.register import verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request, Step
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.errors import RuleFault

pytestmark = pytest.mark.django_db


def ask(person, by=None, **facts):
    given = {"programme": "personal-budget", "kind": "first", "on": date(2024, 1, 10)} | facts
    return actions.ask(person, by=by or make_actor("officer"), **given)


def test_a_request_begins_as_one_step(demo_day):
    request = ask(make_person(area="44021"))
    assert (request.number, request.state, request.live, request.area, request.version) == (
        "V-0000001",
        "asked",
        True,
        "44021",
        1,
    )
    assert list(request.steps.values_list("kind", "holds_from", "state")) == [
        ("asked", date(2024, 1, 10), "asked")
    ]


def test_a_second_live_request_of_the_same_kind_is_refused_and_another_kind_is_not(demo_day):
    person = make_person()
    first = ask(person)
    with pytest.raises(Conflict) as refused:
        ask(person)
    assert refused.value.text.en == f"Beside request {first.number} (first) there can be no live “first”."
    with pytest.raises(Conflict):
        ask(person, kind="rest")
    assert ask(person, kind="increase").kind == "increase"
    assert Request.objects.count() == 2


def test_after_one_has_left_the_list_the_person_may_ask_again(demo_day):
    person = make_person()
    actions.withdraw(ask(person), by=make_actor("officer"), on=date(2024, 1, 11))
    assert ask(person, on=date(2024, 1, 12)).state == "asked"


def test_an_unknown_kind_is_named(demo_day):
    with pytest.raises(Invalid) as refused:
        ask(make_person(), kind="second")
    assert refused.value.text.en == (
        "There is no kind of request “second”. There are: first, increase, rest."
    )


def test_who_has_died_does_not_ask(demo_day):
    person = make_person(died_on=date(2024, 1, 9))
    with pytest.raises(Invalid) as refused:
        ask(person)
    assert refused.value.field == "person"


def test_an_assessment_takes_the_points_of_the_scheme_of_the_request_date(demo_day):
    officer = make_actor("assessor")
    new = actions.assess(ask(make_person()), actions.Assessed("12"), by=officer, on=date(2024, 1, 11))
    old = ask(make_person(), on=date(2019, 5, 1))
    old = actions.assess(old, actions.Assessed("VI"), by=officer, on=date(2024, 1, 11))
    assert (new.scheme, new.points) == ("twenty-four", Decimal("54.170000"))
    assert (old.scheme, old.points) == ("twelve", Decimal("50.161496"))


def test_a_category_of_another_scheme_is_refused(demo_day):
    request = ask(make_person())
    with pytest.raises(RuleFault):
        actions.assess(request, actions.Assessed("VI"), by=make_actor("assessor"), on=date(2024, 1, 11))
    assert request.steps.count() == 1


def test_the_group_follows_from_the_answers_and_the_date_from_the_request(demo_day):
    assessor = make_actor("assessor")
    found = actions.Assessed(facts={"impact_network": 1, "impact_person": 1, "gap": 2})
    request = actions.assess(ask(make_person()), found, by=assessor, on=date(2024, 1, 11))
    request = actions.prioritise(request, by=assessor, on=date(2024, 1, 12))
    assert (request.state, request.priority_group, request.priority_date) == ("waiting", 1, date(2024, 1, 10))


def test_without_answers_somebody_must_decide_on_the_group(demo_day):
    request = ask(make_person())
    with pytest.raises(Invalid) as refused:
        actions.prioritise(request, by=make_actor("assessor"), on=date(2024, 1, 12))
    assert refused.value.field == "group"
    assert (
        actions.prioritise(request, by=make_actor("assessor"), on=date(2024, 1, 12), group=3).state
        == "waiting"
    )


def test_a_request_from_the_old_register_keeps_its_date(demo_day):
    request = ask(make_person(), on=date(2016, 5, 1), register_date=date(2001, 7, 9))
    request = actions.prioritise(request, by=make_actor("assessor"), on=date(2016, 5, 1), group=3)
    assert (request.converted, request.priority_date) == (True, date(2001, 7, 9))


@pytest.mark.parametrize(("group", "expected"), [(1, date(2023, 6, 1)), (2, date(2021, 3, 1))])
def test_a_revision_takes_its_own_date_only_when_the_group_changes(demo_day, group, expected):
    request = make_request(group=2)
    revised = actions.revise(request, by=make_actor("assessor"), on=date(2023, 6, 1), group=group)
    assert (revised.priority_group, revised.priority_date) == (group, expected)


def test_a_decision_cannot_hold_before_the_one_it_replaces(demo_day):
    request = make_request(asked=date(2021, 3, 1))
    with pytest.raises(Invalid) as refused:
        actions.revise(request, by=make_actor("assessor"), on=date(2021, 2, 28), group=2)
    assert (
        refused.value.text.en == "28-02-2021 is before 01-03-2021, the day of the previous decision on this."
    )


@pytest.mark.parametrize(("facts", "field"), [({"group": 4}, "group"), ({"route": "teleport"}, "route")])
def test_an_unknown_place_is_refused(demo_day, facts, field):
    request = make_request(state="asked")
    with pytest.raises(Invalid) as refused:
        actions.prioritise(request, by=make_actor("assessor"), on=date(2024, 1, 12), **facts)
    assert refused.value.field == field


def test_a_route_that_is_closed_on_that_day_is_refused(demo_day):
    request = make_request(state="asked", asked=date(2016, 4, 2), category=None)
    with pytest.raises(Invalid):
        actions.prioritise(request, by=make_actor("assessor"), on=date(2016, 4, 1), route="emergency")
    waiting = actions.prioritise(request, by=make_actor("assessor"), on=date(2016, 4, 2), route="emergency")
    assert (waiting.state, waiting.route, waiting.priority_group) == ("waiting", "emergency", 0)


def test_an_old_version_is_a_conflict_and_nothing_is_lost(demo_day):
    request = make_request()
    seen = request.version
    actions.revise(request, by=make_actor("assessor"), on=date(2024, 1, 12), group=2, version=seen)
    with pytest.raises(Conflict):
        actions.withdraw(request, by=make_actor("officer"), on=date(2024, 1, 12), version=seen)
    request.refresh_from_db()
    assert (request.state, request.priority_group, request.version) == ("waiting", 2, seen + 1)


def test_what_left_the_list_does_not_leave_it_again(demo_day):
    request = actions.withdraw(make_request(), by=make_actor("officer"), on=date(2024, 1, 12))
    assert (request.state, request.live) == ("withdrawn", False)
    with pytest.raises(Invalid):
        actions.withdraw(request, by=make_actor("officer"), on=date(2024, 1, 12))


def test_a_refusal_is_signed_and_says_why(demo_day):
    request = make_request(state="asked")
    facts = {"on": date(2024, 1, 12), "reason": "not-recognised"}
    with pytest.raises(Refused):
        actions.refuse(request, by=make_actor("officer"), text="No disability was found.", **facts)
    with pytest.raises(Invalid):
        actions.refuse(request, by=make_actor("signer"), text="", **facts)
    refused = actions.refuse(request, by=make_actor("signer"), text="No disability was found.", **facts)
    assert (refused.state, refused.steps.get(kind="refused").text) == ("refused", "No disability was found.")


def test_a_death_closes_everything_and_frees_the_money(demo_day):
    make_credit(1_000_000)
    person = make_person()
    granted, asked = make_request(person), make_request(person, kind="increase", state="asked")
    make_round(60_000, state="signed", on=date(2024, 1, 12))
    actions.record_death(person, by=make_actor("officer"), on=date(2024, 1, 5))
    granted.refresh_from_db()
    asked.refresh_from_db()
    assert (granted.state, asked.state, granted.respond_by) == ("deceased", "deceased", None)
    # The grant of the 12th can't be undone before it was made; the person keeps the true day.
    assert Step.objects.get(request=granted, kind="died").holds_from == date(2024, 1, 12)
    assert verify.run() == []


def test_a_death_is_recorded_once_and_not_ahead(demo_day):
    person = make_person()
    officer = make_actor("officer")
    with pytest.raises(Invalid):
        actions.record_death(person, by=officer, on=date(2024, 1, 16))
    actions.record_death(person, by=officer, on=date(2024, 1, 15))
    with pytest.raises(Invalid):
        actions.record_death(person, by=officer, on=date(2024, 1, 14))
    person.refresh_from_db()
    assert person.died_on == date(2024, 1, 15)


def test_an_annulled_conversion_gives_the_old_category_back_from_the_day_it_was_taken(demo_day):
    from veerkracht.register.care.actions.writing import write_step

    request = make_request(asked=date(2018, 3, 1), category="VI", plan_approved_on=date(2018, 3, 1))
    write_step(
        request,
        "converted",
        by=Actor.for_command("tests"),
        on=date(2021, 3, 5),
        scheme="twenty-four",
        category="12",
        points=Decimal("54.17"),
    )
    restored = actions.restore_category(request, by=make_actor("officer"))
    step = restored.steps.get(kind="restored")
    assert (restored.scheme, restored.category, restored.points) == ("twelve", "VI", Decimal("50.161496"))
    assert (step.holds_from, step.recorded_at.date()) == (date(2021, 3, 5), demo_day)
    with pytest.raises(Invalid):
        actions.restore_category(restored, by=make_actor("officer"))


def test_the_latest_value_by_day_and_then_by_recording_holds(demo_day):
    from veerkracht.register.care.actions.writing import write_step

    request = make_request(asked=date(2021, 3, 1), group=3)
    command = Actor.for_command("tests")
    write_step(request, "revised", by=command, on=date(2023, 1, 1), priority_group=1)
    write_step(request, "corrected", by=command, on=date(2022, 1, 1), priority_group=2)
    assert request.priority_group == 1
    write_step(request, "corrected", by=command, on=date(2023, 1, 1), priority_group=2)
    assert request.priority_group == 2
