"""Scores against what theory says they are."""

import math
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.forecast import worlds
from veerkracht.forecast.hindcast.naive import naive
from veerkracht.forecast.hindcast.scores import crps, inside
from veerkracht.forecast.hindcast.summary import summary
from veerkracht.region import Figures
from veerkracht.region.figures import SCHEMA as FIGURES

MANY = np.random.default_rng(1).normal(size=200_000)


@pytest.mark.parametrize("observed", [-2.0, 0.0, 0.7, 3.0])
def test_crps_of_a_normal(observed):
    """Gneiting and Raftery (2007), equation 5."""
    density = math.exp(-(observed**2) / 2) / math.sqrt(2 * math.pi)
    below = (1 + math.erf(observed / math.sqrt(2))) / 2
    expected = observed * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi)
    assert crps(MANY, observed) == pytest.approx(expected, abs=0.01)


def test_crps_of_a_few_runs_by_hand():
    # Distances to 4: 3, 1, 2; between the runs: 2 of 2, 2 of 5 and 2 of 3, over nine pairs.
    assert crps(np.array([1.0, 3.0, 6.0]), 4.0) == pytest.approx(6 / 3 - (2 * 2 + 2 * 5 + 2 * 3) / 9 / 2)


def test_crps_of_one_value_is_its_error():
    assert crps(np.full(50, 7.0), 10.0) == 3.0


def test_a_range_of_eighty_percent_holds_eighty_percent():
    random = np.random.default_rng(2)
    held = np.array([list(inside(random.normal(size=400), random.normal()).values()) for _ in range(2000)])
    for share, expected in zip(held.mean(axis=0), (0.5, 0.8, 0.95), strict=True):
        assert abs(share - expected) / math.sqrt(expected * (1 - expected) / 2000) < 4


def figures(**years: float) -> Figures:
    rows = [
        worlds.figure("help.waiting.total", date(int(year[1:]), 12, 31), value)
        for year, value in years.items()
    ]
    return Figures(pl.DataFrame(rows, schema=FIGURES))


@pytest.mark.parametrize(
    ("known", "same", "trend"),
    [
        ({"y2021": 100.0, "y2022": 130.0}, 130.0, 190.0),
        ({"y2020": 100.0, "y2022": 130.0}, 130.0, 160.0),
        ({"y2021": 130.0, "y2022": 30.0}, 30.0, 0.0),
        ({"y2015": 10.0, "y2022": 130.0}, 130.0, None),
        ({"y2022": 130.0, "y2023": 900.0}, 130.0, None),
    ],
)
def test_naive_yardsticks(known, same, trend):
    found = naive(figures(**known), "help.waiting.total", date(2022, 12, 31))
    assert (found.same(), found.on_trend(2.0)) == (same, pytest.approx(trend, rel=0.01) if trend else trend)


def test_no_figure_no_yardstick():
    assert naive(figures(y2023=1.0), "help.waiting.total", date(2022, 12, 31)) is None


def test_scores_together():
    one = {
        "variant": "a",
        "series": "s",
        "error": -2.0,
        "crps": 1.0,
        "observed": 10.0,
        "same": 13.0,
        "trend": None,
    }
    other = {**one, "error": 4.0, "crps": 3.0, "observed": 20.0, "same": 19.0, "trend": 24.0}
    ranges = {"inside_50": False, "inside_80": True, "inside_95": True}
    points = pl.DataFrame([{**one, **ranges}, {**other, **ranges}]).with_columns(
        yardstick=pl.lit(None, pl.Float64)
    )
    assert summary(points, "variant").to_dicts() == [
        {
            "variant": "a",
            "points": 2,
            "error": 3.0,
            "bias": 1.0,
            "crps": 2.0,
            "inside_50": 0,
            "inside_80": 2,
            "inside_95": 2,
            "size": 15.0,
            "than_same": 1.0,
            "than_trend": 0.75,
            "than_yardstick": None,
        }
    ]
