"""A calibrated ensemble: sets of numbers that were found together, what they were fitted to, and its file.

A forecast uses the ensemble of its start, or the latest one before it that still fits: an ensemble of a later day would
know what came. It does not fit when the numbers it is of, or their ranges, have changed since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.inputs import NINE_OF_TEN, Uncertain
from veerkracht.region import Region

FOLDER = "calibration"
METHOD = "ES-MDA (Emerick and Reynolds 2013), 3 passes, least-squares planes, chance in the likelihood"
# Of the width of its prior range that a number may keep and still count as not identified.
_NOT_NARROWED = 0.85
_REPORT = pl.Schema(
    {
        "name": pl.String(),
        **{column: pl.Float64() for column in ("low", "value", "high", "p5", "p50", "p95", "kept")},
        "identified": pl.Boolean(),
        "with": pl.String(),
        "correlation": pl.Float64(),
    }
)


@dataclass(frozen=True)
class Target:
    """A figure to which the past is fitted. `deviation`: the standard deviation of the figure itself."""

    series: str
    on: date
    value: float
    deviation: float
    source: str
    published: date | None


@dataclass(frozen=True)
class Calibration:
    """`sets` [m, p]: the value of each of `numbers` in each set. `figures`: what they were fitted to.

    `made_of`: the fingerprint of what was known and used. `numbers`: with their ranges as they were before.
    """

    region_id: str
    programmes: tuple[str, ...]
    start: date
    seed: int
    numbers: tuple[Uncertain, ...]
    sets: Real
    figures: tuple[Target, ...]
    made_of: str

    def by_name(self) -> dict[str, Real]:
        """The values of each number, as `Draws.sets` takes them."""
        return {number.name: self.sets[:, at] for at, number in enumerate(self.numbers)}

    def report(self) -> pl.DataFrame:
        """One row a number: name, low, value, high (before), p5, p50, p95 (after), kept, identified, with, correlation.

        `kept`: the share of the width of its range that is left. `identified`: the figures narrowed it. `with`: the
        number with which it is most correlated: where that is strong, only the two together are known.
        """
        if not self.numbers:
            return pl.DataFrame(schema=_REPORT)
        spread = np.array([(one.high - one.low) / (2 * NINE_OF_TEN) for one in self.numbers])
        kept = self.sets.std(axis=0) / np.maximum(spread, 1e-300)
        together = _correlations(self.sets)
        partner = np.abs(together).argmax(axis=1)
        low, middle, high = np.quantile(self.sets, [0.05, 0.5, 0.95], axis=0)
        return pl.DataFrame(
            {
                "name": [one.name for one in self.numbers],
                "low": [one.low for one in self.numbers],
                "value": [one.value for one in self.numbers],
                "high": [one.high for one in self.numbers],
                "p5": low,
                "p50": middle,
                "p95": high,
                "kept": kept,
                "identified": kept < _NOT_NARROWED,
                "with": [self.numbers[one].name for one in partner],
                "correlation": together[np.arange(len(partner)), partner],
            },
            schema=_REPORT,
        )


def _correlations(sets: Real) -> Real:
    """Between the numbers, 0 with itself."""
    spread = sets.std(axis=0)
    standard = (sets - sets.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    found = standard.T @ standard / len(sets)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found, np.float64)


def path_of(region: Region, programmes: tuple[str, ...], start: date) -> Path:
    return region.folder / FOLDER / f"{'+'.join(programmes)}.{start}.json"


def store(made: Calibration, region: Region) -> Path:
    """Keep an ensemble in the region's folder; gives the file."""
    path = path_of(region, made.programmes, made.start)
    path.parent.mkdir(exist_ok=True)
    kept: dict[str, Any] = {
        "region": made.region_id,
        "programmes": made.programmes,
        "start": made.start.isoformat(),
        "method": METHOD,
        "seed": made.seed,
        "made_of": made.made_of,
        "figures": [_plain_target(one) for one in made.figures],
        "numbers": [[one.owner, one.id, one.value, one.low, one.high] for one in made.numbers],
    }
    lines = [json.dumps([float(f"{value:.6g}") for value in row]) for row in made.sets]
    head = json.dumps(kept, ensure_ascii=False, indent=1)[:-2]
    path.write_text(f'{head},\n "sets": [\n' + ",\n".join(lines) + "\n]}\n", "utf-8")
    return path


def _plain_target(one: Target) -> list[Any]:
    published = one.published.isoformat() if one.published else None
    return [one.series, one.on.isoformat(), one.value, one.deviation, one.source, published]


def load(path: Path) -> Calibration:
    kept = json.loads(path.read_text("utf-8"))
    return Calibration(
        region_id=kept["region"],
        programmes=tuple(kept["programmes"]),
        start=date.fromisoformat(kept["start"]),
        seed=kept["seed"],
        numbers=tuple(
            Uncertain(id, value, low, high, owner=owner) for owner, id, value, low, high in kept["numbers"]
        ),
        sets=np.array(kept["sets"], np.float64),
        figures=tuple(
            Target(
                series,
                date.fromisoformat(on),
                value,
                deviation,
                source,
                date.fromisoformat(published) if published else None,
            )
            for series, on, value, deviation, source, published in kept["figures"]
        ),
        made_of=kept["made_of"],
    )
