"""What is promised in law to somebody: entered, reduced."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.books import Heading, Movement, line_accounts, post
from veerkracht.register.money.checks import check_amount, check_day, check_open, check_text, check_whole
from veerkracht.register.money.committing import commitment_number, release, renew, weight
from veerkracht.register.money.models import BudgetYear, Commitment, Entry, Line
from veerkracht.register.money.words import BEFORE_COMMITMENT, BEYOND_OPEN, euro
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class NewCommitment:
    """What is promised to somebody, in the budget year of the day `on`: `amount_cents` of this year, and `yearly_cents`
    that weigh on each later year, to `until`. `kind`: of `Commitment.Kind`; `text`: what for, no person's name.
    """

    on: date
    amount_cents: int
    kind: str
    text: str
    organisation: Organisation | None = None
    yearly_cents: int = 0
    until: date | None = None


def commit(line: Line, new: NewCommitment, *, by: Actor, fictitious: bool = False) -> Commitment:
    """Enter a commitment on a line.

    Raises `Invalid` beyond the line's VAK (on any day from `on`), in a year that isn't open, or for an amount that is
    not whole cents above zero.
    """
    require("line.change", by, line.programme)
    _check_facts(line, new)
    with said(), transaction.atomic():
        # Locked before the money is looked at: of two to the last euro the second finds it gone.
        accounts = line_accounts(line, new.on.year)
        check_open(new.on.year)
        commitment = Commitment.objects.create(
            line=line,
            number=commitment_number(new.on.year),
            year=new.on.year,
            kind=new.kind,
            text=check_text(new.text),
            organisation=new.organisation,
            amount_cents=new.amount_cents,
            committed_cents=new.amount_cents,
            yearly_cents=new.yearly_cents,
            from_date=new.on,
            until_date=new.until,
            fictitious=fictitious,
        )
        heading = Heading(Entry.Kind.COMMITTED, by, new.on, commitment.text)
        taken = Movement("commitment-free", "committed", new.amount_cents, commitment_id=commitment.pk)
        post(line, accounts, [taken], heading)
        for later in _open_years_after(new.on.year) if new.yearly_cents else ():
            renew(line, line_accounts(line, later), [commitment], by=by, on=new.on, year=later)
        record(by, "create", commitment, detail={"line": line.code, "cents": new.amount_cents})
    return commitment


def reduce_commitment(
    commitment: Commitment,
    *,
    by: Actor,
    on: date,
    cents: int,
    yearly_cents: int = 0,
    text: str,
    version: int | None = None,
) -> Commitment:
    """Less than was promised: `cents` of this year's amount, `yearly_cents` of what weighs on later years.

    What comes free in an open year can be committed again; of a closed year it lapses. Raises `Invalid` when that much
    is not open (committed, and neither paid nor in a payment order).
    """
    require("line.change", by, commitment.line.programme)
    check_day(on)
    check_whole(cents)
    check_whole(yearly_cents, "yearly_cents")
    if min(cents, yearly_cents) < 0 or not (cents or yearly_cents):
        check_amount(min(cents, yearly_cents))
    with said(), transaction.atomic():
        # The accounts before the commitment, as everywhere: two who wait for each other never happens.
        held = {commitment.year: line_accounts(commitment.line, commitment.year)}
        # With the first year locked, no later one opens any more.
        for year in _renewals(commitment).order_by("year").values_list("year", flat=True):
            held[year] = line_accounts(commitment.line, year)
        first = locked(commitment, version)
        if on < first.from_date:
            raise Invalid(BEFORE_COMMITMENT.fill(number=first.number, day=first.from_date, on=on), "on")
        if yearly_cents > first.yearly_cents:
            raise Invalid(
                BEYOND_OPEN.fill(
                    number=first.number, there=euro(first.yearly_cents), asked=euro(yearly_cents)
                ),
                "yearly_cents",
            )
        heading = Heading(Entry.Kind.REDUCED, by, on, check_text(text), first.round_id)
        release(first, held[first.year], cents, yearly_cents, heading)
        for later in _later(first):
            less = weight(later, later.year) - weight(later, later.year, later.yearly_cents - yearly_cents)
            release(later, held[later.year], less, yearly_cents, heading)
        record(by, "change", first, detail={"less": cents, "yearly_less": yearly_cents})
    first.refresh_from_db()
    return first


def _later(commitment: Commitment) -> list[Commitment]:
    """The same commitment in later years, locked."""
    return list(_renewals(commitment).select_for_update().order_by("id"))


def _renewals(commitment: Commitment) -> QuerySet[Commitment]:
    series = commitment.series_id or commitment.pk
    return Commitment.objects.filter(series=series, year__gt=commitment.year)


def _open_years_after(year: int) -> list[int]:
    found = BudgetYear.objects.filter(year__gt=year, opened_at__isnull=False, closed_at=None)
    return list(found.order_by("year").values_list("year", flat=True))


def _check_facts(line: Line, new: NewCommitment) -> None:
    check_amount(new.amount_cents)
    check_day(new.on, line)
    check_whole(new.yearly_cents, "yearly_cents")
    if new.yearly_cents < 0:
        check_amount(new.yearly_cents, "yearly_cents")
    if new.until and new.until < new.on:
        raise Invalid(
            Text(
                "Een vastlegging eindigt niet voor ze begint.", "A commitment does not end before it starts."
            ),
            "until",
        )
    if new.kind not in Commitment.Kind.values:
        raise Invalid(
            Text("Deze soort bestaat niet: {found}.", "There is no such kind: {found}.").fill(found=new.kind),
            "kind",
        )
