"""The forecast of a whole region: every programme that can be played, on one plan, with the same luck.

Programmes that hand out money in rounds are played by `rounds`; those with places and teams are played together by
`services`, on one clock, because they share staff. What both share (the price index, the plan, the days for which
results are kept) is drawn and read once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import USUAL, Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.fitted.use import draws_of
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.many import Progress
from veerkracht.forecast.rounds import making as rounds
from veerkracht.forecast.rounds.result import Forecast
from veerkracht.forecast.rounds.start import Start, start_from_figures
from veerkracht.forecast.services import making as services
from veerkracht.forecast.services.result import ServicesForecast
from veerkracht.forecast.spread import plain_rows, spread
from veerkracht.region import Measure, Plan, Region
from veerkracht.rulebook.types import Programme, Text

Part = Forecast | ServicesForecast

_NOTHING_TO_PLAY = Text(
    "Geen van deze programma's zegt wat een vooruitblik nodig heeft: {names}.",
    "None of these programmes says what a forecast needs: {names}.",
)
_TWO_STARTS = Text(
    "{programme} start op {given} en de vooruitblik op {on}: dat moet dezelfde dag zijn.",
    "{programme} starts on {given} and the forecast on {on}: they must start on one day.",
)


@dataclass(frozen=True)
class RegionForecast:
    """A forecast of all programmes of a region on one plan.

    `values`: series name to its value in every run on every record date, float64[runs, J]; stocks as on the evening
    of the date, flows of the calendar year up to and with it, money in euro. `parts`: what was played together.
    `fitted`: what calibration the uncertain numbers come from.
    """

    region_id: str
    region_name: Text
    plan: Plan
    start: date
    end: date
    runs: int
    seed: int
    records: tuple[date, ...]
    parts: tuple[Part, ...]
    fitted: tuple[Text, ...] = ()

    @cached_property
    def values(self) -> dict[str, Real]:
        return {name: runs for part in self.parts for name, runs in part.values.items()}

    @cached_property
    def parameters(self) -> tuple[Uncertain, ...]:
        """Every uncertain number that was read, once."""
        known = {number.name: number for part in self.parts for number in part.parameters}
        return tuple(known.values())

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What the plan brings during the forecast, once for each measure."""
        known = {measure.id: measure for part in self.parts for measure in part.measures}
        return tuple(known.values())

    @cached_property
    def rests_on(self) -> tuple[Text, ...]:
        return tuple(dict.fromkeys((*(text for part in self.parts for text in part.rests_on), *self.fitted)))

    @property
    def rounds(self) -> tuple[Forecast, ...]:
        """The parts that hand out in rounds: they also know when each person's turn comes."""
        return tuple(part for part in self.parts if isinstance(part, Forecast))

    def first(self, runs: int) -> RegionForecast:
        """The forecast of its first runs alone: the same as one that asked for no more."""
        parts = tuple(part.first(runs) for part in self.parts)
        return self if runs >= self.runs else replace(self, runs=runs, parts=parts)

    def series(self) -> pl.DataFrame:
        """One row a series and date: series, date, p2_5 … p97_5, mean."""
        return self._series

    @cached_property
    def _series(self) -> pl.DataFrame:
        return spread(self.values, self.records)

    def plain(self) -> dict[str, Any]:
        """What `to_json` writes, as plain values."""
        found: dict[str, Any] = {
            "region": self.region_id,
            "plan": self.plan.id,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "runs": self.runs,
            "seed": self.seed,
            "series": plain_rows(self.series()),
        }
        details = {part.programme.id: part for part in self.rounds}
        found["turns"] = {id: plain_rows(part.turn_by_priority_date()) for id, part in details.items()}
        found["money"] = {id: plain_rows(part.money()) for id, part in details.items()}
        return found

    def to_json(self) -> str:
        """The forecast as JSON: what it is of, and `series`, a list of objects."""
        return json.dumps(self.plain(), ensure_ascii=False, indent=1)


def run_region(
    region: Region,
    plan_id: str,
    start: date,
    starts: Mapping[str, Start] | None = None,
    programmes: Sequence[str] | None = None,
    how: Experiment = USUAL,
) -> RegionForecast:
    """Play a plan for all programmes of a region, or for those named in `programmes`, from the evening of `start`.

    `starts`: where programmes that hand out in rounds start, by programme id (from the region's figures for those
    that aren't there). Interrupted inside `many.keeping_what_is_done`, it gives the runs that are done of every part.
    Raises `Fault` for what does not exist and `ForecastFault` for what can't be played.
    """
    in_rounds, others = _can_be_played(region, programmes)
    played = [programme.id for programme in (*in_rounds, *others)]
    drawn, fitted = draws_of(region, played, start, how.drawn)
    told = _Progress(how.progress, how.runs, len(in_rounds) + bool(others))
    parts: list[Part] = []
    for programme in in_rounds:
        from_ = _start(region, programme, start, starts or {})
        parts.append(rounds.run(region, programme, plan_id, from_, _one_part(how, drawn, told)))
        # Interrupted, the parts that follow play no more runs than this one.
        drawn = replace(drawn, runs=parts[-1].runs)
    if others:
        parts.append(services.run(region, others, plan_id, start, _one_part(how, drawn, told)))
    last = parts[-1]
    return RegionForecast(
        region.id,
        region.name,
        region.plan(plan_id),
        start,
        last.end,
        last.runs,
        how.seed,
        last.records,
        tuple(part.first(last.runs) for part in parts),
        fitted,
    )


def _one_part(how: Experiment, drawn: Draws, told: _Progress) -> Experiment:
    return replace(how, runs=drawn.runs, draws=drawn, progress=told.part())


def _can_be_played(
    region: Region, programmes: Sequence[str] | None
) -> tuple[list[Programme], tuple[Programme, ...]]:
    """The programmes that hand out in rounds, and those with places or teams."""
    chosen = [region.programme(id) for id in programmes] if programmes else list(region.programmes.values())
    in_rounds = [programme for programme in chosen if programme.handout == "round"]
    others = tuple(programme for programme in chosen if services.can_be_played(region, programme))
    if not in_rounds and not others:
        raise ForecastFault(_NOTHING_TO_PLAY.fill(names=", ".join(programme.id for programme in chosen)))
    return in_rounds, others


def _start(region: Region, programme: Programme, on: date, starts: Mapping[str, Start]) -> Start:
    given = starts.get(programme.id) or start_from_figures(region, programme, on)
    if given.date != on:
        raise ForecastFault(_TWO_STARTS.fill(programme=programme.id, given=given.date, on=on))
    return given


class _Progress:
    """Tells how many runs are done, as if all parts were one row of runs."""

    def __init__(self, tell: Progress | None, runs: int, parts: int) -> None:
        self._tell = tell
        self._runs = runs
        self._parts = parts
        self._begun = 0

    def part(self) -> Progress | None:
        tell = self._tell
        if tell is None:
            return None
        before = self._begun
        self._begun += 1

        def told(done: int, total: int) -> None:
            tell(round((before + done / total) * self._runs / self._parts), self._runs)

        return told
