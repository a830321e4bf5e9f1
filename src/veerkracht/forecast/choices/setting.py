"""What every question about choices plays: a region from a day on, plan after plan, always with the same luck.

A question plays the years tens or hundreds of times, so each time takes few runs and only the programmes that matter to
what is asked; the answer is then played once more, with all runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calendar import Calendar
from veerkracht.forecast.difference import Played
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.fitted.use import draws_of
from veerkracht.forecast.many import Progress, check_size
from veerkracht.forecast.rounds.start import Start, start_from_figures
from veerkracht.forecast.whole import RegionForecast, run_region
from veerkracht.region import Plan, Region
from veerkracht.rulebook.types import Text

# `tell(done, total)`: how many of the times that the years are played are done.

_FRESH = 1_000_003  # added to the seed

_NO_SERIES = Text(
    "Er is geen reeks “{asked}” in deze vooruitblik; {hint}.",
    "There is no series “{asked}” in this forecast; {hint}.",
)
_LIKE = Text("lijkt het op {names}", "it is like {names}")
_ALL = Text("er zijn: {names}", "there are: {names}")
_SEVERAL = Text(
    "“{asked}” kan elk van deze reeksen zijn: {names}. Schrijf de naam voluit.",
    "“{asked}” can be each of these series: {names}. Write the name in full.",
)
_NO_DATE = Text(
    "Er zijn geen uitkomsten van {asked}: wel van de start ({first}) en van elke 30 juni en 31 december tot {last}.",
    "There are no outcomes of {asked}: there are of the start ({first}), and of each 30 June and 31 December up to "
    "{last}.",
)
_FROM = Text(
    "Geld vanaf {from_} kan niets doen aan {by}: een dag na {start} en voor {by} wordt verwacht.",
    "Money from {from_} can do nothing about {by}: expected a day after {start} and before {by}.",
)


@dataclass(frozen=True)
class Setting:
    """A region from the evening of `start`.

    `starts`: where programmes that hand out in rounds start, by programme id; from the figures for those not there.
    `sets`: an ensemble, as in `Draws`; None: that of the region's calibration that fits the start.
    `programmes`: what is played; None is all.
    """

    region: Region
    start: date
    starts: Mapping[str, Start] = field(default_factory=dict)
    years: int = 10
    runs: int = 40
    seed: int = 1
    workers: int = 1
    executor: Executor | None = None
    sets: Mapping[str, Real] | None = None
    programmes: tuple[str, ...] | None = None

    @property
    def last_record(self) -> date:
        """The last day of which there are outcomes."""
        return Calendar(self.start, self.years, ()).records[-1]

    @property
    def experiment(self) -> Experiment:
        """How the years are played."""
        return Experiment(self.years, self.runs, self.seed, self.workers, self.executor)

    @property
    def fresh(self) -> Setting:
        """The same with luck that a search with this setting has not met."""
        return replace(self, seed=self.seed + _FRESH)

    @property
    def draws(self) -> Draws:
        """Where the value of every uncertain number comes from, the sets of a calibration included."""
        programmes = self.programmes or tuple(self.region.programmes)
        return draws_of(self.region, programmes, self.start, Draws(self.seed, self.runs, self.sets))[0]

    def play(self, plan: str | Plan, draws: Draws | None = None) -> RegionForecast:
        """Play a plan of the region, or a draft that is in no file. Raises `Fault` as `run_region` does, and
        `KeyboardInterrupt` when it was interrupted."""
        region = self.region
        if isinstance(plan, Plan):
            region = replace(region, plans={**region.plans, plan.id: plan})
            plan = plan.id
        made = run_region(
            region,
            plan,
            self.start,
            self._starts,
            self.programmes,
            replace(self.experiment, draws=draws or self.draws),
        )
        if made.runs < self.runs:  # what was asked of it can't be answered with some of its runs
            raise KeyboardInterrupt
        return made

    @cached_property
    def _starts(self) -> dict[str, Start]:
        """The starts of all rounds, so that none is made from figures each time that the years are played."""
        chosen = self.programmes or tuple(self.region.programmes)
        in_rounds = [id for id in chosen if self.region.programme(id).handout == "round"]
        made = {
            id: start_from_figures(self.region, self.region.programme(id), self.start)
            for id in in_rounds
            if id not in self.starts
        }
        return {**self.starts, **made}

    def narrowed(self, plan_id: str, asked: Sequence[str]) -> tuple[Setting, tuple[str, ...]]:
        """The same, playing no more than what moves these series; and their names in full.

        One run tells which series there are. Raises `ForecastFault` for a series that isn't there.
        """
        check_size(self.runs, self.workers)
        full = all(name.startswith(tuple(f"{id}." for id in self.region.programmes)) for name in asked)
        known = replace(self, programmes=self._moving(asked)) if full else self
        names = tuple(replace(known, runs=1).play(plan_id).values)
        series = tuple(series_name(names, name) for name in asked)
        return replace(self, programmes=self._moving(series)), series

    def moved_by(self, programmes: Sequence[str]) -> Setting:
        """The same, playing no more than what measures for these programmes move ("": for staff)."""
        return replace(self, programmes=self._moving([f"{id}." for id in programmes]))

    def _moving(self, series: Sequence[str]) -> tuple[str, ...] | None:
        """The programmes that these series hang on; None for all.

        A programme that hands out in rounds stands alone; those with places and teams share their staff.
        """
        ids = tuple(self.region.programmes) if self.programmes is None else self.programmes
        owners = {name.split(".")[0] for name in series}
        together = any(id not in ids or not self._in_rounds(id) for id in owners)
        return tuple(id for id in ids if id in owners or (together and not self._in_rounds(id)))

    def _in_rounds(self, id: str) -> bool:
        return self.region.programme(id).handout == "round"


def series_name(names: Sequence[str], asked: str) -> str:
    """The series that somebody asks for, in full or without the programme where one programme has it.

    Raises `ForecastFault` for one that isn't there, or when it can be several.
    """
    if asked in names:
        return asked
    ending = [name for name in names if name.endswith(f".{asked}")]
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise ForecastFault(_SEVERAL.fill(asked=asked, names=", ".join(ending)))
    known = {name.split(".", 1)[-1]: name for name in names} | {name: name for name in names}
    close = list(dict.fromkeys(known[one] for one in get_close_matches(asked, known, n=3)))
    hint = _LIKE.fill(names=", ".join(close)) if close else _ALL.fill(names=", ".join(names))
    raise ForecastFault(_NO_SERIES.fill(asked=asked, hint=hint))


def column(played: Played, on: date) -> int:
    """Which column of the values is of a date. Raises `ForecastFault` for a date without outcomes."""
    if on not in played.records:
        first, last = played.records[0], played.records[-1]
        raise ForecastFault(_NO_DATE.fill(asked=f"{on}", first=f"{first}", last=f"{last}"))
    return played.records.index(on)


def check_days(setting: Setting, from_: date, by: date) -> None:
    """Raises `ForecastFault` when money from a day on can't change what is on another."""
    if not setting.start < from_ < by:
        raise ForecastFault(_FROM.fill(from_=f"{from_}", by=f"{by}", start=f"{setting.start}"))


class Steps:
    """Counts how often the years were played, and tells it."""

    def __init__(self, tell: Progress | None, total: int) -> None:
        self._tell = tell
        self._total = total
        self.done = 0

    def step(self) -> None:
        self.done += 1
        if self._tell:
            self._tell(min(self.done, self._total), self._total)
