"""What was asked of the desks and what came of it, as columns: for planning and for the forecast. Nobody is in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl
from django.db.models import Exists, Max, OuterRef, Q

from veerkracht import region
from veerkracht.register.crisis.models import Call, Consult, Search, SearchStep

SEARCHES = {
    "search": pl.Int64(),
    "day": pl.Date(),
    "hour": pl.Int64(),
    "zone": pl.String(),
    "kind": pl.String(),
    "persons": pl.Int64(),
    "outcome": pl.String(),
    "zone_step": pl.Int64(),
    "refusals": pl.Int64(),
}
CALLS = {
    "call": pl.Int64(),
    "day": pl.Date(),
    "hour": pl.Int64(),
    "channel": pl.String(),
    "outcome": pl.String(),
}
NEAR, FAR, NONE, OTHER = OUTCOMES = ("placed", "placed-elsewhere", "none", "other")
CONSULT, SEARCH, OPEN = ("consult", "search", "open")


@dataclass(frozen=True)
class Period:
    """From a moment until another; `desk`: calls of one organisation only, None for all."""

    from_at: datetime
    until_at: datetime
    desk: int | None = None

    def calls(self, path: str = "") -> Q:
        """Calls, or what hangs on them by `path`, that came in this period."""
        found = Q(**{f"{path}at__gte": self.from_at, f"{path}at__lt": self.until_at})
        return found & (Q(**{f"{path}organisation": self.desk}) if self.desk is not None else Q())


def searches(period: Period) -> pl.DataFrame:
    """Every search of the calls in a period, columns `SEARCHES`; two queries.

    `hour`: of the clock on the wall. `outcome`: `NEAR` in the search's own zone, `FAR` in another, `NONE`, or `OTHER`:
    still open, or stopped. `zone_step`: how far it fell back; null when there was no place.
    """
    refused = SearchStep.Kind.REFUSED
    rows = (
        Search.objects.filter(period.calls("call__"))
        .annotate(
            far=Max("steps__zone_step", filter=Q(steps__kind=SearchStep.Kind.HELD)),
            placed=Exists(SearchStep.objects.filter(search=OuterRef("pk"), kind=SearchStep.Kind.CONFIRMED)),
        )
        .values_list("pk", "made_at", "zone", "kind", "persons", "state", "far", "placed")
        .order_by("pk")
    )
    refusals = _refusals(period, refused)
    found = [
        (id, *_wall(at), zone, kind, persons, _outcome(state, far, placed), far if placed else None)
        for id, at, zone, kind, persons, state, far, placed in rows
    ]
    whole = [(*row, refusals.get(row[0], 0)) for row in found]
    return pl.DataFrame(whole, schema=SEARCHES, orient="row")


def calls(period: Period) -> pl.DataFrame:
    """Every call in a period, columns `CALLS`; one query. `outcome`: `CONSULT`, `SEARCH` or `OPEN`."""
    rows = (
        Call.objects.filter(period.calls())
        .annotate(
            advised=Exists(Consult.objects.filter(call=OuterRef("pk"))),
            searched=Exists(Search.objects.filter(call=OuterRef("pk"))),
        )
        .values_list("pk", "at", "channel", "advised", "searched")
        .order_by("pk")
    )
    found = [
        (id, *_wall(at), channel, SEARCH if searched else CONSULT if advised else OPEN)
        for id, at, channel, advised, searched in rows
    ]
    return pl.DataFrame(found, schema=CALLS, orient="row")


def by(table: pl.DataFrame, columns: Collection[str]) -> pl.DataFrame:
    """How many of each outcome, by some columns: one row for each; a column for each outcome, and `all`."""
    counted = table.group_by(list(columns)).agg(
        pl.len().cast(pl.Int64()).alias("all"),
        *((pl.col("outcome") == one).sum().cast(pl.Int64()).alias(one) for one in OUTCOMES),
    )
    return counted.sort(list(columns))


def _refusals(period: Period, refused: str) -> dict[int, int]:
    rows = SearchStep.objects.filter(period.calls("search__call__"), kind=refused)
    found: dict[int, int] = {}
    for id in rows.values_list("search", flat=True):
        found[id] = found.get(id, 0) + 1
    return found


def _outcome(state: str, far: int | None, placed: bool) -> str:
    if placed:
        return FAR if far else NEAR
    return NONE if state == Search.State.NONE else OTHER


def _wall(at: datetime) -> tuple[object, int]:
    there = at.astimezone(ZoneInfo(region.current().time_zone))
    return there.date(), there.hour
