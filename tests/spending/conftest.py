"""Testland's money with something in the books."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests import factories
from tests.money import making
from veerkracht.register import clock
from veerkracht.register.money import actions
from veerkracht.register.money.actions import PaymentOf
from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply.models import Service

TESTLAND = Path(__file__).parent.parent / "regions" / "testland"
TODAY = date(2024, 5, 15)


@dataclass(frozen=True)
class Land:
    """A line that pays higher pay, with a grant of 1,000 euro to a home in Northham, of which 400 is paid."""

    officer: Actor
    line: Line
    home: Organisation
    grant: Commitment


@pytest.fixture
def today(db, monkeypatch) -> date:
    """Testland on 15 May 2024."""
    monkeypatch.setenv("VEERKRACHT_REGION", str(TESTLAND))
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def land(today) -> Land:
    officer = factories.make_actor("budget-officer")
    line = making.make_line(5_000, 3_000, code="PAY-1", measure="pay-rise")
    home = Organisation.objects.create(name="Home of Northham", kind="provider")
    Service.objects.create(organisation=home, programme="home-place", name="The home", area="north")
    grant = making.make_commitment(line, 1_000, organisation=home, yearly_cents=120_000)
    pay(grant, 400)
    return Land(officer, line, home, grant)


def pay(commitment: Commitment, euro: int, *, settle: bool = True) -> None:
    """A payment order of so many euro, and what the bank says of it."""
    part = [PaymentOf(commitment.pk, euro * 100)]
    actions.request_payments(part, by=making.command(), on=TODAY)
    if settle:
        actions.settle_payments(part, by=making.command(), on=TODAY)
