"""What was reported of staff as columns, past the models: the latest of each, and sums that say how much is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import QuerySet

from veerkracht.register.people import areas
from veerkracht.register.staff.models import StaffCount, StaffFlow

_OF = {
    "organisation": pl.Int64(),
    "service": pl.Int64(),
    "profession": pl.String(),
    "sector": pl.String(),
    "area": pl.String(),
}
# Numbers of a count that can be added up; what is sick is a share of the full-time equivalents.
ADDED = ("persons", "fte_hundredths", "vacancies", "under_30", "from_30_to_49", "over_50")
FLOWS = ("starters", "quit", "retired", "dismissed", "moved", "other")
COUNTS = {
    "id": pl.Int64(),
    **_OF,
    "on": pl.Date(),
    **dict.fromkeys((*ADDED, "sick_per_thousand"), pl.Int64()),
}
PERIODS = {**_OF, "from_date": pl.Date(), "until_date": pl.Date(), **dict.fromkeys(FLOWS, pl.Int64())}
_STAFF = list(_OF)


@dataclass(frozen=True)
class Sum:
    """What is known together, of how many rows. `value` None: of none of them."""

    value: int | None
    known: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.known == self.of


def counts(rows: QuerySet[StaffCount]) -> pl.DataFrame:
    """Counts, one a row, columns of `COUNTS`, with the region and province of their municipality."""
    found = pl.DataFrame(list(rows.order_by("on", "id").values_list(*COUNTS)), schema=COUNTS, orient="row")
    where = areas.table().select(area="code", region="region_name", province="province_name")
    return found.join(where, on="area", how="left", maintain_order="left")


def periods(rows: QuerySet[StaffFlow]) -> pl.DataFrame:
    """Who came and went, one period a row, columns of `PERIODS`."""
    found = list(rows.order_by("from_date", "id").values_list(*PERIODS))
    return pl.DataFrame(found, schema=PERIODS, orient="row")


def latest(found: pl.DataFrame, on: date) -> pl.DataFrame:
    """Of the same staff the last count on or before a day."""
    return found.filter(pl.col("on") <= on).group_by(_STAFF, maintain_order=True).last()


def summed(found: pl.DataFrame, names: Sequence[str]) -> dict[str, Sum]:
    """Each column added up over the rows where it is known."""
    return {
        name: Sum(
            int(found[name].sum()) if found[name].count() else None, int(found[name].count()), found.height
        )
        for name in names
    }


def sick(found: pl.DataFrame) -> Sum:
    """The share that is sick, in thousandths, weighed by full-time equivalents, over the rows where both are known."""
    both = found.filter(pl.col("sick_per_thousand").is_not_null() & (pl.col("fte_hundredths") > 0))
    weight = int(both["fte_hundredths"].sum())
    value = (
        int(round((both["sick_per_thousand"] * both["fte_hundredths"]).sum() / weight)) if weight else None
    )
    return Sum(value, both.height, found.height)
