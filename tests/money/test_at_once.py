"""Two people to the last euro at the same moment, each in a process of their own: one wins, the other is told."""

from collections import Counter
from datetime import date

import pytest

from tests import factories
from tests.money import acts
from tests.money.making import broken, make_commitment, make_line
from tests.robust.processes import at_once
from veerkracht.register import clock
from veerkracht.register.money.models import Commitment
from veerkracht.register.money.queries import line_balances

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_euro_is_spent_once_whoever_wants_it(db):
    clock.stand_still_on(date(2024, 12, 31))
    officers = [factories.make_user("budget-officer").username for _ in range(4)]
    treasurer = factories.make_user("treasurer").username
    make_line(100, 100, code="A")
    make_line(100, 100, code="B")
    outcome = at_once(*((acts.commit, "A", user, 100_00) for user in officers))
    assert Counter(outcome) == {"done": 1, "Invalid": 3}
    assert (line_balances("A", 2024).commitment_free, Commitment.objects.count()) == (0, 1)
    # Two lines give each other at once; neither waits for the other for ever.
    outcome = at_once(
        (acts.shift, "B", "A", officers[0], 40_00),
        (acts.shift, "B", "A", officers[1], 70_00),
    )
    assert outcome == ["Invalid", "done"]
    number = make_commitment(_line("B"), 20).number
    left = line_balances("B", 2024).payment_free
    outcome = at_once(*((acts.pay, number, user, 15_00) for user in officers[:3]))
    assert Counter(outcome) == {"done": 1, "Invalid": 2}
    assert line_balances("B", 2024).payment_free == left - 15_00
    assert broken() == []
    # Who closes the year finds the order open, or whoever commits finds the year closed; never both done.
    outcome = at_once((acts.close, 2024, treasurer), (acts.commit, "B", officers[0], 1_00))
    assert outcome in (["Invalid", "done"],)
    assert broken() == []


def _line(code: str):
    from veerkracht.register.money.models import Line

    return Line.objects.get(code=code)
