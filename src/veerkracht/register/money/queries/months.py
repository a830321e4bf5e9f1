"""Budgets of persons by month: of as many months together as it takes that nobody's amount stands by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models.functions import TruncMonth

from veerkracht.register.money.models import Account, Entry, Line, Posting
from veerkracht.register.money.queries.few import is_few
from veerkracht.register.money.queries.finding import OF_ONE_PERSON


@dataclass(frozen=True)
class MonthRow:
    """What grants outside rounds took from one month to another (the first day of each), and what declined, changed and
    ended grants gave back; cents. None: fewer persons are behind it than the region lets be seen.
    """

    since: date
    month: date
    committed_cents: int | None
    released_cents: int | None


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
        return not any(is_few(len(side)) for side in (self.taken, self.back))
