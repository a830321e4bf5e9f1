"""Which assumptions move an outcome most: one after another is held at the low and the high end of its range.

All other numbers keep what is drawn for them, and every time has the same luck, so that the two ends differ by that
one number and not by the dice. A number of a calibrated ensemble is held between what nine of ten of its sets say,
while the others keep their sets: what the sets say of numbers together is then set aside for that one.

Where there are very many numbers, those that go most with the outcome over the runs of one forecast are tried: whoever
moves it much can't hide there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.choices.setting import Setting, Steps, column
from veerkracht.forecast.draws import HIGH, LOW, Draws
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.many import Progress
from veerkracht.forecast.rounds.sampling import amount_of
from veerkracht.forecast.whole import RegionForecast
from veerkracht.rulebook.types import Text

MOST = 20
SCREEN_RUNS = 100

SCHEMA = pl.Schema(
    {
        "parameter": pl.String(),
        "text_nl": pl.String(),
        "text_en": pl.String(),
        "unit": pl.String(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "low_outcome": pl.Float64(),
        "middle": pl.Float64(),
        "high_outcome": pl.Float64(),
        "swing": pl.Float64(),
        "error": pl.Float64(),
        "source": pl.String(),
        "assumption_nl": pl.String(),
        "assumption_en": pl.String(),
    }
)


@dataclass(frozen=True)
class Candidate:
    """A number, or what several measures share: one name, one end at a time."""

    name: str
    number: Uncertain
    low: float
    high: float


def tornado(
    setting: Setting,
    plan_id: str,
    series: str,
    on: date,
    progress: Progress | None = None,
    most: int = MOST,
) -> pl.DataFrame:
    """How far each uncertain number moves the mean of a series on a date, the widest swing first.

    One row a number: `low` and `high` are the ends of its range, `low_outcome` and `high_outcome` the mean outcome when
    it is held there, `middle` the mean when nothing is held, `swing` = `high_outcome` - `low_outcome`, `error` its
    standard error over the runs. A number without a range, or that moves nothing, has no row. Where there are more than
    twice `most` numbers, only the `most` that go most with the outcome over the runs are held. Raises `ForecastFault`
    for a series or date without outcomes.
    """
    setting, (name,) = setting.narrowed(plan_id, [series])
    many = replace(setting, runs=max(setting.runs, SCREEN_RUNS))
    played = setting.play(plan_id)
    at = column(played, on)
    middle = played.values[name][:, at]
    tried = candidates(_numbers(played), setting.draws)
    if len(tried) > 2 * most:
        outcome = many.play(plan_id).values[name][:, at]
        tried = screened(tried, outcome, many.draws, most)
    steps = Steps(progress, 2 * len(tried))

    def held(candidate: Candidate, end: int) -> Real:
        draws = replace(setting.draws, ends={candidate.name: end})
        steps.step()
        return setting.play(plan_id, draws).values[name][:, at]

    rows = [
        _row(candidate, float(middle.mean()), held(candidate, LOW), held(candidate, HIGH))
        for candidate in tried
    ]
    found = pl.DataFrame(rows, schema=SCHEMA)
    return found.filter(pl.col("swing") != 0).sort(pl.col("swing").abs(), descending=True)


def _numbers(played: RegionForecast) -> Iterator[Uncertain]:
    """Every number that was read."""
    yield from played.parameters
    yield from (amount for amount in map(amount_of, played.measures) if amount is not None)


def candidates(numbers: Iterable[Uncertain], draws: Draws) -> list[Candidate]:
    """The numbers that have a range; measures that rest on one assumption are one number."""
    by_name: dict[str, list[Uncertain]] = {}
    for number in numbers:
        by_name.setdefault(number.name, []).append(number)
    found = [_candidate(name, of, draws) for name, of in by_name.items()]
    return [one for one in found if one.low < one.high]


def screened(tried: Sequence[Candidate], outcome: Real, draws: Draws, most: int) -> list[Candidate]:
    """The numbers whose drawn values go most with the outcome over the runs, by rank (Spearman)."""
    # Imported here: every page would wait for it at its start, and few ever need it.
    from scipy.stats import rankdata

    ranks = rankdata(outcome)

    def goes_with(candidate: Candidate) -> float:
        drawn = rankdata(draws.of(candidate.number))
        together = np.cov(ranks, drawn)
        spread = np.sqrt(together[0, 0] * together[1, 1])
        return abs(float(together[0, 1] / spread)) if spread > 0 else 0.0

    return sorted(tried, key=goes_with, reverse=True)[:most]


def _candidate(name: str, numbers: Sequence[Uncertain], draws: Draws) -> Candidate:
    ranges = [draws.range_of(number) for number in numbers]
    return Candidate(name, numbers[0], sum(low for low, _ in ranges), sum(high for _, high in ranges))


def _row(candidate: Candidate, middle: float, low: Real, high: Real) -> dict[str, object]:
    number, swing = candidate.number, high - low
    why = number.assumption.why if number.assumption else Text()
    text = number.text or why
    return {
        "parameter": candidate.name,
        "text_nl": text.nl,
        "text_en": text.en,
        "unit": number.unit,
        "low": candidate.low,
        "high": candidate.high,
        "low_outcome": float(low.mean()),
        "middle": middle,
        "high_outcome": float(high.mean()),
        "swing": float(swing.mean()),
        "error": float(swing.std(ddof=1) / np.sqrt(len(swing))) if len(swing) > 1 else 0.0,
        "source": number.source.title if number.source else "",
        "assumption_nl": why.nl,
        "assumption_en": why.en,
    }
