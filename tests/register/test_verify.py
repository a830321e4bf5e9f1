"""`verify` finds what no action can bring about but a hand in the database can."""

import pytest

from tests.factories import make_credit, make_person, make_queue, make_request, make_round
from veerkracht.register import append_only, constraints, verify
from veerkracht.register.care.models import Request
from veerkracht.register.money.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived_in(demo_day):
    make_credit(1_000_000)
    make_queue(4)
    make_round(120_000, state="signed")


def test_nothing_is_broken_after_actions(lived_in):
    assert verify.run() == []


def test_every_constraint_has_words_in_both_languages():
    assert sorted(set(constraints.named()) - set(constraints.MESSAGES)) == []
    assert [name for name, text in constraints.MESSAGES.items() if not (text.nl and text.en)] == []


def test_every_constraint_is_an_invariant_by_name():
    assert sorted(set(constraints.named()) - set(verify.invariants())) == []


def test_a_column_that_is_not_what_the_steps_say_is_found(lived_in):
    request = Request.objects.order_by("pk").first()
    Request.objects.filter(pk=request.pk).update(priority_group=3)
    (found,) = verify.run()
    assert (found.name, found.where) == (
        "request_is_the_fold_of_its_steps",
        (f"{request.number}: priority_group",),
    )


def test_a_balance_that_is_not_the_sum_of_its_postings_is_found(lived_in):
    Account.objects.filter(name="free").update(balance_cents=7)
    assert [found.name for found in verify.run()] == ["balance_is_the_sum_of_postings", "no_money_is_lost"]


def test_a_table_that_lost_its_protection_is_found(lived_in):
    append_only.release("default", "care_step")
    try:
        (found,) = verify.run()
    finally:
        append_only.protect("default", "care_step")
    assert (found.name, found.where) == ("append_only", ("care_step",))


def test_a_live_request_of_somebody_who_died_is_found(demo_day):
    person = make_person()
    request = make_request(person)
    type(person).objects.filter(pk=person.pk).update(died_on=demo_day)
    (found,) = verify.run()
    assert (found.name, found.where) == ("the_dead_wait_for_nothing", (request.number,))
