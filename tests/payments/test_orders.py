"""Orders are released in steps by different people; money is paid only when the bank says so."""

from datetime import date

import pytest

from tests.factories import make_actor
from tests.money.making import command, make_line
from tests.payments.making import Paying, booked, make_number, report, statement
from veerkracht.register.constraints import MESSAGES
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money.models import Commitment
from veerkracht.register.money.queries import line_balances
from veerkracht.register.payments import actions
from veerkracht.register.payments.models import BankAccount, BankMessage, Order, OrderStep, Payment
from veerkracht.register.people.models import Organisation

NOBODY_TWICE = MESSAGES["nobody_takes_two_steps_of_an_order"]


def books(paying: Paying) -> tuple[int, int, int]:
    """Requested, paid and free to pay of the line, in cents."""
    found = line_balances(paying.line.code, 2024)
    return found.requested, found.paid, found.payment_free


def states(order: Order) -> list[tuple[str, str]]:
    return list(order.payments.order_by("id").values_list("state", "reason_code"))


def test_an_order_goes_step_by_step_until_the_bank_answers(paying):
    order = paying.order("sent")
    assert books(paying) == (60_004, 0, 939_996)
    content = report(order, group="ACSC")
    read = actions.read_bank_message(content, by=paying.team.reader)
    order.refresh_from_db()
    assert (read.orders, read.message.paid, read.message.paid_cents) == ((order.number,), 3, 60_004)
    assert (order.state, order.file_sealed, states(order)) == ("done", "", [("paid", "")] * 3)
    assert books(paying) == (0, 60_004, 939_996)
    assert list(order.steps.order_by("id").values_list("step", "by_name")) == [
        ("prepared", "Bea Prepares"),
        ("checked", "Bob Checks"),
        ("approved", "Tia Approves"),
        ("sent", "Tom Sends"),
        ("done", "Tess Reads"),
    ]
    assert [one.paid_cents for one in Commitment.objects.order_by("id")] == [10_000, 20_001, 30_003]


@pytest.mark.parametrize(
    ("state", "step", "who"),
    [
        ("prepared", actions.check, "preparer"),
        ("approved", actions.send, "approver"),
    ],
)
def test_nobody_takes_two_steps(paying, state, step, who):
    order = paying.order(state)
    with pytest.raises(Invalid) as caught:
        step(order, by=getattr(paying.team, who))
    assert caught.value.text == NOBODY_TWICE


def test_who_took_a_step_does_not_read_what_the_bank_answers(paying):
    order = paying.order("sent")
    with pytest.raises(Invalid) as caught:
        actions.read_bank_message(report(order, group="ACSC"), by=paying.team.approver)
    assert (caught.value.text, BankMessage.objects.count()) == (NOBODY_TWICE, 0)


def test_a_step_needs_its_turn_its_role_and_what_was_seen(paying):
    order, team = paying.order(), paying.team
    with pytest.raises(Refused):
        actions.approve(order, by=team.checker)
    with pytest.raises(Conflict):
        actions.approve(order, by=team.approver)
    actions.check(order, by=team.checker, version=order.version)
    other = make_actor("budget-officer")
    with pytest.raises(Conflict):
        actions.check(order, by=other, version=order.version)
    with pytest.raises(Conflict):
        actions.refuse(order, by=other, reason="Too late", version=order.version)
    assert OrderStep.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "who"), [("prepared", "checker"), ("checked", "approver"), ("approved", "sender")]
)
def test_each_step_can_be_refused_and_the_money_is_free_again(paying, state, who):
    order, by = paying.order(state), getattr(paying.team, who)
    with pytest.raises(Invalid) as caught:
        actions.refuse(order, by=by, reason="  ")
    assert caught.value.field == "reason"
    refused = actions.refuse(order, by=by, reason="Wrong month")
    assert (refused.state, refused.steps.get(step="refused").reason) == ("refused", "Wrong month")
    assert (states(order), books(paying)) == ([("cancelled", "")] * 3, (0, 0, 1_000_000))
    with pytest.raises(Conflict):
        actions.check(refused, by=make_actor("budget-officer"))


