"""What a programme's movements mean for its budget line: a grant weighs on it, what comes free goes back to it.

A grant of so much a year weighs on the line for what would be paid in the months left of the year, from the day it is
granted, and on each later year for all of it. It stays committed when the person takes it up late: that shows as
committed and not paid. What is declined gives back all that it weighs on the years that are open; what ends, what would
have been paid after it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from veerkracht.register.errors import Invalid
from veerkracht.register.money.books import (
    Accounts,
    Heading,
    Movement,
    post,
    post_on_programme,
)
from veerkracht.register.money.checks import check_open
from veerkracht.register.money.committing import commitment_number, release
from veerkracht.register.money.freeing import PROMISED, Freed, weights_freed
from veerkracht.register.money.models import Account, BudgetYear, Commitment, Credit, Entry, Line
from veerkracht.register.money.weighing import for_months
from veerkracht.register.money.words import NO_CREDIT
from veerkracht.register.people.actors import Actor


def move(
    programme: str,
    kind: str,
    movements: Sequence[Movement],
    *,
    by: Actor,
    on: date,
    round_id: int | None = None,
    credit: Credit | None = None,
    text: str = "",
) -> Entry | None:
    """Write one entry of a programme (cents a year) with its postings and keep the balances; only within a transaction.

    Where a line pays for the programme's rounds, what is granted is committed on it in the same transaction, and what
    comes free is released. Raises `Invalid` when that line's VAK is too small, or its budget year isn't open. Returns
    None when nothing moves.
    """
    heading = Heading(kind, by, on, text, round_id, credit.pk if credit else None)
    entry = post_on_programme(programme, movements, heading)
    if entry:
        _post_on_line(entry, movements, heading)
    return entry


@dataclass(frozen=True)
class _LineYear:
    line: Line
    year: int
    accounts: Accounts
    # The day on which the year opened: nothing that came before weighs on it earlier.
    opened_on: date

    def day(self, on: date) -> date:
        return on if on.year == self.year else max(on, self.opened_on)


def _post_on_line(entry: Entry, movements: Sequence[Movement], heading: Heading) -> None:
    promised = [one for one in movements if one.target in PROMISED and one.source not in PROMISED]
    freed = [one for one in movements if one.source in PROMISED and one.target not in PROMISED]
    if not promised and not freed:
        return
    line = Line.objects.filter(programme=entry.programme, hands_out=True).first()
    if line is None:
        return
    years = _open_years(line, heading.on.year)
    if promised and not years and _had_credit(line, heading.on.year):
        # A later year takes over what weighs on the one before it: what never weighed would never be seen.
        check_open(heading.on.year)
    for held in years if promised else ():
        _promise(held, promised, heading)
    parts = weights_freed(line, freed, entry) if freed else []
    for held in (years or _last_year(line, heading.on.year)) if parts else ():
        # A year in which nothing was voted for the line has nothing to get back.
        if held.accounts:
            _free(held, parts, heading)


def _had_credit(line: Line, year: int) -> bool:
    return Account.objects.filter(line=line, year__lte=year).exists()


def _open_years(line: Line, first: int) -> list[_LineYear]:
    """The open years of a line from one on, in order, its accounts locked; none before it had credit."""
    # Locked before it is read which years are open: who opens or closes one holds these accounts.
    locked = list(
        Account.objects.select_for_update().filter(line=line, year__gte=first).order_by("year", "id")
    )
    years = BudgetYear.objects.filter(year__gte=first, opened_at__isnull=False, closed_at=None).order_by(
        "year"
    )
    of_year: dict[int, dict[str, Account]] = {one.year: {} for one in years}
    for account in locked:
        if account.year in of_year:
            of_year[account.year][account.name] = account
    had_credit = _had_credit(line, first)
    return [
        _LineYear(line, one.year, of_year[one.year], timezone.localdate(one.opened_at))
        for one in years
        if had_credit or any(of_year[year] for year in of_year if year <= one.year)
    ]


def _last_year(line: Line, before: int) -> list[_LineYear]:
    """The last year of a line that was opened before one: what comes free may not weigh on the next that opens."""
    opened = BudgetYear.objects.filter(year__lt=before, opened_at__isnull=False).order_by("-year").first()
    if opened is None:
        return []
    locked = Account.objects.select_for_update().filter(line=line, year=opened.year).order_by("id")
    accounts = {one.name: one for one in locked}
    return [_LineYear(line, opened.year, accounts, timezone.localdate(opened.opened_at))]


def _promise(held: _LineYear, promised: Sequence[Movement], heading: Heading) -> None:
    if not held.accounts:
        raise Invalid(NO_CREDIT.fill(line=held.line.code, year=str(held.year)), "line")
    last = date(held.year, 12, 31)
    weights = [for_months(one.cents, heading.on, last, held.year) for one in promised]
    commitment = _grown(held, sum(weights), sum(one.cents for one in promised), heading)
    taken = [
        Movement("commitment-free", "committed", cents, one.request_id, commitment.pk)
        for one, cents in zip(promised, weights, strict=True)
    ]
    on = held.day(heading.on)
    post(held.line, held.accounts, taken, _as(Entry.Kind.COMMITTED, heading, on))


def _grown(held: _LineYear, cents: int, yearly_cents: int, heading: Heading) -> Commitment:
    """The commitment of a round, or that of all outside rounds, of a line's year, with so much on top."""
    ours = Commitment.objects.filter(
        line=held.line, year=held.year, kind=Commitment.Kind.ROUND, round=heading.round_id
    ).order_by("id")
    commitment = ours.first()
    if commitment:
        ours.filter(pk=commitment.pk).update(
            committed_cents=F("committed_cents") + cents,
            yearly_cents=F("yearly_cents") + yearly_cents,
            version=F("version") + 1,
        )
        return commitment
    first = (
        Commitment.objects.filter(line=held.line, kind=Commitment.Kind.ROUND, round=heading.round_id)
        .filter(year__lt=held.year)
        .order_by("id")
        .first()
    )
    return Commitment.objects.create(
        line=held.line,
        number=commitment_number(held.year),
        year=held.year,
        kind=Commitment.Kind.ROUND,
        amount_cents=cents,
        committed_cents=cents,
        yearly_cents=yearly_cents,
        from_date=max(heading.on, date(held.year, 1, 1)),
        round_id=heading.round_id,
        series_id=(first.series_id or first.pk) if first else None,
        fictitious=held.line.fictitious,
    )


