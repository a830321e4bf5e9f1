"""Who asks for help: so many in proportion to people of some ages, area by area and year by year."""

import re
from datetime import timedelta

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.population import Projection
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.region import Region

_RATE = re.compile(r"demand\.(men|women|all)\.(\d+)-(\d+|up)")
_SEX = {"men": "man", "women": "woman", "all": None}
_OLDEST = 150


def demand_of(region: Region, numbers: Numbers, projection: Projection | None, years: int) -> Real:
    """How many people ask in proportion to the whole region at the start, float64[runs, years, areas].

    A year is from the start's day to that day a year later; what is given holds in its middle. By the parameters
    `demand.<men|women|all>.<ages>`, the persons of these ages, and `demand.change`; without the first by
    inhabitants.
    """
    weighed = _weighed(region, numbers, projection, years)
    whole = weighed[:, :1].sum(axis=2, keepdims=True)
    change = np.maximum(numbers.get("demand.change", 0.0), -0.5)
    passed = np.maximum(np.arange(years + 1) - 0.5, 0.0)
    trend = (1.0 + change[:, None]) ** passed
    return np.asarray((weighed / whole * trend[:, :, None])[:, 1:], np.float64)


def _weighed(region: Region, numbers: Numbers, projection: Projection | None, years: int) -> Real:
    """Persons times the rate of their age at the start and in the middle of each year, [runs, years + 1, areas]."""
    rates = _rates(numbers)
    if projection is None or not rates:
        inhabitants = region.areas.get_column("inhabitants").to_numpy().astype(np.float64)
        return np.broadcast_to(inhabitants, (numbers.draws.runs, years + 1, inhabitants.shape[0]))
    middles = [numbers.on + timedelta(days=round((year + 0.5) * YEAR)) for year in range(years)]
    days = [numbers.on, *middles]
    found = np.zeros((numbers.draws.runs, len(days), region.areas.height))
    for (sex, low, high), rate in rates.items():
        found += projection.persons_on(days, low, high, sex) * rate[:, None, None]
    return found


def _rates(numbers: Numbers) -> dict[tuple[str | None, int, int], Real]:
    """The rate of each sex and ages, float64[runs] each."""
    found = {}
    for id in dict.fromkeys(one.id for one in numbers.programme.parameters):
        named = _RATE.fullmatch(id)
        if named and numbers.has(id):
            high = _OLDEST if named[3] == "up" else int(named[3])
            found[_SEX[named[1]], int(named[2]), high] = np.maximum(numbers.need(id), 0.0)
    return found
