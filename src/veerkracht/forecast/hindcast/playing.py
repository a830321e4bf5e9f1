"""Makes forecasts anew from days of the past, each with what was known then, and scores them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calibration.making import SETS, calibrated
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.hindcast.points import points
from veerkracht.forecast.hindcast.track import Track, made_of
from veerkracht.forecast.known import VARIANTS, region_on
from veerkracht.forecast.many import Progress
from veerkracht.forecast.rounds.start import check_start
from veerkracht.forecast.whole import RegionForecast, run_region
from veerkracht.region import Region
from veerkracht.rulebook.types import Text

# How far ahead is scored.
YEARS = 5
USUAL = Experiment(YEARS)
_NO_FILE = Text(
    "{region} heeft geen hindcast.toml: die zegt vanaf welke dagen en met welk plan er teruggekeken wordt.",
    "{region} has no hindcast.toml: it says from which days and with which plan to look back.",
)
_NOTHING = Text("Geen enkel programma kon gespeeld worden. {why}", "No programme could be played. {why}")
_NO_STARTS = Text("Er is geen dag om van te vertrekken.", "There is no day to start from.")

Part = tuple[str, ...]


@dataclass(frozen=True)
class _Past:
    """What is played, and how. `sets`: of a calibration; 0 leaves ranges as they are. `fitted`: those made so far."""

    region: Region
    plan_id: str
    how: Experiment
    sets: int
    fitted: dict[tuple[date, Part], Mapping[str, Real]] = field(default_factory=dict)

    def play(self, day: date, variant: str, part: Part, tell: Progress | None) -> RegionForecast:
        for programme in map(self.region.programme, part):
            if programme.handout == "round":  # here, where all days with figures can be named
                check_start(self.region, programme, day)
        years = self._years(day)
        seen = region_on(self.region, day, variant, self.plan_id, years)
        draws = Draws(self.how.seed, self.how.runs, sets=self._sets(day, part))
        how = replace(self.how, years=years, progress=tell, draws=draws)
        return run_region(seen, self.plan_id, day, programmes=part, how=how)

    def _years(self, day: date) -> int:
        """As far ahead as is asked, and not beyond the last year with figures."""
        until = self.region.hindcasts.until if self.region.hindcasts else None
        return self.how.years if until is None else max(1, min(self.how.years, until.year - day.year))

    def _sets(self, day: date, part: Part) -> Mapping[str, Real]:
        """The calibrated ensemble of a start, which both variants share; none where nothing is calibrated."""
        wanted = self.region.hindcasts.calibrated if self.region.hindcasts else ()
        if not self.sets or not set(part) & set(wanted):
            return {}
        if (day, part) not in self.fitted:
            made = calibrated(
                self.region, part, day, replace(self.how, runs=self.sets, executor=None, progress=None)
            )
            self.fitted[day, part] = made.by_name()
        return self.fitted[day, part]


def hindcast(
    region: Region,
    starts: Sequence[date] = (),
    programmes: Sequence[str] = (),
    variants: Sequence[str] = VARIANTS,
    sets: int = SETS,
    how: Experiment = USUAL,
) -> Track:
    """Forecasts from the days in `starts` (those that the region names), each scored on every figure that came later.

    A forecast sees the region as `region_on` gives it; only its scores see the figures. `sets`: how many sets of
    numbers a calibration keeps; 0: the ranges as the region gives them. Raises `ForecastFault` when the region does not
    say how to look back, and for a start from which nothing can be played.
    """
    if region.hindcasts is None:
        raise ForecastFault(_NO_FILE.fill(region=region.name))
    days = tuple(starts) or region.hindcasts.starts
    if not days:
        raise ForecastFault(_NO_STARTS)
    past = _Past(region, region.hindcasts.plan, how, sets)
    todo = [(day, part) for day in days for part in played_together(region, programmes)]
    found: list[pl.DataFrame] = []
    skipped: list[str] = []
    for number, (day, part) in enumerate(todo):
        tell = _part(how.progress, number, len(todo))
        for made, variant in _playable(past, day, part, variants, tell, skipped):
            found.append(points(made, variant, region.figures, region.hindcasts.yardsticks))
    if not found:
        raise ForecastFault(_NOTHING.fill(why=" ".join(skipped)))
    frame = pl.concat(found)
    names = set(frame.get_column("series").str.split(".").list.first())
    played = tuple(id for id in region.programmes if id in names)
    prints = made_of(region, past.plan_id, played)
    return Track(region.id, past.plan_id, played, days, how.runs, how.seed, frame, prints, tuple(skipped))


def _playable(
    past: _Past, day: date, part: Part, variants: Sequence[str], tell: Progress | None, skipped: list[str]
) -> Iterator[tuple[RegionForecast, str]]:
    """The forecasts of programmes from a day; where they can't be played together, those that can alone."""
    try:
        made = [(past.play(day, variant, part, tell), variant) for variant in variants]
    except ForecastFault as fault:
        if len(part) == 1:
            skipped.append(f"{part[0]} ({day}): {fault}")
        else:
            for alone in part:
                yield from _playable(past, day, (alone,), variants, tell, skipped)
        return
    yield from made


def played_together(region: Region, programmes: Sequence[str] = ()) -> list[Part]:
    """Programmes that are played apart: each that hands out in rounds, and the others together (they share staff)."""
    asked = tuple(programmes) or tuple(region.programmes)
    in_rounds = [(id,) for id in asked if region.programme(id).handout == "round"]
    others = tuple(id for id in asked if region.programme(id).handout != "round")
    return [*in_rounds, *([others] if others else [])]


def _part(progress: Progress | None, number: int, of: int) -> Progress | None:
    """Tells how far it is, as if every part took as long as another."""
    if progress is None:
        return None
    return lambda done, total: progress(round(100 * (number + done / total)), 100 * of)
