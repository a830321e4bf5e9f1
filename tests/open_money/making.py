"""Lines with grants to organisations that have a right number and to some that have none, and money for few persons."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests import factories
from tests.money.making import make_commitment, make_line
from veerkracht.register.money.actions import PaymentOf, request_payments, settle_payments
from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation

# Right by their check digits and never given out.
NUMBERS = ("0999900150", "0999900249")
SECRET_TEXT = "For Fien Voorbeeld"


@dataclass(frozen=True)
class Books:
    """`houses`: grants to organisations; `persons`: the line that rounds post on."""

    houses: Line
    persons: Line
    grant: Commitment


def organisation(name: str, number: str | None) -> Organisation:
    return Organisation.objects.create(name=name, kind="provider", enterprise_number=number)


def pay(commitment: Commitment, cents: int, by: Actor) -> None:
    """So much of a commitment, requested and paid."""
    part = [PaymentOf(commitment.pk, cents)]
    on = commitment.from_date
    request_payments(part, by=by, on=on)
    settle_payments(part, by=by, on=on)


def books(by: Actor) -> Books:
    houses = make_line(
        1_000_000, 800_000, code="HOUSES", measure="youth-houses", area="11001", fictitious=True
    )
    persons = make_line(
        5_000_000, code="BUDGETS", programme="personal-budget", hands_out=True, fictitious=True
    )
    grant = make_commitment(
        houses,
        100_000,
        organisation=organisation("House =One", NUMBERS[0]),
        text=SECRET_TEXT,
        yearly_cents=100_000_00,
    )
    pay(grant, 25_000_25, by)
    make_commitment(houses, 50_000, organisation=organisation("House Two", NUMBERS[1]), kind="contract")
    make_commitment(houses, 7_000, organisation=organisation("Sole trader Fien", None))
    make_commitment(houses, 3_000, organisation=organisation("Wrong number", "0999900151"))
    make_commitment(houses, 11_000, kind="pay", text=SECRET_TEXT)
    factories.make_credit(1_000_000)
    return Books(houses, persons, grant)


def hand_out(persons: int, *, asked: date = date(2021, 3, 1)) -> None:
    """A round in which so many persons get a budget."""
    factories.make_queue(persons, asked=asked)
    factories.make_round(persons * 60_000, state="signed")


def json_of(text: str) -> Any:
    return json.loads(text)
