"""What a plan costs in each year, by measure, with its range.

Money costs what it is. Places and teams cost what the plan says of one, or else what the programme says (its
parameter `cost.unit`); pay costs its percent of what the plan, or else the staff file (its parameter `cost-per-fte`),
says that one full-time worker costs, for all whose pay it is. What nobody says is unknown, and shown as unknown: it is
in no sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.inputs import Parameters, Uncertain
from veerkracht.forecast.plans.numbers import number_of
from veerkracht.region import Measure, Region, measures
from veerkracht.region.plans import Cost
from veerkracht.region.staff import Workforce
from veerkracht.rulebook.types import Text

UNIT_COST = "cost.unit"  # the parameter of a programme: euro a year of one more place or case
WAGE_COST = "cost-per-fte"  # the parameter of staff: euro a year of one full-time worker
_SEED, _RUNS = 1, 1000
_LOW, _HIGH = 0.05, 0.95  # a range holds nine of ten, as those it is made of
_SCHEMA = {
    "year": pl.Int32(), "measure": pl.String(), "kind": pl.String(), "programme": pl.String(),
    "recurrent": pl.Boolean(), "known": pl.Boolean(), "amount": pl.Float64(), "low": pl.Float64(),
    "high": pl.Float64(),
}  # fmt: skip
_OF_KIND = {name: _SCHEMA[name] for name in ("year", "kind", "amount", "low", "high")}


@dataclass(frozen=True)
class MeasureCost:
    """A measure as it is written, and its cost. `euro`: float64[1 + runs, years], first as written, then drawn;
    None when it is unknown."""

    id: str
    kind: str
    programme: str
    name: Text
    recurrent: bool
    euro: Real | None


@dataclass(frozen=True)
class PlanCost:
    """The cost of measures in each of `years`, in euro: what is spent in that year, not what is new in it."""

    years: tuple[int, ...]
    measures: tuple[MeasureCost, ...]
    runs: int = _RUNS

    def by_measure(self) -> pl.DataFrame:
        """One row a measure and year: year, measure, kind, programme, recurrent, known, amount, low, high (euro)."""
        rows = [row for one in self.measures for row in _rows(one, self.years)]
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")

    def by_year(self) -> pl.DataFrame:
        """One row a year and kind of money: year, recurrent, amount, low, high, unknown (measures without a cost)."""
        frames = [self._sum(recurrent=recurrent) for recurrent in (True, False)]
        return pl.concat(frames).sort("year", "recurrent", descending=[False, True])

    def by_kind(self) -> pl.DataFrame:
        """One row a year and kind of measure with a known cost: year, kind, amount, low, high (euro)."""
        kinds = dict.fromkeys(one.kind for one in self.measures if one.euro is not None)
        frames = [
            pl.DataFrame(
                {
                    "year": pl.Series(self.years, dtype=pl.Int32),
                    "kind": [kind] * len(self.years),
                    **_range(self._total(one for one in self.measures if one.kind == kind)),
                }
            )
            for kind in kinds
        ]
        return (
            pl.concat(frames).sort("year", maintain_order=True) if frames else pl.DataFrame(schema=_OF_KIND)
        )

    def euro(self, *, recurrent: bool | None = None) -> Real:
        """All known costs together: float64[1 + runs, years], first as written, then drawn."""
        return self._total(one for one in self.measures if recurrent is None or one.recurrent == recurrent)

    def _total(self, of: Iterable[MeasureCost]) -> Real:
        total = np.zeros((1 + self.runs, len(self.years)))
        for one in of:
            if one.euro is not None:
                total += one.euro
        return total

    def _sum(self, *, recurrent: bool) -> pl.DataFrame:
        unknown = sum(one.euro is None for one in self.measures if one.recurrent == recurrent)
        return pl.DataFrame(
            {
                "year": pl.Series(self.years, dtype=pl.Int32),
                "recurrent": [recurrent] * len(self.years),
                **_range(self.euro(recurrent=recurrent)),
                "unknown": [unknown] * len(self.years),
            }
        )


def cost(region: Region, of: Iterable[Measure], years: Sequence[int], draws: Draws | None = None) -> PlanCost:
    """The cost of measures (dated, as `region.measures` gives them) in years. Raises `ForecastFault` for a
    parameter that does not hold. `draws`: those of a forecast whose runs the cost is set beside."""
    draws = draws or Draws(_SEED, _RUNS)
    written: dict[str, list[Measure]] = {}
    for measure in of:
        written.setdefault(measure.of or measure.id, []).append(measure)
    found = [_written(region, id, parts, years, draws) for id, parts in written.items()]
    return PlanCost(tuple(years), tuple(found), draws.runs)


def extra(
    region: Region, plan_id: str, against: str, years: Sequence[int], since: date | None = None
) -> pl.DataFrame:
    """What one plan costs more than another: year, amount, low, high in euro; what both hold is left out.

    `since`: leave out what began on or before this day, such as the start of a forecast: the start is the same in both
    plans and holds what was done by then. Raises `Fault` for a plan that does not exist.
    """
    more = cost(region, only_in(region, plan_id, against, since), years)
    less = cost(region, only_in(region, against, plan_id, since), years)
    return pl.DataFrame({"year": pl.Series(list(years), dtype=pl.Int32), **_range(more.euro() - less.euro())})


def only_in(region: Region, plan_id: str, other: str, since: date | None = None) -> tuple[Measure, ...]:
    """The dated measures of a plan that another ("" for none) does not hold, and that begin after a day."""
    theirs = measures(region, other) if other else ()
    mine = (one for one in measures(region, plan_id) if one not in theirs)
    return tuple(one for one in mine if since is None or one.from_ > since)


def _range(euro: Real) -> Mapping[str, Real]:
    low, high = np.quantile(euro[1:], (_LOW, _HIGH), axis=0)
    return {"amount": euro[0], "low": np.minimum(low, euro[0]), "high": np.maximum(high, euro[0])}


def _rows(one: MeasureCost, years: Sequence[int]) -> list[tuple[object, ...]]:
    said = (one.id, one.kind, one.programme, one.recurrent)
    if one.euro is None:
        return [(year, *said, False, None, None, None) for year in years]
    ends = _range(one.euro)
    columns = zip(years, ends["amount"], ends["low"], ends["high"], strict=True)
    return [
        (year, *said, True, float(amount), float(low), float(high)) for year, amount, low, high in columns
    ]


def _written(
    region: Region, id: str, parts: list[Measure], years: Sequence[int], draws: Draws
) -> MeasureCost:
    first = parts[0]
    each = [_euro_a_year(region, part, draws) for part in parts]
    known = [euro for euro in each if euro is not None]
    total = None
    if len(known) == len(parts):
        shares = [_in_force(part, years) for part in parts]
        total = np.sum([np.outer(euro, share) for euro, share in zip(known, shares, strict=True)], axis=0)
    return MeasureCost(id, first.kind, first.programme, first.name, first.recurrent, total)


def _in_force(measure: Measure, years: Sequence[int]) -> Real:
    """The part of each year in which it costs; one-off money falls wholly in the year it is given."""
    if not measure.recurrent:
        return np.array([float(year == measure.from_.year) for year in years])
    return np.array([_share_of_year(measure, year) for year in years])


def _share_of_year(measure: Measure, year: int) -> float:
    begin, end = date(year, 1, 1), date(year + 1, 1, 1)
    last = end if measure.until is None else min(measure.until, end)
    return max(0, (last - max(measure.from_, begin)).days) / (end - begin).days


# -- one measure, for a full year ------------------------------------------------------------------------------


def _euro_a_year(region: Region, measure: Measure, draws: Draws) -> Real | None:
    """Euro of a full year, float64[1 + runs]; None when it is unknown."""
    if not measure.known:
        return None
    if measure.kind == "money":
        return _drawn(number_of(measure), draws)
    if measure.cost is not None:
        said = _drawn(_said(measure.cost, measure), draws)
        return said * _units(region, measure, draws) if measure.cost.each else said
    of_one = _cost_of_one(region, measure)
    return None if of_one is None else _drawn(of_one, draws) * _units(region, measure, draws)


def _cost_of_one(region: Region, measure: Measure) -> Uncertain | None:
    """What the region's files say that one place, case or full-time worker costs in a year."""
    if measure.kind in ("places", "cases"):
        programme = region.programme(measure.programme)
        parameters, id = Parameters.of(programme, measure.from_), UNIT_COST
    elif measure.kind == "pay" and region.staff is not None:
        parameters, id = Parameters("staff", region.staff.parameters, measure.from_), WAGE_COST
    else:
        return None
    return parameters.need(id) if parameters.has(id) else None


