"""A small region whose past is known, because it was played with numbers that the test chose."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.forecast import worlds
from veerkracht import forecast
from veerkracht.forecast.experiment import Experiment
from veerkracht.region import Region

FIRST, NOW = date(2020, 12, 31), date(2023, 12, 31)
GROUPS = ("group-1", "group-2", "group-3")
# What the region's file says: far from the truth, and wide.
BEFORE: dict[str, Any] = {
    "arrivals.group-2": (100.0, 50.0, 180.0),
    "exit.group-2": (0.05, 0.01, 0.15),
    "arrivals.group-3": (50.0, 20.0, 90.0),
    "decline.group-1": (0.1, 0.05, 0.2),
}
TRUTH = {"arrivals.group-2": 150.0, "exit.group-2": 0.04, "arrivals.group-3": 30.0}


def region(seed: int = 1, folder: Path = Path("/nowhere"), before: dict[str, Any] | None = None) -> Region:
    """The region as its files would be today: figures of every year, published half a year later."""
    programme = worlds.programme(TRUTH)
    waiting = worlds.waiting(300, 2)
    made = forecast.run(
        worlds.region(programme),
        programme,
        "nothing",
        replace(worlds.start(waiting), date=FIRST),
        Experiment(3, 1, seed),
    )
    figures = [
        {
            **worlds.figure(f"help.waiting.{group}", day, float(made.values[f"help.waiting.{group}"][0, at])),
            "published": date(day.year + 1, 6, 1),
        }
        for at, day in enumerate(made.records)
        for group in GROUPS
        if day.month == 12
    ]
    found = worlds.region(worlds.programme(BEFORE if before is None else before), figures=figures)
    return replace(found, folder=folder)