def _free(held: _LineYear, parts: Sequence[Freed], heading: Heading) -> None:
    cents_of: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for one in parts:
        total = cents_of[one.series_id]
        total[0] += for_months(one.cents, _first_free_day(one, heading), date(held.year, 12, 31), held.year)
        total[1] += one.cents
    for series, (cents, yearly) in cents_of.items():
        _release(held, series, cents, yearly, heading)


def _first_free_day(one: Freed, heading: Heading) -> date:
    if one.series_id and not one.is_running:
        return one.since
    # A budget that ends lasts through its last day; one that changes is lower from the day itself.
    return heading.on + timedelta(days=1) if heading.kind == Entry.Kind.ENDED else heading.on


def _release(held: _LineYear, series: int | None, cents: int, yearly_cents: int, heading: Heading) -> None:
    """Give back to the line what is there to give: care is never held up by what was not committed here."""
    commitments = Commitment.objects.select_for_update().filter(line=held.line, year=held.year)
    if series:
        commitments = commitments.filter(Q(pk=series) | Q(series=series))
    else:
        # What ran before the line was there weighs only where somebody committed it, in words: never in others' grants.
        commitments = commitments.filter(kind=Commitment.Kind.ROUND, round=None).exclude(text="")
    commitment = commitments.order_by("id").first()
    if commitment is None:
        return
    left = commitment.committed_cents - commitment.paid_cents - commitment.requested_cents
    less, yearly_less = min(cents, left), min(yearly_cents, commitment.yearly_cents)
    if less or yearly_less:
        reduced = _as(Entry.Kind.REDUCED, heading, held.day(heading.on))
        release(commitment, held.accounts, less, yearly_less, reduced)


def _as(kind: str, heading: Heading, on: date) -> Heading:
    """The line's entry beside the programme's: of the same round and person, with no word of its own."""
    return replace(heading, kind=kind, on=on, text="", credit_id=None)