def _units(region: Region, measure: Measure, draws: Draws) -> Real:
    """How many times the cost of one: places, cases, training places; for pay, full-time workers times the rise."""
    number = _drawn(number_of(measure), draws)
    if measure.kind != "pay":
        return np.maximum(number, 0.0)
    return _workers(region.staff, measure, draws) * number / 100 if region.staff else np.zeros_like(number)


def _drawn(number: Uncertain, draws: Draws) -> Real:
    return np.concatenate([[number.value], draws.of(number)])


def _said(cost: Cost, measure: Measure) -> Uncertain:
    why = cost.assumption.why.en if cost.assumption else measure.of or measure.id
    return Uncertain(f"cost: {why}", cost.amount, cost.low, cost.high, "euro a year")


def _workers(staff: Workforce, measure: Measure, draws: Draws) -> Real:
    """Full-time equivalents whose pay it is."""
    parameters = Parameters("staff", staff.parameters, measure.from_)
    sectors = [measure.sector] if measure.sector else [one.id for one in staff.sectors]
    workers = np.zeros(1 + draws.runs)
    for sector in sectors:
        share = f"share.{sector}.{measure.profession}"
        part = _drawn(parameters.need(share), draws) if measure.profession else 1.0
        workers += _drawn(parameters.need(f"fte.{sector}"), draws) * part
    return workers
