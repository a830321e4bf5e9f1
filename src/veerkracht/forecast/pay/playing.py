"""Staff alone, played with and without what is asked; the same luck in both.

It is the model of staff of every forecast (`staff.model`, `staff.step`). Programmes are not played beside it: the need
of each sector follows its own growth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.compiling import plain
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.pay.asked import Asked, staff_of
from veerkracht.forecast.staff import layout as at
from veerkracht.forecast.staff.layout import Staff
from veerkracht.forecast.staff.measures import market_weights
from veerkracht.forecast.staff.model import StaffModel, build
from veerkracht.forecast.staff.step import step
from veerkracht.region import Measure, Region

MONTHS = 12
FTE, VACANCIES, QUITS, HIRES, OPEN, PLACES = "fte", "vacancies", "quits", "hires", "open", "places"
WHAT = (FTE, VACANCIES, QUITS, HIRES, OPEN, PLACES)
# All sectors together.
ALL = ""
_STOCKS = {FTE: at.H_FTE, VACANCIES: at.H_VACANCIES}
_FLOWS = {QUITS: at.H_QUITS, HIRES: at.H_HIRED}

Values = dict[tuple[str, str], Real]


@dataclass(frozen=True)
class Played:
    """By sector and what (`WHAT`) float64[runs, years]: stocks at the end of a year, flows in it; `open` is the share
    of the units that is open, `places` those with staff, where it is known how many are recognised."""

    values: Values
    numbers: tuple[Uncertain, ...]


def play(region: Region, measures: Sequence[Measure], asked: Asked, draws: Draws) -> Played:
    """The staff of a region with measures. Raises `ForecastFault` for numbers with which nothing can be played."""
    staff_of(region)
    model = build(region, measures, asked.start, asked.years, draws)
    if model is None:
        raise ForecastFault("The staff can't be played.")
    histories, opened = _months(model, draws.runs)
    return Played(_values(region, model, asked, histories, opened), model.parameters)


def _months(model: StaffModel, runs: int) -> tuple[Real, Real]:
    """The history of every run, [runs, 7, S, P, M + 1], and the open share of the units, [runs, S, G, M + 1]."""
    sectors, markets = len(model.sectors), len(model.markets)
    opened = np.empty((runs, sectors, markets, model.months + 1))
    histories = np.empty((runs, *model.every.history.shape[1:]))
    nothing = np.zeros((sectors, markets))
    for run in range(runs):
        staff = model.of_run(run)
        _all_months(staff, nothing, opened[run])
        histories[run] = staff.history
    return histories, opened


@plain
def _all_months(staff: Staff, workload: Real, opened: Real) -> None:
    """Play one run, and note in `opened`, [S, G, M + 1], what is open at the end of each month."""
    for month in range(opened.shape[2]):
        step(staff, month, workload)
        for sector in range(opened.shape[0]):
            for market in range(opened.shape[1]):
                opened[sector, market, month] = staff.state[at.FILL, sector, market]


def _values(region: Region, model: StaffModel, asked: Asked, histories: Real, opened: Real) -> Values:
    found: Values = {}
    share = _by_market(region, model, opened)
    for number, sector in enumerate(model.sectors):
        history = histories[:, :, number].sum(2)
        for what, row in _STOCKS.items():
            found[sector, what] = history[:, row, MONTHS::MONTHS]
        for what, row in _FLOWS.items():
            months = history[:, row, 1:]
            found[sector, what] = months.reshape(len(months), asked.years, MONTHS).sum(-1)
        found[sector, OPEN] = share[:, number, MONTHS::MONTHS]
        places = places_of(region, sector, asked.start)
        if places:
            found[sector, PLACES] = places * found[sector, OPEN]
    for what in (*_STOCKS, *_FLOWS):
        found[ALL, what] = np.sum([found[sector, what] for sector in model.sectors], axis=0)
    return found


def _by_market(region: Region, model: StaffModel, opened: Real) -> Real:
    """The share that is open over all markets, by their inhabitants, [runs, S, M + 1]."""
    weights = market_weights(region.areas, ())[""]
    return np.asarray(np.einsum("rsgm,g->rsm", opened, weights), np.float64)


def places_of(region: Region, sector: str, on: date) -> float:
    """The places that are recognised in a sector by the last figures of a day; 0 when none are known."""
    total = 0.0
    for programme in region.programmes.values():
        if programme.sector == sector and programme.resource == "places":
            known = region.figures.series(f"{programme.id}.places.recognised", until=on)
            total += float(known.item(-1, "value")) if known.height else 0.0
    return total
