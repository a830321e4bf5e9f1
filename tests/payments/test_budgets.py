"""A month of personal budgets is one order: nothing off by a cent, nobody lost, and nobody told about."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.factories import make_actor, make_person
from tests.money.making import make_commitment, make_credit, make_line, make_year
from tests.payments.making import Paying, Team, make_budget, report
from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.money.models import Entry
from veerkracht.register.money.queries import line_balances
from veerkracht.register.money.weighing import for_months, share
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.models import Payment

MAY = date(2024, 5, 1)
SINCE = date(2016, 1, 1)


@given(st.integers(0, 10**12), st.integers(2016, 2100))
@example(1, 2024)
@example(11, 2023)
@settings(max_examples=100)
def test_twelve_months_are_exactly_the_year(yearly, year):
    months = [share(yearly, date(year, month, 1), SINCE) for month in range(1, 13)]
    assert sum(months) == yearly
    assert max(months) - min(months) <= 1


@given(st.integers(0, 10**9), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
@settings(max_examples=50)
def test_a_month_in_which_a_budget_begins_and_another_ends_is_paid_by_its_days_once(yearly, day):
    month = day.replace(day=1)
    whole = share(yearly, month, SINCE)
    before = share(yearly, month, SINCE, date.fromordinal(day.toordinal() - 1))
    assert 0 <= whole - before - share(yearly, month, day) <= 1
    assert share(yearly, month, date(2024, 1, 1)) == 0


@given(st.integers(0, 10**9), st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(0, 365))
@example(5_442_677, date(2024, 2, 1), 365)
@settings(max_examples=50)
def test_what_a_grant_weighs_is_always_enough_for_what_is_paid_of_it(yearly, first, days):
    year_end = date(2024, 12, 31)
    end = min(date.fromordinal(first.toordinal() + days), year_end)
    paid = sum(share(yearly, date(2024, month, 1), first, end) for month in range(1, 13))
    after = for_months(yearly, date.fromordinal(end.toordinal() + 1), year_end, 2024)
    assert 0 <= for_months(yearly, first, year_end, 2024) - after - paid <= 1
    assert for_months(yearly, first, year_end, 2025) == 0


@pytest.fixture
def held(today):
    """Three people with a budget, two of them with an account; a commitment of the round that holds them."""
    team = Team()
    line = make_line(100_000, programme="personal-budget")
    make_commitment(line, 50_000, kind="round", on=date(2024, 1, 1))
    people = [make_person(given=name, family="Zichtbaar") for name in ("Anna", "Bram", "Cleo")]
    budgets = [
        make_budget(cents, person)
        for cents, person in zip((1_200_001, 600_005, 999_999), people, strict=True)
    ]
    for person in people[:2]:
        team.give_account(person, holder=f"{person.given_name} Zichtbaar")
    return team, line, people, budgets


def test_who_has_an_account_is_paid_and_who_has_none_is_held_back(held):
    team, line, _, budgets = held
    made = actions.prepare_budget_payments(line, date(2024, 5, 10), by=team.preparer)
    paid = list(made.order.payments.order_by("id").values_list("budget", "amount_cents", "month"))
    assert paid == [(budgets[0].pk, 100_000, MAY), (budgets[1].pk, 50_001, MAY)]
    assert (made.order.month, made.order.total_cents) == (MAY, 150_001)
    assert [(one.why, one.budgets, one.cents) for one in made.held_back] == [("no-account", 1, 83_333)]


def test_a_month_is_asked_again_only_for_who_was_not_paid(held):
    team, line, people, budgets = held
    first = actions.prepare_budget_payments(line, MAY, by=team.preparer).order
    assert actions.prepare_budget_payments(line, MAY, by=team.preparer).order is None
    team.give_account(people[2])
    late = actions.prepare_budget_payments(line, MAY, by=team.preparer)
    assert list(late.order.payments.values_list("budget", flat=True)) == [budgets[2].pk]
    assert late.held_back == ()
    actions.refuse(first, by=team.checker, reason="Wrong day")
    again = actions.prepare_budget_payments(line, MAY, by=team.preparer).order
    assert again.total_cents == 150_001


def test_a_budget_that_its_commitment_can_not_carry_is_held_back(held):
    team, line, *_ = held
    make_budget(60_000_000, person := make_person())
    team.give_account(person)
    make_budget(120_000, person := make_person(), until_date=date(2024, 4, 30), kind="temporary")
    team.give_account(person)
    made = actions.prepare_budget_payments(line, MAY, by=team.preparer)
    assert made.order.count == 2
    assert [(one.why, one.budgets, one.cents) for one in made.held_back] == [
        ("no-account", 1, 83_333),
        ("too-little-left", 1, 5_000_000),
    ]


def test_december_that_is_paid_in_january_takes_nothing_of_the_new_year(held):
    team, line, *_ = held
    actions.prepare_budget_payments(line, MAY, by=team.preparer)
    clock.stand_still_on(date(2025, 1, 3))
    make_credit(line, 100_000, year=2025, on=date(2025, 1, 1))
    make_year(2025)
    now = make_commitment(line, 50_000, kind="round", on=date(2025, 1, 1))
    made = actions.prepare_budget_payments(line, date(2024, 12, 31), by=team.preparer)
    assert {one.commitment.year for one in made.order.payments.select_related("commitment")} == {2024}
    assert (made.order.year, made.order.count) == (2025, 2)
    now.refresh_from_db()
    assert (now.requested_cents, line_balances(line.code, 2025).requested) == (0, made.order.total_cents)


@pytest.mark.parametrize("month", [date(2024, 6, 1), date(2025, 1, 1)])
def test_a_month_ahead_is_not_paid(held, month):
    team, line, _, _ = held
    with pytest.raises(Invalid) as caught:
        actions.prepare_budget_payments(line, month, by=team.preparer)
    assert caught.value.field == "month"
    with pytest.raises(Refused):
        actions.prepare_budget_payments(line, MAY, by=team.approver)


def test_nothing_that_is_read_of_an_order_tells_about_a_person(held):
    team, line, people, _ = held
    order = actions.prepare_budget_payments(line, MAY, by=team.preparer).order
    for take, by in (
        (actions.check, team.checker),
        (actions.approve, team.approver),
        (actions.send, team.sender),
    ):
        order = take(order, by=by)
    one, two = order.payments.order_by("id").values_list("end_to_end_id", flat=True)
    statuses = [(one, "ACSC"), (two, "RJCT", "MD07")]
    actions.read_bank_message(report(order, statuses=statuses), by=team.reader)
    view = queries.order_view(make_actor("auditor"), order.number)
    assert (view.payments, [(one.state, one.count, one.cents) for one in view.to_people]) == (
        (),
        [("paid", 1, None), ("rejected", 1, None)],
    )
    # What leads to a person in what is written down for who sees no persons.
    numbers = {person.number for person in people}
    ours = LogEntry.objects.filter(object_type__in=["order", "bankmessage"])
    written = str(view) + str(queries.order_rows(team.sender)) + str(queries.message_rows(team.sender))
    written += str(list(ours.values_list("detail", "object_id", "purpose", "person_id")))
    written += str(list(Entry.objects.values_list("text")))
    for told in ("Zichtbaar", "Anna", "MD07", *numbers):
        assert told not in written
    assert set(ours.values_list("person_id", flat=True)) == {None}
    with pytest.raises(Refused):
        actions.recover_payment(
            Payment.objects.get(end_to_end_id=one), by=team.reader, cents=1, reason="Anna Zichtbaar"
        )


def test_a_person_and_an_organisation_stand_in_one_order_and_only_the_organisation_is_named(held, today):
    team, *_ = held
    paying = Paying(team, programme="personal-budget")
    person = make_person(given="Dora", family="Zichtbaar")
    account = team.give_account(person)
    loose = make_commitment(paying.line, 10)
    order = actions.prepare_order(
        paying.line,
        by=team.preparer,
        due_on=clock.today(),
        payments=[paying.payment(), actions.NewPayment(loose, 777, account, "Once")],
        text="Both",
    )
    view = queries.order_view(team.checker, order.number)
    assert [(one.organisation, one.cents) for one in view.payments] == [
        (paying.organisations[0].name, 10_000)
    ]
    assert [(one.state, one.count, one.cents) for one in view.to_people] == [("requested", 1, None)]
    assert "Zichtbaar" not in str(view)
