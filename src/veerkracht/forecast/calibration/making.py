"""Calibrates: plays the years before a start with an ensemble of sets, and fits it to the figures known by then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calendar import YEAR
from veerkracht.forecast.calibration import smoother
from veerkracht.forecast.calibration.smoother import Played
from veerkracht.forecast.calibration.windows import Window, targets, windows
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.fingerprint import fingerprint
from veerkracht.forecast.fitted.ensemble import Calibration, Target, load, path_of
from veerkracht.forecast.inputs import MEASURE, Uncertain
from veerkracht.forecast.known import KNOWN, region_on
from veerkracht.forecast.many import check_size
from veerkracht.forecast.whole import RegionForecast, run_region
from veerkracht.region import Region
from veerkracht.rulebook.types import Text

LEAST = 60
SETS = 250
USUAL = Experiment(runs=SETS)
# For each year that a figure is old its variance counts so much more: what was usual drifts.
_FADES = 0.25
_TOO_FEW = Text(
    "Met {runs} reeksen getallen valt er niets te kalibreren: verwacht werden er minstens {least}.",
    "There is nothing to calibrate with {runs} sets of numbers: expected at least {least}.",
)


@dataclass(frozen=True)
class _Deviations(Draws):
    """Numbers that lie so many standard deviations from the middle of their range, whatever that is on the day."""

    z: Mapping[str, Real] = field(default_factory=dict)
    asked: dict[str, Uncertain] = field(default_factory=dict)

    def of(self, number: Uncertain) -> Real:
        self.asked[number.name] = number
        return number.at(self.z[number.name]) if number.name in self.z else super().of(number)


@dataclass(frozen=True)
class _Past:
    """What is played again, and how; a year is as long as each stretch says."""

    region: Region
    plan_id: str
    programmes: tuple[str, ...]
    how: Experiment

    def play(
        self,
        window: Window,
        number: int,
        z: Mapping[str, Real],
        asked: dict[str, Uncertain] | None = None,
    ) -> RegionForecast:
        """One stretch, with luck of its own. `asked` gets the uncertain numbers that were asked for."""
        seed = 1000 * self.how.seed + number
        draws = _Deviations(seed, self.how.runs, sets={}, z=z, asked={} if asked is None else asked)
        how = replace(self.how, years=window.years, seed=seed, draws=draws)
        return run_region(self.region, self.plan_id, window.start, programmes=self.programmes, how=how)


def calibrate(
    region: Region,
    programmes: tuple[str, ...],
    start: date,
    how: Experiment = USUAL,
) -> Calibration:
    """An ensemble of as many sets as runs are asked of the uncertain numbers of programmes that are played together.

    Only what was known on the start is used (see `known.region_on`). Where the past can't be played (no
    figures before the start) the sets are draws from the ranges as they are. The same seed gives the same sets.
    Raises `ForecastFault` for too few sets and for a start without figures.
    """
    runs, seed = how.runs, how.seed
    check_size(runs, how.workers)
    if runs < LEAST:
        raise ForecastFault(_TOO_FEW.fill(runs=runs, least=LEAST))
    plan_id = region.hindcasts.plan if region.hindcasts else region.turns_plan
    seen = region_on(region, start, KNOWN, plan_id, 1)
    past = _Past(seen, plan_id, programmes, replace(how, progress=None))
    stretches = windows(seen, tuple(map(seen.programme, programmes)), start)
    numbers = _uncertain(replace(past, how=replace(past.how, runs=1)), stretches, start)
    names = [number.name for number in numbers]
    z = np.array([luck.normals(seed, runs, name) for name in names]).reshape(len(names), runs).T
    used: list[Target] = []
    total = smoother.PASSES * len(stretches)
    for done, passed in enumerate(_passes(past, stretches, names, z, used)):
        if passed is not None:
            z = passed
        if how.progress:
            how.progress(done + 1, total)
    return Calibration(
        region_id=region.id,
        programmes=programmes,
        start=start,
        seed=seed,
        numbers=numbers,
        sets=np.array([number.at(z[:, at]) for at, number in enumerate(numbers)]).reshape(len(names), runs).T,
        figures=tuple(used),
        made_of=fingerprint(seen, plan_id, programmes),
    )


def calibrated(region: Region, programmes: tuple[str, ...], start: date, how: Experiment) -> Calibration:
    """The ensemble that the region keeps, when it was made of the same; else a new one."""
    path = path_of(region, programmes, start)
    if path.exists():
        kept = load(path)
        plan_id = region.hindcasts.plan if region.hindcasts else region.turns_plan
        seen = region_on(region, start, KNOWN, plan_id, 1)
        asked = (fingerprint(seen, plan_id, programmes), how.seed, how.runs)
        if (kept.made_of, kept.seed, len(kept.sets)) == asked:
            return kept
    return calibrate(region, programmes, start, how)


def _uncertain(past: _Past, stretches: tuple[Window, ...], start: date) -> tuple[Uncertain, ...]:
    """The numbers with a range that a forecast from a day and some stretch of the past both read, as they hold on the
    day. Not the money of plans: what is uncertain of it in the past is chance."""
    coming: dict[str, Uncertain] = {}
    gone: dict[str, Uncertain] = {}
    past.play(Window(start, start.replace(year=start.year + 1)), 0, {}, coming)
    for window in stretches:
        past.play(window, 0, {}, gone)
    return tuple(
        number
        for name, number in coming.items()
        if name in gone and number.low < number.high and not name.startswith(MEASURE)
    )


def _passes(
    past: _Past, stretches: tuple[Window, ...], names: list[str], z: Real, used: list[Target]
) -> Iterator[Real | None]:
    """Plays every stretch in every pass: None after each but the last of a pass, then the sets that it gives."""
    random = np.random.default_rng(past.how.seed)
    moves = None
    for _ in range(smoother.PASSES if stretches else 0):
        played: list[Played] = []
        for number, window in enumerate(stretches):
            made = past.play(window, number + 1, dict(zip(names, z.T, strict=True)))
            found = targets(past.region.figures, list(made.values), window, made.records)
            played.append(_played(made, found, _age(window, stretches[-1].end)))
            if moves is None:
                used.extend(found)
            if number + 1 < len(stretches):
                yield None
        if moves is None:
            moves = smoother.moving(z, played)
        if moves.any():
            z = z.copy()
            z[:, moves] = smoother.one_pass(z[:, moves], played, random)
        yield z


def _age(window: Window, until: date) -> float:
    return (until - window.end).days / YEAR


def _played(made: RegionForecast, found: list[Target], age: float) -> Played:
    columns = [made.values[one.series][:, made.records.index(one.on)] for one in found]
    return Played(
        np.column_stack(columns) if columns else np.zeros((made.runs, 0)),
        np.array([one.value for one in found]),
        np.array([one.deviation for one in found]),
        1.0 + _FADES * age,
    )
