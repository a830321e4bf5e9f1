"""What a commitment takes from its line and gives back; a recurrent one weighs again on every new year, as a commitment
of its own in one series.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from veerkracht.register.errors import Invalid
from veerkracht.register.money.books import (
    Accounts,
    Heading,
    Movement,
    first_day_with,
    post,
)
from veerkracht.register.money.models import BudgetYear, Commitment, Entry, Line
from veerkracht.register.money.weighing import for_days
from veerkracht.register.money.words import BEYOND_OPEN, euro
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor

# V and P are of requests and persons; the year stands before the count.
_PREFIX = "C{year}"


def commitment_number(year: int) -> str:
    """The next number of a commitment: C2024-0000001."""
    return numbers.take(_PREFIX.format(year=year))[0]


def weight(commitment: Commitment, year: int, yearly_cents: int | None = None) -> int:
    """What a recurrent commitment weighs on a later year, in cents: its yearly amount for the days it lasts then."""
    yearly = commitment.yearly_cents if yearly_cents is None else yearly_cents
    last = commitment.until_date or date(year, 12, 31)
    return for_days(yearly, date(year, 1, 1), last, year)


def renew(
    line: Line,
    accounts: Accounts,
    commitments: Sequence[Commitment],
    *,
    by: Actor,
    on: date,
    year: int,
) -> int:
    """Let commitments of one line weigh on a later year, on its locked accounts; gives the cents that they take.

    Raises `Invalid` when the VAK of that year is too small.
    """
    weighing = [one for one in commitments if weight(one, year)]
    if not weighing:
        return 0
    given = numbers.take(_PREFIX.format(year=year), len(weighing))
    renewed = Commitment.objects.bulk_create(
        _renewed(one, number, year) for one, number in zip(weighing, given, strict=True)
    )
    movements = [
        Movement("commitment-free", "committed", one.amount_cents, commitment_id=one.pk) for one in renewed
    ]
    total = sum(one.amount_cents for one in renewed)
    # Written down late, it holds from the day on which this year had the credit for it.
    on = first_day_with(accounts["commitment-free"], total, on)
    post(line, accounts, movements, Heading(Entry.Kind.WEIGHED, by, on))
    return total


def release(
    commitment: Commitment, accounts: Accounts, cents: int, yearly_cents: int, heading: Heading
) -> None:
    """Take an amount off a locked commitment and give it back to its line, or let it lapse when its year closed.

    Amounts in cents. Raises `Invalid` for more than what is neither paid nor asked of it.
    """
    left = commitment.committed_cents - commitment.paid_cents - commitment.requested_cents
    if cents > left:
        raise Invalid(
            BEYOND_OPEN.fill(number=commitment.number, there=euro(left), asked=euro(cents)), "amount_cents"
        )
    year = BudgetYear.objects.get(year=commitment.year)
    target = "commitment-free" if year.is_open else "commitment-lapsed"
    given = Movement("committed", target, cents, commitment_id=commitment.pk)
    # A later year was opened after the day of what is written down late: there it holds from then.
    on = first_day_with(accounts["committed"], cents, heading.on)
    post(commitment.line, accounts, [given], replace(heading, on=on))
    commitment.committed_cents -= cents
    commitment.yearly_cents -= yearly_cents
    commitment.version += 1
    commitment.save(update_fields=["committed_cents", "yearly_cents", "version"])


def _renewed(one: Commitment, number: str, year: int) -> Commitment:
    cents = weight(one, year)
    return Commitment(
        line_id=one.line_id,
        number=number,
        year=year,
        kind=one.kind,
        text=one.text,
        organisation_id=one.organisation_id,
        amount_cents=cents,
        committed_cents=cents,
        yearly_cents=one.yearly_cents,
        from_date=date(year, 1, 1),
        until_date=one.until_date,
        round_id=one.round_id,
        series_id=one.series_id or one.pk,
        fictitious=one.fictitious,
    )