def test_what_was_sent_is_not_refused_any_more(paying):
    with pytest.raises(Conflict):
        actions.refuse(paying.order("sent"), by=paying.team.reader, reason="Too late")


def test_the_bank_answers_partly_then_the_rest(paying):
    order = paying.order("sent")
    one, two, three = order.payments.order_by("id").values_list("end_to_end_id", flat=True)
    first = [(one, "ACSC", "", "100.00"), (two, "RJCT", "AC04"), (three, "PDNG")]
    read = actions.read_bank_message(report(order, group="PART", statuses=first), by=paying.team.reader)
    order.refresh_from_db()
    assert (read.message.paid, read.message.rejected, read.message.pending) == (1, 1, 1)
    assert states(order) == [("paid", ""), ("rejected", "AC04"), ("requested", "")]
    assert (order.state, books(paying)) == ("sent", (30_003, 10_000, 959_997))
    actions.read_bank_message(statement(booked("300.03", ids=[three])), by=paying.team.reader)
    order.refresh_from_db()
    assert (order.state, books(paying)) == ("done", (0, 40_003, 959_997))


@pytest.mark.parametrize("kind", ["camt.053.001.08", "camt.054.001.08"])
def test_a_batch_is_booked_as_one_and_other_entries_are_left_aside(paying, kind):
    order = paying.order("sent")
    entries = (
        booked("75.00", direction="CRDT", ids=["NOTPROVIDED"]),
        booked("12.00", ids=[]),
        booked("600.04", batch=order.message_id, status="PDNG"),
        booked("600.04", batch=order.message_id),
    )
    actions.read_bank_message(statement(*entries, kind=kind), by=paying.team.reader)
    assert (states(order), books(paying)) == ([("paid", "")] * 3, (0, 60_004, 939_996))


@pytest.mark.parametrize("kind", ["camt.053.001.08", "camt.054.001.08"])
def test_of_a_statement_what_is_not_ours_is_counted_and_left_aside(paying, sent, kind):
    one, *_ = sent.payments.order_by("id").values_list("end_to_end_id", flat=True)
    entries = (
        # Two payments in one entry, each with the amount in its details; only the first is ours.
        booked("200.00", ids=[one, "SALARIES-7"], each='<Amt Ccy="EUR">100.00</Amt>'),
        booked("5.00", ids=["Ünknown to us"], currency="USD"),
        booked("900.00", batch="ELSEWHERE-1"),
        booked("75.00", direction="CRDT", ids=["NOTPROVIDED"]),
        booked("40.00", direction="CRDT", ids=["SALARIES-6"], returned=True),
    )
    read = actions.read_bank_message(statement(*entries, kind=kind), by=paying.team.reader)
    assert (read.orders, read.message.paid, read.message.paid_cents, read.not_ours) == (
        (sent.number,),
        1,
        10_000,
        5,
    )
    assert (states(sent), books(paying)) == (
        [("paid", ""), ("requested", ""), ("requested", "")],
        (50_004, 10_000, 939_996),
    )


def _first(order: Order) -> str:
    return order.payments.order_by("id")[0].end_to_end_id


_BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
# What is wrong, and what the error says.
_BAD_ANSWERS = {
    "not XML": (lambda order: b"no", "no readable XML"),
    "nothing": (lambda order: b"", "no readable XML"),
    "a bomb": (lambda order: _BOMB, "DTD or entities"),
    "another version": (lambda order: report(order, kind="pain.002.001.03"), "found: pain.002.001.03"),
    "our own kind": (lambda order: report(order, kind="pain.001.001.09"), "found: pain.001.001.09"),
    "another message": (lambda order: report(order, message_id="ELSEWHERE-1"), "found: ELSEWHERE-1"),
    "an answer to something else": (
        lambda order: report(order, message_name="pain.008.001.08"),
        "pain.008.001.08",
    ),
    "another count": (lambda order: report(order, group="ACSC", count=2), "found: 2; expected: 3"),
    "another sum": (
        lambda order: report(order, group="ACSC", total="600.05"),
        "found: 600.05; expected: 600.04",
    ),
    "an unknown payment": (
        lambda order: report(order, statuses=[("B-9999999-1", "ACSC")]),
        "found: B-9999999-1",
    ),
    "a payment twice": (
        lambda order: report(order, statuses=[(_first(order), "ACSC"), (_first(order), "RJCT")]),
        "found: 2 × B-",
    ),
    "another amount": (
        lambda order: report(order, statuses=[(_first(order), "ACSC", "", "100.01")]),
        "found: 100.01; expected: 100.00",
    ),
    "three decimals": (
        lambda order: report(order, statuses=[(_first(order), "ACSC", "", "100.000")]),
        "two decimals at most",
    ),
    "below zero": (
        lambda order: report(order, statuses=[(_first(order), "ACSC", "", "-100.00")]),
        "two decimals at most",
    ),
    "another currency": (
        lambda order: report(order, statuses=[(_first(order), "ACSC", "", "100.00")], currency="USD"),
        "found: USD; expected: EUR",
    ),
    "an unknown status": (lambda order: report(order, group="OKAY"), "found: 'OKAY'"),
    "a statement of what was never sent": (
        lambda order: statement(booked("5.00", ids=["B-9999999-1"]), booked("7.00")),
        "nothing of a payment that we sent; entries that are not ours: 2.",
    ),
    "a batch of what was never sent": (
        lambda order: statement(booked("5.00", batch="ELSEWHERE-1")),
        "nothing of a payment that we sent; entries that are not ours: 1.",
    ),
    "a statement in another currency": (
        lambda order: statement(booked("100.00", ids=[_first(order)], currency="USD")),
        "found: USD; expected: EUR",
    ),
    "a statement with another currency in its details": (
        lambda order: statement(booked("100.00", ids=[_first(order)], each='<Amt Ccy="USD">100.00</Amt>')),
        "found: EUR, USD; expected: EUR",
    ),
    "a statement with another amount in its details": (
        lambda order: statement(booked("100.00", ids=[_first(order)], each='<Amt Ccy="EUR">99.99</Amt>')),
        "found: 99.99; expected: 100.00",
    ),
    "half of it right": (
        lambda order: report(order, statuses=[(_first(order), "ACSC"), ("B-9999999-1", "ACSC")]),
        "found: B-9999999-1",
    ),
}


@pytest.mark.parametrize("wrong", _BAD_ANSWERS)
def test_a_wrong_answer_of_a_bank_changes_nothing(paying, sent, wrong):
    make, expected = _BAD_ANSWERS[wrong]
    with pytest.raises(Invalid) as caught:
        actions.read_bank_message(make(sent), by=paying.team.reader)
    assert expected in caught.value.text.en
    assert caught.value.field == "file"
    assert (BankMessage.objects.count(), states(sent)) == (0, [("requested", "")] * 3)
    assert books(paying) == (60_004, 0, 939_996)


def test_a_message_is_read_once_by_its_bytes_and_by_its_id(paying, sent):
    first = report(sent, statuses=[(_first(sent), "ACSC")], id="BANK-SAME")
    actions.read_bank_message(first, by=paying.team.reader)
    for again, name in (
        (first, "bank_message_bytes_once"),
        (report(sent, group="ACSC", id="BANK-SAME"), "bank_message_id_once"),
    ):
        with pytest.raises(Invalid) as caught:
            actions.read_bank_message(again, by=paying.team.reader)
        assert caught.value.text == MESSAGES[name]
    assert books(paying) == (50_004, 10_000, 939_996)


def test_what_is_booked_is_said_again_but_not_taken_back(paying, sent):
    first = _first(sent)
    actions.read_bank_message(report(sent, group="ACSC"), by=paying.team.reader)
    again = actions.read_bank_message(statement(booked("100.00", ids=[first])), by=paying.team.reader)
    assert again.message.paid == 0
    for content, expected in (
        (report(sent, statuses=[(first, "RJCT")]), f"{first}: found: rejected; expected: paid"),
        (
            statement(booked("100.00", ids=[first], direction="CRDT", returned=True)),
            "book this as a recovery",
        ),
    ):
        with pytest.raises(Invalid) as caught:
            actions.read_bank_message(content, by=paying.team.reader)
        assert expected in caught.value.text.en
    assert books(paying) == (0, 60_004, 939_996)


