"""What the ledger says of measures, for who may read it, and what is already promised of the years to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce

from veerkracht.register import clock
from veerkracht.register.money.models import Commitment
from veerkracht.register.money.queries import Totals, totals_by_measure, totals_by_year
from veerkracht.register.money.queries.finding import years
from veerkracht.register.money.weighing import for_days

NOTHING = Totals()


@dataclass(frozen=True)
class Books:
    """The ledger at the end of a day. `year`: of one budget year, by measure; `ever`: of all years together."""

    on: date
    year: int
    of_year: Mapping[str, Totals]
    ever: Mapping[str, Totals]

    def of(self, measure: str, *, recurrent: bool) -> Totals | None:
        """What is booked of a measure: of the year when its money comes every year, else of all years.

        None: no line of these books pays it.
        """
        if measure not in self.ever:
            return None
        return self.of_year.get(measure, NOTHING) if recurrent else self.ever[measure]


@dataclass(frozen=True)
class Weight:
    """What is promised of a later year before it begins, in cents."""

    year: int
    cents: int


def books(year: int | None = None) -> Books:
    """The ledger as it stands today; `year` is this year when not given. Four queries."""
    today = clock.today()
    year = year or today.year
    return Books(today, year, totals_by_measure(year=year), totals_by_measure())


def budget_years() -> list[int]:
    """The years that a budget was opened or voted for, the latest first. One query."""
    return [one.year for one in years()]


def years_of(measure: str | None = None) -> dict[int, Totals]:
    """What is booked in each budget year, of a measure or of all. Two queries."""
    return totals_by_year(measure)


def weights(measure: str = "", count: int = 5) -> tuple[Weight, ...]:
    """What commitments already weigh on the coming years, by the days for which they last. One query.

    A yearly commitment stands again in each new year, as one of its own: only the last of each counts.
    """
    again = Commitment.objects.filter(
        series=Coalesce(OuterRef("series"), OuterRef("pk")), year__gt=OuterRef("year")
    )
    lasting = Commitment.objects.filter(~Exists(again), yearly_cents__gt=0)
    if measure:
        lasting = lasting.filter(line__measure=measure)
    # Each is rounded by itself, as the books will.
    groups = list(
        lasting.values_list("until_date", "yearly_cents").annotate(many=Count("id")).order_by("until_date")
    )
    first = clock.today().year + 1
    return tuple(
        Weight(year, sum(many * _in_year(cents, until, year) for until, cents, many in groups))
        for year in range(first, first + count)
    )


def _in_year(yearly_cents: int, until: date | None, year: int) -> int:
    return for_days(yearly_cents, date(year, 1, 1), until or date(year, 12, 31), year)
