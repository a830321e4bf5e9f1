"""Whatever is done to lines in whatever order: no balance below zero, nothing lost, nothing off by a cent."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.money.making import command, make_line
from veerkracht.register import clock, verify
from veerkracht.register.errors import Invalid
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, PaymentOf
from veerkracht.register.money.models import Account, Commitment, Entry, Line, LineCredit
from veerkracht.register.money.queries import line_balances
from veerkracht.register.money.weighing import for_days
from veerkracht.register.verify import money

VERBS = ("commit", "reduce", "request", "settle", "cancel", "recover", "vote", "transfer", "correct")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 3),
        st.integers(1, 60_000),
        st.dates(date(2024, 1, 1), date(2024, 5, 15)),
    ),
    min_size=5,
    max_size=14,
)


def do(verb: str, which: int, cents: int, on: date) -> None:
    """One verb on the which-th line or commitment; refused where it may not be."""
    by, lines = command(), list(Line.objects.order_by("id"))
    line, other = lines[which % 2], lines[1 - which % 2]
    commitments = list(Commitment.objects.order_by("id"))
    decided = Decided(on, "A decision")
    if verb == "commit":
        new = actions.NewCommitment(on, cents, "grant", "x", yearly_cents=cents // 3)
        actions.commit(line, new, by=by)
    elif verb == "vote":
        sign = -1 if which > 1 else 1
        amounts = Amounts(sign * cents, sign * (cents // 2))
        actions.vote_line_credit(line, by=by, year=2024, amounts=amounts, decided=decided, kind="revised")
    elif verb == "transfer":
        actions.transfer(line, other, by=by, year=2024, amounts=Amounts(cents, cents // 2), decided=decided)
    elif verb == "correct":
        entries = list(Entry.objects.filter(line=line).order_by("id"))
        actions.correct(entries[cents % len(entries)], by=by, on=on, text="x")
    elif commitments:
        _on_commitment(verb, commitments[which % len(commitments)], cents, on)


def _on_commitment(verb: str, one: Commitment, cents: int, on: date) -> None:
    by, part = command(), [PaymentOf(one.pk, cents)]
    if verb == "reduce":
        actions.reduce_commitment(one, by=by, on=on, cents=cents, text="x")
    elif verb == "recover":
        actions.recover(one, by=by, on=on, cents=cents, text="x")
    else:
        verbs = {
            "request": actions.request_payments,
            "settle": actions.settle_payments,
            "cancel": actions.cancel_payments,
        }
        with transaction.atomic():
            verbs[verb](part, by=by, on=on)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_any_order_of_verbs_keeps_the_books_right(steps):
    with transaction.atomic():
        clock.stand_still_on(date(2024, 5, 15))
        for code in ("A", "B"):
            make_line(1_000, 600, code=code)
        for step in steps:
            try:
                do(*step)
            except Invalid:
                continue
        assert {name: list(check()) for name, (_, check) in money.checks().items() if list(check())} == {}
        voted = sum(LineCredit.objects.values_list("commitment_cents", flat=True))
        kept = [line_balances(code, 2024) for code in ("A", "B")]
        assert sum(one.commitment_free + one.committed for one in kept) == voted
        below = Account.objects.exclude(name__in=Account.ORIGINS).filter(balance_cents__lt=0)
        assert not below.exists()
        transaction.set_rollback(True)


@given(
    cents=st.integers(0, 10**12),
    split=st.dates(date(2024, 1, 2), date(2024, 12, 31)),
    year=st.sampled_from([2023, 2024]),
)
@settings(max_examples=50)
def test_a_year_in_two_parts_is_the_year_to_the_cent(cents, split, year):
    """Half a cent goes up in both parts, so that together they are at most one cent more."""
    day = split.replace(year=year) if (split.month, split.day) != (2, 29) else date(year, 3, 1)
    before = date.fromordinal(day.toordinal() - 1)
    parts = for_days(cents, date(year, 1, 1), before, year) + for_days(cents, day, date(year, 12, 31), year)
    assert parts - cents in (0, 1)
    assert for_days(cents, date(year, 1, 1), date(year, 12, 31), year) == cents


def test_verify_names_every_invariant_once():
    assert set(money.checks()) <= set(verify.invariants())