def test_an_answer_to_what_was_not_sent_is_refused(paying):
    order = paying.order("approved")
    paid = statement(booked("100.00", ids=[_first(order)]))
    with pytest.raises(Invalid) as caught:
        actions.read_bank_message(paid, by=paying.team.reader)
    assert f"found: {order.number}: approved; expected: sent" in caught.value.text.en


# -- what can't be prepared ----------------------------------------------------------------------------------


def _unconfirmed(paying: Paying) -> BankAccount:
    new = Organisation.objects.create(name="Newcomer", kind="provider")
    return actions.record_account(new, by=paying.team.preparer, number=make_number(), holder="Newcomer")


_BAD_ORDERS = {
    "nothing": (lambda paying: [], "payments"),
    "zero": (lambda paying: [paying.payment(0, 0)], "amount_cents"),
    "below zero": (lambda paying: [paying.payment(0, -1)], "amount_cents"),
    "part of a cent": (lambda paying: [paying.payment(0, 10.5)], "amount_cents"),
    "beyond its commitment": (lambda paying: [paying.payment(0, 100_001)], "amount_cents"),
    "another's account": (lambda paying: [paying.payment(0, account=paying.accounts[1])], "account"),
    "an account nobody confirmed": (
        lambda paying: [paying.payment(0, account=_unconfirmed(paying))],
        "account",
    ),
    "no text": (lambda paying: [paying.payment(0, text=" ")], "text"),
    "twice the same": (lambda paying: [paying.payment(0, 1), paying.payment(0, 2)], ""),
}


@pytest.mark.parametrize("wrong", _BAD_ORDERS)
def test_a_wrong_order_is_not_prepared_at_all(paying, wrong):
    make, field = _BAD_ORDERS[wrong]
    payments = [paying.payment(2), *make(paying)] if wrong != "nothing" else []
    with pytest.raises(Invalid) as caught:
        actions.prepare_order(
            paying.line, by=paying.team.preparer, due_on=date(2024, 5, 16), payments=payments, text="Grants"
        )
    assert caught.value.field == field
    assert (Order.objects.count(), Payment.objects.count(), books(paying)) == (0, 0, (0, 0, 1_000_000))


@pytest.mark.parametrize("due_on", [date(2024, 5, 14), date(2025, 1, 1)])
def test_an_order_is_due_from_today_within_the_year(paying, due_on):
    with pytest.raises(Invalid) as caught:
        actions.prepare_order(
            paying.line, by=paying.team.preparer, due_on=due_on, payments=[paying.payment()], text="Grants"
        )
    assert caught.value.field == "due_on"


def test_nothing_is_paid_beyond_the_credit_of_its_line(today):
    paying = Paying(vek=200)
    with pytest.raises(Invalid) as caught:
        paying.order(cents=[10_000, 10_001])
    assert "200.00 euro left to pay for 2024 (VEK); asked: 200.01" in caught.value.text.en
    assert books(paying) == (0, 0, 20_000)


def test_a_payment_is_of_the_order_s_own_line(paying):
    with pytest.raises(Invalid) as caught:
        actions.prepare_order(
            make_line(100),
            by=paying.team.preparer,
            due_on=date(2024, 5, 15),
            payments=[paying.payment()],
            text="x",
        )
    assert caught.value.field == "account"


def test_who_may_not_prepare_is_refused_and_so_is_a_role_of_another_programme(paying):
    for by in (paying.team.approver, make_actor("budget-officer", programme="residential-care")):
        with pytest.raises(Refused):
            actions.prepare_order(
                paying.line, by=by, due_on=date(2024, 5, 15), payments=[paying.payment()], text="Grants"
            )


def test_a_step_is_taken_by_a_named_person(paying):
    with pytest.raises(Refused):
        actions.check(paying.order(), by=command())
