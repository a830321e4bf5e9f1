"""The ledger as it is shown: lines, credits, commitments, entries, who decided them. Never whose a grant is."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from veerkracht import region
from veerkracht.register.money.committing import weight
from veerkracht.register.money.models import (
    Account,
    Commitment,
    DayBalance,
    Entry,
    Line,
    LineCredit,
    Posting,
)
from veerkracht.register.money.queries.finding import OF_ONE_PERSON
from veerkracht.register.money.queries.lines import LineBalances, balances_of_lines, shown
from veerkracht.rulebook.types import Text

PAGE = 50
_BY_PAYMENT = (Entry.Kind.REQUESTED, Entry.Kind.SETTLED, Entry.Kind.CANCELLED)
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
    """A commitment as who follows the money sees it: to an organisation, a round, or for something; never a person."""

    id: int
    number: str
    year: int
    kind: str
    title: Text
    organisation: str
    from_date: date
    until_date: date | None
    committed_cents: int
    requested_cents: int
    paid_cents: int
    recovered_cents: int
    open_cents: int
    yearly_cents: int
    fictitious: bool
    version: int


@dataclass(frozen=True)
class EntryRow:
    """An entry with what moved between which accounts in all, in cents; `by`: who did it."""

    id: int
    year: int
    kind: str
    holds_from: date
    recorded_at: datetime
    by: str
    text: str
    round_id: int | None
    corrects_id: int | None
    movements: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class MonthRow:
    """What grants outside rounds took from one month to another (the first day of each), and what declined, changed and
    ended grants gave back; cents. None: fewer persons are behind it than the region lets be seen.
    """

    since: date
    month: date
    committed_cents: int | None
    released_cents: int | None


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
            committed_cents=one.committed_cents,
            requested_cents=one.requested_cents,
            paid_cents=one.paid_cents,
            recovered_cents=one.recovered_cents,
            open_cents=one.open_cents,
            yearly_cents=one.yearly_cents,
            fictitious=one.fictitious,
            version=one.version,
        )
        for one in found.order_by("id")[: size + 1]
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


def months_of(line: Line, year: int) -> list[MonthRow]:
    """What grants and ends outside rounds committed and released, the last month first: of as many months together as
    the region's least number of persons asks, so that nobody's amount stands by itself.
    """
    month_of = TruncMonth("entry__holds_from")
    found = (
        Posting.objects.filter(entry__in=Entry.objects.filter(OF_ONE_PERSON, line=line, year=year))
        .order_by(month_of, "id")
        .values_list(month_of, "target__name", "entry", "amount_cents")
    )
    rows: list[MonthRow] = []
    moved = _Months()
    for month, of_month in groupby(found, key=itemgetter(0)):
        moved.add(month, of_month)
        if moved.is_enough():
            rows.append(MonthRow(moved.since, month, sum(moved.taken.values()), sum(moved.back.values())))
            moved = _Months()
    if moved.since:
        rows.append(MonthRow(moved.since, month, None, None))
    return rows[::-1]


class _Months:
    """The cents of the entries of some months: what was taken, and what came back. Each entry is of one person."""

    def __init__(self) -> None:
        self.since: date | None = None
        self.taken: dict[int, int] = {}
        self.back: dict[int, int] = {}

    def add(self, month: date, postings: Iterable[tuple[date, str, int, int]]) -> None:
        self.since = self.since or month
        for _, target, entry, cents in postings:
            side = self.taken if target == Account.Name.COMMITTED else self.back
            side[entry] = side.get(entry, 0) + cents

    def is_enough(self) -> bool:
        """Whether behind each of the two there is nobody, or as many as the region asks."""
        disclosure = region.current().disclosure
        return disclosure is not None and all(
            not side or len(side) >= disclosure.threshold for side in (self.taken, self.back)
        )


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
            movements=tuple(moved.get(one.pk, ())),
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
