"""The ledger as it is shown: lines, credits, commitments, entries, who decided them. Never whose a grant is."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from veerkracht.register.money.committing import weight
from veerkracht.register.money.models import (
    Commitment,
    DayBalance,
    Entry,
    Line,
    LineCredit,
    Posting,
)
from veerkracht.register.money.queries.few import why_commitments_hidden, why_entries_hidden
from veerkracht.register.money.queries.finding import OF_ONE_PERSON
from veerkracht.register.money.queries.lines import LineBalances, balances_of_lines, shown
from veerkracht.rulebook.types import Text

PAGE = 50
_BY_PAYMENT = (Entry.Kind.REQUESTED, Entry.Kind.SETTLED, Entry.Kind.CANCELLED)
_AMOUNTS = (
    "committed_cents",
    "requested_cents",
    "paid_cents",
    "recovered_cents",
    "open_cents",
    "yearly_cents",
)
_ROUND = Text("Ronde {number}", "Round {number}")
_OUTSIDE = Text("Budgetten buiten een ronde", "Budgets outside a round")


@dataclass(frozen=True)
class LineRow:
    """A line with its balances of a year."""

    id: int
    code: str
    name: Text
    measure: str
    programme: str
    area: str
    fictitious: bool
    balances: LineBalances

    @property
    def has_credit(self) -> bool:
        """Whether anything was voted for the year: without it nothing is left either, and nothing is spent."""
        return bool(self.balances.commitment_voted or self.balances.payment_voted)


@dataclass(frozen=True)
class CreditRow:
    """One decision on a line's credits: `title` of the paper, `by` who recorded it."""

    id: int
    year: int
    version: int
    kind: str
    commitment_cents: int
    payment_cents: int
    voted_on: date
    recorded_at: datetime
    title: str
    url: str
    by: str
    pair: str
    fictitious: bool


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment as who follows the money sees it: to an organisation, a round, or for something; never a person.

    Its amounts are None where they would tell somebody's: `why_hidden` says so.
    """

    id: int
    number: str
    year: int
    kind: str
    title: Text
    organisation: str
    from_date: date
    until_date: date | None
    committed_cents: int | None
    requested_cents: int | None
    paid_cents: int | None
    recovered_cents: int | None
    open_cents: int | None
    yearly_cents: int | None
    fictitious: bool
    version: int
    why_hidden: Text | None


@dataclass(frozen=True)
class EntryRow:
    """An entry with what moved between which accounts in all, in cents; `by`: who did it.

    The cents are None where they would tell somebody's amount: `why_hidden` says so.
    """

    id: int
    year: int
    kind: str
    holds_from: date
    recorded_at: datetime
    by: str
    text: str
    round_id: int | None
    corrects_id: int | None
    movements: tuple[tuple[str, str, int | None], ...]
    why_hidden: Text | None


def list_lines(
    year: int, *, on: date | None = None, after: str = "", measure: str = "", size: int = PAGE
) -> list[LineRow]:
    """Lines in the order of their codes, from the one after `after`, with what stands on them in a year: two queries
    for a page of any size. One row more than `size` tells that there are more.
    """
    lines = Line.objects.filter(code__gt=after)
    if measure:
        lines = lines.filter(measure=measure)
    return _with_balances(list(lines.order_by("code")[: size + 1]), year, on)


def all_lines(year: int, on: date | None = None) -> Iterable[LineRow]:
    """Every line, for an export, in pages."""
    after = ""
    while True:
        rows = list_lines(year, on=on, after=after)
        yield from rows[:PAGE]
        if len(rows) <= PAGE:
            return
        after = rows[PAGE - 1].code


def credits_of(line: Line) -> list[CreditRow]:
    """Every decision on a line's credits, the latest year and version first."""
    found = LineCredit.objects.filter(line=line).select_related("by", "pair__line")
    pairs = {one.pair_id: one.line.code for one in LineCredit.objects.filter(pair__line=line)}
    return [
        CreditRow(
            id=one.pk,
            year=one.year,
            version=one.version,
            kind=one.kind,
            commitment_cents=one.commitment_cents,
            payment_cents=one.payment_cents,
            voted_on=one.voted_on,
            recorded_at=one.recorded_at,
            title=one.source_title,
            url=one.source_url,
            by=one.by.full_name if one.by else "",
            pair=one.pair.line.code if one.pair else pairs.get(one.pk, ""),
            fictitious=one.fictitious,
        )
        for one in found.order_by("-year", "-version")
    ]


