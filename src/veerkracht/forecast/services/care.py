"""Stays: how long they last, what those helped become, and how long units stand empty between two stays.

The length of a stay is a mixture of short and long stays, each exponential, at the pace of the class: heavier care,
shorter stay. Who is helped goes from class to class; what is left of the stay then goes on at the new pace. The factors
of the classes are scaled so that the mean over all who come is the mean that the programme gives.
"""

from dataclasses import dataclass, replace

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import hazard, shares
from veerkracht.forecast.services.kinds import Kind, by_group, by_kind, shares_by_kind
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.rulebook.types import Text

_SHORTEST = 1.0 / YEAR
# How often lengths are scaled to the mean that they should have.
_TRIES = 4
_STAY = Text(
    "Een verblijf van {programme} duurt gemiddeld {years} jaar, korter dan een dag: dat kan niet. Kijk stay.years na.",
    "A stay of {programme} lasts {years} years on average, less than a day: that can't be. Check stay.years.",
)


@dataclass(frozen=True)
class Care:
    """What is drawn of those who come and those who are helped. K: kinds; hazards are a year, lengths are years.

    `arriving`, `waiting`: shares of the kinds among who asks, and who waits at the start. `long`, `short`: mean
    lengths. `short_share`: chance of a short stay. `change`: hazard of going from a kind to a kind. `died`, `withdrew`:
    hazards of who waits.
    """

    arriving: Real  # [runs, K]
    waiting: Real  # [runs, K]
    long: Real  # [runs, K]
    short: Real  # [runs, K]
    short_share: Real  # [runs]
    change: Real  # [runs, K, K]
    died: Real  # [runs, K]
    withdrew: Real  # [runs, K]

    @property
    def pace(self) -> Real:
        """How many of those helped leave in a year in each kind, when it stays as it is, float64[runs, K]."""
        part = self.short_share[:, None]
        return np.asarray(1.0 / ((1.0 - part) * self.long + part * self.short), np.float64)

    def mean_years(self) -> Real:
        """Mean length of the stays of who comes, float64[runs]."""
        long = _mean_on_the_way(self.long, self.change)
        short = _mean_on_the_way(self.short, self.change)
        part = self.short_share[:, None]
        return np.asarray((self.arriving * ((1.0 - part) * long + part * short)).sum(axis=1), np.float64)

    def leaving(self) -> Real:
        """The hazard with which the mean of who waits leaves the list, float64[runs]."""
        return np.asarray((self.waiting * (self.died + self.withdrew)).sum(axis=1), np.float64)


def care_of(numbers: Numbers, kinds: tuple[Kind, ...]) -> Care:
    """Draw what a programme says of stays. Raises `ForecastFault` for a stay that can't be."""
    mean = numbers.need("stay.years")
    if (mean <= _SHORTEST).any():
        raise ForecastFault(_STAY.fill(programme=numbers.programme.id, years=f"{mean.min():.3g}"))
    factors = np.maximum(by_kind(numbers, kinds, "stay.factor", 1.0), 0.05)
    short_share = np.clip(numbers.get("stay.short.share", 0.0), 0.0, 0.95)
    short = np.clip(numbers.get("stay.short.years", 1.0), _SHORTEST, mean)
    long = (mean - short_share * short) / (1.0 - short_share)
    arriving = shares_by_kind(numbers, kinds, "arrivals.share")
    listed = any(numbers.has(kind.name("waiting.share")) for kind in kinds)
    care = Care(
        arriving=arriving,
        waiting=shares_by_kind(numbers, kinds, "waiting.share") if listed else arriving,
        long=factors * long[:, None],
        short=factors * short[:, None],
        short_share=short_share,
        change=_changes(numbers, kinds),
        died=hazard(shares(by_group(numbers, kinds, "leave.died"))),
        withdrew=hazard(shares(by_group(numbers, kinds, "leave.withdrew"))),
    )
    return with_mean(care, mean)


def _changes(numbers: Numbers, kinds: tuple[Kind, ...]) -> Real:
    change = np.zeros((numbers.draws.runs, len(kinds), len(kinds)))
    for one, from_ in enumerate(kinds):
        for other, to in enumerate(kinds):
            id = f"change.{from_.id}.{to.id}"
            if one != other and numbers.has(id):
                change[:, one, other] = hazard(shares(numbers.need(id)))
    return change


def _mean_on_the_way(length: Real, change: Real) -> Real:
    """Mean length of a stay that begins in each kind, [runs, K], when it goes on at the pace of each kind it meets.

    That is the time until a Markov chain over the kinds ends, with hazard 1 / length in each kind.
    """
    return np.asarray(np.linalg.solve(_out(length, change), np.ones((*length.shape, 1)))[..., 0], np.float64)


def _out(length: Real, change: Real) -> Real:
    """The generator of that chain with its sign turned, [runs, K, K]."""
    return np.asarray(
        np.eye(length.shape[1]) * (1.0 / length + change.sum(axis=2))[:, None, :] - change, np.float64
    )


def with_mean(care: Care, mean: Real) -> Care:
    """The care with all lengths scaled so that the mean over who comes is as given."""
    for _ in range(_TRIES):
        scale = (mean / care.mean_years())[:, None]
        care = replace(care, long=care.long * scale, short=care.short * scale)
    return care


def in_balance(care: Care) -> Real:
    """Shares of the kinds among those helped in the long run, when those who come stay the same, [runs, K]."""
    part = care.short_share[:, None]
    long = _stock((1.0 - part) * care.arriving, care.long, care.change)
    short = _stock(part * care.arriving, care.short, care.change)
    return np.asarray((long + short) / (long + short).sum(axis=1, keepdims=True), np.float64)


def _stock(coming: Real, length: Real, change: Real) -> Real:
    """Those helped in each kind for each who comes in a year, [runs, K]."""
    out = _out(length, change)
    return np.asarray(np.linalg.solve(out.swapaxes(1, 2), coming[..., None])[..., 0], np.float64)
