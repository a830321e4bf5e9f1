"""What payment orders do to a line: money requested, paid once the bank says so, or free again; and recovered.

`request_payments`, `settle_payments` and `cancel_payments` are called by the verbs of payment orders, inside their
transaction and after they asked who may.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.books import Accounts, Heading, Movement, line_accounts, post
from veerkracht.register.money.checks import check_amount, check_day, check_open, check_text
from veerkracht.register.money.models import Account, Commitment, Entry, Line
from veerkracht.register.money.words import BEFORE_COMMITMENT, BEYOND_OPEN, OF_LATER_YEAR, euro
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.rows import CHANGED_MEANWHILE, locked
from veerkracht.rulebook.types import Text

_IDS = 900


@dataclass(frozen=True)
class PaymentOf:
    """So many cents that are paid on one commitment."""

    commitment_id: int
    cents: int


def request_payments(
    lines: Sequence[PaymentOf], *, by: Actor, on: date, text: str = "", year: int | None = None
) -> Entry:
    """Put money of one line in a payment order: free to pay becomes requested, in the budget year of `on` or `year`.

    Raises `Invalid` for a payment before its commitment (its day or its year) or beyond what of it is open, for more
    than the line's VEK, or in a year that isn't open.
    """
    moved = _Moved(lines, year or on.year)
    for one in moved.commitments.values():
        cents = moved.cents[one.pk]
        if on < one.from_date:
            raise Invalid(BEFORE_COMMITMENT.fill(number=one.number, day=one.from_date, on=on), "on")
        if one.year > moved.year:
            raise Invalid(
                OF_LATER_YEAR.fill(number=one.number, of=str(one.year), year=str(moved.year)), "year"
            )
        left = one.committed_cents - one.paid_cents - one.requested_cents
        if cents > left:
            raise Invalid(
                BEYOND_OPEN.fill(number=one.number, there=euro(left), asked=euro(cents)), "amount_cents"
            )
        one.requested_cents += cents
    heading = Heading(Entry.Kind.REQUESTED, by, on, text)
    return moved.post("payment-free", "requested", heading, ["requested_cents"])


def settle_payments(
    lines: Sequence[PaymentOf], *, by: Actor, on: date, text: str = "", year: int | None = None
) -> Entry:
    """What the bank says is paid: requested becomes paid. `year`: in which it was requested, when not that of `on`."""
    moved = _Moved(lines, year or on.year)
    for one in moved.commitments.values():
        _take_requested(one, moved.cents[one.pk])
        one.paid_cents += moved.cents[one.pk]
    heading = Heading(Entry.Kind.SETTLED, by, on, text)
    return moved.post("requested", "paid", heading, ["requested_cents", "paid_cents"])


def cancel_payments(
    lines: Sequence[PaymentOf], *, by: Actor, on: date, text: str = "", year: int | None = None
) -> Entry:
    """What was refused, or rejected by the bank, is free to pay again."""
    moved = _Moved(lines, year or on.year)
    for one in moved.commitments.values():
        _take_requested(one, moved.cents[one.pk])
    heading = Heading(Entry.Kind.CANCELLED, by, on, text)
    return moved.post("requested", "payment-free", heading, ["requested_cents"])


def recover(
    commitment: Commitment, *, by: Actor, on: date, cents: int, text: str, version: int | None = None
) -> Commitment:
    """Money that was paid on a commitment comes back (terugvordering). It is income, and pays nothing else of the line.

    Also after the year of the payment closed. Raises `Invalid` beyond what was paid and not yet recovered.
    """
    require("line.change", by, commitment.line.programme)
    check_amount(cents)
    check_day(on)
    with said(), transaction.atomic():
        held = _paid_years(commitment)
        commitment = locked(commitment, version)
        left = commitment.paid_cents - commitment.recovered_cents
        if cents > left:
            raise Invalid(
                Text(
                    "Op vastlegging {number} is nog {there} euro betaald; gevraagd: {asked} euro.",
                    "On commitment {number} {there} euro stands paid; asked: {asked} euro.",
                ).fill(number=commitment.number, there=euro(left), asked=euro(cents)),
                "amount_cents",
            )
        heading = Heading(Entry.Kind.RECOVERED, by, on, check_text(text), commitment.round_id)
        _recover_by_year(commitment, held, cents, heading)
        commitment.recovered_cents += cents
        commitment.version += 1
        commitment.save(update_fields=["recovered_cents", "version"])
        record(by, "change", commitment, detail={"recovered": cents})
    return commitment


class _Moved:
    """The payments of one order: what they take of which commitment, locked, all of one line."""

    def __init__(self, lines: Sequence[PaymentOf], year: int):
        self.lines, self.year = lines, year
        self.cents: dict[int, int] = {}
        for one in lines:
            check_amount(one.cents)
            self.cents[one.commitment_id] = self.cents.get(one.commitment_id, 0) + one.cents
        self.line = _line_of(self.cents)
        # Locked before it is looked at: two orders don't pay the same euro. The accounts first, as everywhere.
        self.accounts = line_accounts(self.line, year)
        self.commitments = {one.pk: one for one in _lock(self.cents)}

    def post(self, source: str, target: str, heading: Heading, fields: list[str]) -> Entry:
        check_day(heading.on)
        check_open(self.year)
        movements = [
            Movement(source, target, cents, commitment_id=commitment)
            for commitment, cents in self.cents.items()
        ]
        entry = post(self.line, self.accounts, movements, heading)
        if entry is None:
            raise ValueError("payments above zero move something")
        for one in self.commitments.values():
            one.version += 1
        Commitment.objects.bulk_update(self.commitments.values(), [*fields, "version"], batch_size=150)
        return entry


def _line_of(ids: Iterable[int]) -> Line:
    lines = set(Commitment.objects.filter(pk__in=list(ids)).values_list("line_id", flat=True))
    if len(lines) != 1:
        raise Invalid(
            Text(
                "Een betaalopdracht gaat over vastleggingen van één lijn.",
                "A payment order is about commitments of one line.",
            ),
            "commitment",
        )
    return Line.objects.get(pk=lines.pop())


def _lock(ids: Iterable[int]) -> list[Commitment]:
    wanted, found = sorted(ids), []
    for start in range(0, len(wanted), _IDS):
        part = Commitment.objects.select_for_update().filter(pk__in=wanted[start : start + _IDS])
        found += list(part.order_by("id"))
    return found


def _take_requested(commitment: Commitment, cents: int) -> None:
    if cents > commitment.requested_cents:
        raise Invalid(
            Text(
                "Van vastlegging {number} is {there} euro in een betaalopdracht; gevraagd: {asked} euro.",
                "Of commitment {number} {there} euro is in a payment order; asked: {asked} euro.",
            ).fill(number=commitment.number, there=euro(commitment.requested_cents), asked=euro(cents)),
            "amount_cents",
        )
    commitment.requested_cents -= cents


def _paid_years(commitment: Commitment) -> dict[int, Accounts]:
    """The locked accounts of the years in which something stands paid on the line, the first year first."""
    years = (
        Account.objects.filter(line=commitment.line_id, name=Account.Name.PAID, balance_cents__gt=0)
        .order_by("year")
        .values_list("year", flat=True)
    )
    return {year: line_accounts(commitment.line, year) for year in years}


def _recover_by_year(commitment: Commitment, held: dict[int, Accounts], cents: int, heading: Heading) -> None:
    """From the latest year in which it was paid back to the first, on the accounts of each."""
    left = cents
    for accounts in reversed(held.values()):
        taken = min(left, _paid_in(commitment, accounts))
        back = Movement("paid", "recovered", taken, commitment_id=commitment.pk)
        post(commitment.line, accounts, [back], heading)
        left -= taken
    if left:
        # Paid in a year that had nothing paid yet when the years were locked.
        raise Conflict(CHANGED_MEANWHILE)


def _paid_in(commitment: Commitment, accounts: Accounts) -> int:
    """What of a commitment stands paid on a year's accounts."""
    account = accounts[Account.Name.PAID].pk
    postings = commitment.postings.filter(Q(source=account) | Q(target=account))
    moved = postings.values_list("target_id", "amount_cents")
    return sum(cents if target == account else -cents for target, cents in moved)