def commitments_of(
    line: Line, year: int, *, after: int = 0, size: int = PAGE, still_open: bool = False
) -> list[CommitmentRow]:
    """Commitments of a line in a year (with `still_open`: what is not paid yet of it and earlier years), in the order
    in which they were entered, from the one after `after`. One row more than `size` tells that there are more.
    """
    found = Commitment.objects.filter(line=line, pk__gt=after).select_related("organisation")
    found = found.filter(year__lte=year, open_cents__gt=0) if still_open else found.filter(year=year)
    rows = list(found.order_by("id")[: size + 1])
    hidden = why_commitments_hidden(rows)
    return [
        CommitmentRow(
            id=one.pk,
            number=one.number,
            year=one.year,
            kind=one.kind,
            title=title_of(one),
            organisation=one.organisation.name if one.organisation else "",
            from_date=one.from_date,
            until_date=one.until_date,
            **{name: None if one.pk in hidden else getattr(one, name) for name in _AMOUNTS},
            fictitious=one.fictitious,
            version=one.version,
            why_hidden=hidden.get(one.pk),
        )
        for one in rows
    ]


def title_of(commitment: Commitment) -> Text:
    """What a commitment is for; that of a round is named by its round."""
    if commitment.text:
        return Text(commitment.text, commitment.text)
    if commitment.round_id:
        return _ROUND.fill(number=str(commitment.round_id))
    return _OUTSIDE


def entries_of(line: Line, year: int, *, before: int = 0, size: int = PAGE) -> list[EntryRow]:
    """Entries of a line's year, the last written first, from the one before `before`: sums by account.

    What was posted for one person stands in `months_of` instead. One row more than `size` tells that there are more.
    """
    found = Entry.objects.filter(line=line, year=year).exclude(OF_ONE_PERSON)
    if before:
        found = found.filter(pk__lt=before)
    return _rows(found.order_by("-id")[: size + 1])


def who_decided_what(line: Line, year: int, limit: int = 200) -> list[EntryRow]:
    """What named persons decided on a line's year (credits, transfers, commitments, reductions, corrections, the end of
    the year), the latest day first.
    """
    found = Entry.objects.filter(line=line, year=year).exclude(OF_ONE_PERSON).exclude(kind__in=_BY_PAYMENT)
    return _rows(found.order_by("-holds_from", "-id")[:limit])


def weights_of(line: Line, year: int, count: int = 5) -> list[tuple[int, int]]:
    """What the recurrent commitments of a line's year weigh on each of the years after it, in cents."""
    going_on = list(Commitment.objects.filter(line=line, year=year, yearly_cents__gt=0))
    return [
        (later, sum(weight(one, later) for one in going_on)) for later in range(year + 1, year + 1 + count)
    ]


def month_ends(line: Line, year: int, until: date) -> list[tuple[date, LineBalances]]:
    """What stood on a line's year at the end of each month up to `until` (that day itself for its month); one query."""
    days = DayBalance.objects.filter(account__line=line, account__year=year, day__lte=until)
    changes = list(days.order_by("day").values_list("day", "account__name", "cents"))
    ends = [min(date(year, month, monthrange(year, month)[1]), until) for month in range(1, 13)]
    stands: dict[str, int] = {}
    found, place = [], 0
    for end in sorted({end for end in ends if end.year == year}):
        while place < len(changes) and changes[place][0] <= end:
            _, name, cents = changes[place]
            stands[name] = stands.get(name, 0) + cents
            place += 1
        found.append((end, LineBalances(**shown(stands))))
    return found


def _with_balances(lines: Sequence[Line], year: int, on: date | None) -> list[LineRow]:
    found = balances_of_lines(lines, year, on)
    return [
        LineRow(
            id=one.pk,
            code=one.code,
            name=Text(one.name_nl, one.name_en),
            measure=one.measure,
            programme=one.programme,
            area=one.area,
            fictitious=one.fictitious,
            balances=found[one.pk],
        )
        for one in lines
    ]


def _rows(entries: QuerySet[Entry]) -> list[EntryRow]:
    found = list(entries.select_related("by"))
    moved = _moved(found)
    hidden = why_entries_hidden(found)
    return [
        EntryRow(
            id=one.pk,
            year=one.year,
            kind=one.kind,
            holds_from=one.holds_from,
            recorded_at=one.recorded_at,
            by=one.by.full_name if one.by else "",
            text=one.text,
            round_id=one.round_id,
            corrects_id=one.corrects_id,
            movements=tuple(
                (source, target, None if one.pk in hidden else cents)
                for source, target, cents in moved.get(one.pk, ())
            ),
            why_hidden=hidden.get(one.pk),
        )
        for one in found
    ]


def _moved(entries: Sequence[Entry]) -> dict[int, list[tuple[str, str, int]]]:
    sums = (
        Posting.objects.filter(entry__in=[one.pk for one in entries])
        .values_list("entry_id", "source__name", "target__name")
        .annotate(cents=Sum("amount_cents"))
        .order_by("entry_id", "source__name", "target__name")
    )
    found: dict[int, list[tuple[str, str, int]]] = {}
    for entry, source, target, cents in sums:
        found.setdefault(entry, []).append((source, target, cents))
    return found
