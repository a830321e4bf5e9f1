"""Makes forecasts anew from days of the past, each with what was known then, and scores them."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import date

import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calibration.making import SETS, calibrate
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.hindcast.known import VARIANTS, region_on
from veerkracht.forecast.hindcast.points import points
from veerkracht.forecast.hindcast.track import Track, made_of
from veerkracht.forecast.whole import run_region
from veerkracht.region import Region
from veerkracht.rulebook.types import Text

Progress = Callable[[int, int], None]
# How far ahead is scored.
YEARS = 5
_NO_FILE = Text(
    "{region} heeft geen hindcast.toml: die zegt vanaf welke dagen en met welk plan er teruggekeken wordt.",
    "{region} has no hindcast.toml: it says from which days and with which plan to look back.",
)
_NOTHING = Text("Geen enkel programma kon gespeeld worden. {why}", "No programme could be played. {why}")
_NO_STARTS = Text("Er is geen dag om van te vertrekken.", "There is no day to start from.")


def hindcast(
    region: Region,
    starts: Sequence[date] = (),
    programmes: Sequence[str] = (),
    variants: Sequence[str] = VARIANTS,
    runs: int = 200,
    seed: int = 1,
    workers: int = 1,
    progress: Progress | None = None,
    executor: Executor | None = None,
    years: int = YEARS,
    sets: int = SETS,
    calibrated: bool = True,
) -> Track:
    """Forecasts from the days in `starts` (those that the region names), each scored on every figure that came later.

    A forecast sees the region as `region_on` gives it; only its scores see the figures. Raises `ForecastFault` when
    the region does not say how to look back, and for a start without figures.
    """
    if region.hindcasts is None:
        raise ForecastFault(_NO_FILE.fill(region=region.name))
    days = tuple(starts) or region.hindcasts.starts
    if not days:
        raise ForecastFault(_NO_STARTS)
    asked = tuple(programmes) or tuple(region.programmes)
    plan_id = region.hindcasts.plan
    found: list[pl.DataFrame] = []
    skipped: list[str] = []
    todo = [
        (day, variant, part)
        for day in days
        for variant in variants
        for part in played_together(region, asked)
    ]
    fitted: dict[tuple[date, tuple[str, ...]], Mapping[str, Real]] = {}
    for number, (day, variant, part) in enumerate(todo):
        seen = region_on(region, day, variant, plan_id, years)
        tell = _part(progress, number, len(todo), runs)
        try:
            if calibrated and (day, part) not in fitted:
                fitted[day, part] = calibrate(region, part, day, sets, seed, workers).by_name()
            draws = Draws(seed, runs, sets=fitted.get((day, part), {}))
            made = run_region(
                seen, plan_id, day, None, years, runs, seed, workers, tell, executor, draws, part
            )
        except ForecastFault as fault:
            if programmes:
                raise
            skipped.append(f"{', '.join(part)} ({day}): {fault}")
            continue
        found.append(points(made, variant, region.figures, region.hindcasts.yardsticks))
    if not found:
        raise ForecastFault(_NOTHING.fill(why=" ".join(skipped)))
    frame = pl.concat(found)
    names = frame.get_column("series").str.split(".").list.first().unique().to_list()
    played = tuple(id for id in asked if id in names)
    prints = made_of(region, plan_id, played)
    return Track(region.id, plan_id, played, days, runs, seed, frame, prints, tuple(dict.fromkeys(skipped)))


def played_together(region: Region, programmes: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """Programmes that are played apart: each that hands out in rounds, and the others together (they share staff)."""
    asked = tuple(programmes) or tuple(region.programmes)
    in_rounds = [(id,) for id in asked if region.programme(id).handout == "round"]
    others = tuple(id for id in asked if region.programme(id).handout != "round")
    return [*in_rounds, *([others] if others else [])]


def _part(progress: Progress | None, number: int, of: int, runs: int) -> Progress | None:
    """Tells how many runs are done, as if all parts were one row of runs."""
    if progress is None:
        return None
    return lambda done, total: progress(number * runs + round(runs * done / total), of * runs)
