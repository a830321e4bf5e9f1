"""Which lines, years and payees an order reaches, and for whom."""

from datetime import date

import pytest

from tests.factories import make_actor
from tests.money.making import make_commitment, make_credit, make_year
from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.money.queries import line_balances
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.access import get_order


def test_a_role_for_one_programme_sees_and_takes_no_order_of_a_line_of_another_or_of_none(paying):
    order = paying.order()
    for role, act in (
        ("budget-officer", lambda by: actions.check(order, by=by)),
        ("budget-officer", lambda by: get_order(by, order.number)),
        ("budget-officer", lambda by: actions.refuse(order, by=by, reason="Not so")),
    ):
        with pytest.raises(Refused):
            act(make_actor(role, programme="residential-care"))
    assert get_order(paying.team.checker, order.number).state == "prepared"


def test_what_is_open_of_an_earlier_year_can_be_paid_from_the_next(paying):
    make_credit(paying.line, 0, 5_000, year=2025, on=date(2024, 5, 15))
    clock.stand_still_on(date(2025, 1, 6))
    make_year(2025)
    found = queries.payable(paying.team.preparer, paying.line)
    assert [(one.organisation, one.left_cents) for one in found] == [
        (one.name, 100_000) for one in paying.organisations
    ]
    order = actions.prepare_order(
        paying.line,
        by=paying.team.preparer,
        due_on=clock.today(),
        payments=[paying.payment(commitment=found[0].commitment)],
        text="Last of 2024",
    )
    assert (order.year, line_balances(paying.line.code, 2025).requested) == (2025, 10_000)


def test_of_a_round_only_budgets_are_paid(paying):
    of_round = make_commitment(paying.line, 10, kind="round")
    with pytest.raises(Invalid) as caught:
        actions.prepare_order(
            paying.line,
            by=paying.team.preparer,
            due_on=clock.today(),
            payments=[paying.payment(commitment=of_round)],
            text="x",
        )
    assert caught.value.field == "account"
