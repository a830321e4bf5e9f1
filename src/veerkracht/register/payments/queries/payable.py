"""What can be paid to organisations: open commitments with an account that is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from veerkracht.register import clock
from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.payments import numbers
from veerkracht.register.payments.accounts import usable
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text

SHOWN = 50


@dataclass(frozen=True)
class Payable:
    """A commitment to an organisation of which something is open. `account` is None where none is confirmed."""

    commitment: Commitment
    organisation: str
    account: BankAccount | None
    masked: str
    left_cents: int


def lines_to_pay(actor: Actor) -> Sequence[tuple[str, Text, bool]]:
    """The lines from which an actor prepares payments: code, name, whether personal budgets are paid from it."""
    require("payment.prepare", actor)
    found = Line.objects.order_by("code")
    if actor.programme:
        found = found.filter(programme=actor.programme)
    rows = found.values_list("code", "name_nl", "name_en", "hands_out")
    return [(code, Text(nl, en), hands_out) for code, nl, en, hands_out in rows]


def payable(actor: Actor, line: Line, on: date | None = None) -> list[Payable]:
    """The open commitments of a line to organisations, of this and earlier years (encours), in the order of their
    numbers. Raises `Refused`.
    """
    require("payment.prepare", actor, line.programme)
    on = on or clock.today()
    open_ = Commitment.objects.filter(line=line, year__lte=on.year, from_date__lte=on).exclude(
        organisation=None
    )
    left = F("committed_cents") - F("paid_cents") - F("requested_cents")
    found = list(
        open_.annotate(left_cents=left)
        .filter(left_cents__gt=0)
        .select_related("organisation")
        .order_by("number")[:SHOWN]
    )
    accounts = {
        one.organisation_id: one
        for one in usable(on)
        .filter(organisation__in={one.organisation_id for one in found})
        .order_by("from_date", "id")
    }
    return [_payable(one, accounts.get(one.organisation_id)) for one in found]


def _payable(one: Commitment, account: BankAccount | None) -> Payable:
    return Payable(
        one, one.organisation.name, account, numbers.masked(account) if account else "", one.left_cents
    )
