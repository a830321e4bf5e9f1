"""When the turn of one request at one home is likely to come, from what is known of that home alone.

The whole forecast plays every home and every list; this answers a family, at once, with the little that a home can
say: how many stand ahead, how many places come free in a year, and who lets a place go by.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Uncertain, amounts, shares
from veerkracht.forecast.services.layout import YEAR
from veerkracht.rulebook.types import Text

# (low, middle, high): nine times out of ten between low and high, as every range of a region's files.
Known = tuple[float, float, float]
NOBODY: Known = (0.0, 0.0, 0.0)
# Later than this is no date that a family can do something with.
HORIZON_YEARS = 15
_SHOWN = (0.1, 0.5, 0.9)
_DRAWS = 1_000
_RATE, _SKIPPED, _OVERTAKEN, _TAKES, _VACANCIES = range(5)
_AHEAD = Text(
    "Er kunnen geen {ahead} vragen voor iemand staan: verwacht is 0 of meer.",
    "There can't be {ahead} requests ahead of someone: 0 or more is expected.",
)


@dataclass(frozen=True, slots=True)
class TurnRange:
    """One chance in ten that the turn comes before `low`, one in two before `median`, one in ten after `high`.

    None: later than `HORIZON_YEARS` from now, or never.
    """

    low: date | None
    median: date | None
    high: date | None


def turn_at(
    ahead: int,
    vacancies_a_year: Known | None,
    *,
    on: date,
    skipped: Known = NOBODY,
    overtaken: Known = NOBODY,
    free: int = 0,
) -> TurnRange | None:
    """When the turn comes of a request with so many ahead of it, if it keeps waiting; None when nothing is known.

    `vacancies_a_year`: places that come free in a year, for which this request counts. `skipped`: the share of those
    ahead who take no place here (they decline, are passed over, die or go elsewhere first). `overtaken`: the share of
    the vacancies that goes to who stands behind, or came later. `free`: places that can be had on that day already.
    Vacancies come one by one, at random moments, as
    stays end. A request further back never gets an earlier date. Raises `ForecastFault` when fewer than none are ahead.
    """
    if ahead < 0:
        raise ForecastFault(_AHEAD.fill(ahead=ahead))
    if vacancies_a_year is None or max(vacancies_a_year) <= 0:
        return None
    lost = shares(_drawn(overtaken, _OVERTAKEN))
    rate = amounts(_drawn(vacancies_a_year, _RATE)) * (1.0 - lost)
    takes = shares(1.0 - _drawn(skipped, _SKIPPED))
    needed = (_luck(_TAKES).random((ahead, _DRAWS)) < takes).sum(axis=0) - free
    vacancies = _luck(_VACANCIES).standard_exponential((ahead + 1, _DRAWS)).cumsum(axis=0)
    waited = np.where(needed < 0, 0.0, vacancies[np.maximum(needed, 0), np.arange(_DRAWS)])
    years = np.divide(waited, rate, out=np.full(_DRAWS, np.inf), where=rate > 0)
    return TurnRange(*(_date(on, float(year)) for year in np.quantile(years, _SHOWN, method="higher")))


def _luck(purpose: int) -> np.random.Generator:
    """Always the same draws: dates told to two families agree, and tomorrow's differ only by what changed."""
    return np.random.default_rng(purpose)


def _drawn(known: Known, purpose: int) -> Real:
    low, middle, high = known
    return Uncertain("", middle, low, high).at(_luck(purpose).standard_normal(_DRAWS))


def _date(on: date, years: float) -> date | None:
    return on + timedelta(days=round(years * YEAR)) if years <= HORIZON_YEARS else None
