"""Forecasts from the register's own list, kept on disk until the list, the money or the rules change."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain

import polars as pl

from veerkracht import forecast, region
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.fitted.use import draws_of
from veerkracht.forecast.many import Progress
from veerkracht.forecast.services import making as services
from veerkracht.forecast.services.result import ServicesForecast
from veerkracht.forecast.whole import Part, RegionForecast, run_region
from veerkracht.region import Region, measures
from veerkracht.register import clock
from veerkracht.register.care.access import require
from veerkracht.register.care.queries import kept
from veerkracht.register.care.queries.homes import with_registered_homes
from veerkracht.register.care.queries.questions import Question, region_for
from veerkracht.register.care.turns import start
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme

Starts = Callable[[], dict[str, forecast.Start]]
Group = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A forecast and, when another plan was asked beside it, what it does differently from that.

    `region`: with the plans that were played, also those that are somebody's own. `fictitious`: from a register of
    invented people.
    """

    one: RegionForecast
    against: RegionForecast | None
    difference: forecast.Difference | None
    region: Region
    fictitious: bool = False


def answer(actor: Actor, question: Question, progress: Progress | None = None) -> Answer:
    """The forecast of a plan from the register, and beside another plan; computed when it is not kept.

    Holds the programmes whose figures the actor may see. `progress(done, total)` counts runs. Raises `Refused` and
    the faults of `forecast.run`.
    """
    may_ask(actor)
    here, plans = _region(actor, question)
    groups = _groups(here, actor)
    starts = cache(lambda: starts_of(here, question.start))
    found = [
        _seen_by(actor, _made(here, plan, question, groups, starts, share_of(progress, number, len(plans))))
        for number, plan in enumerate(plans)
    ]
    one, other = found[0], found[1] if len(found) > 1 else None
    difference = forecast.compare(one, other) if other else None
    return Answer(one, other, difference, here, clock.demo_day() is not None)


def is_kept(actor: Actor, question: Question) -> bool:
    """Whether the answer is there at once."""
    may_ask(actor)
    here, plans = _region(actor, question)
    groups = _groups(here, actor)
    return all(kept.is_there(_asked(here, plan, group, question)) for plan in plans for group in groups)


def _region(actor: Actor, question: Question) -> tuple[Region, Group]:
    """The region with the plans that are asked, from the register's homes where it holds them all; and the plans."""
    here, plans = region_for(actor, question)
    return with_registered_homes(here, question.start), plans


def may_ask(actor: Actor) -> None:
    """Raise `Refused` for who may see no figures of the region, or of a programme that it does not have."""
    require("figures.read", actor, actor.programme)
    if not _groups(region.current(), actor):
        raise Refused()


def _made(
    here: Region,
    plan: str,
    question: Question,
    groups: list[Group],
    starts: Starts,
    progress: Progress | None,
) -> RegionForecast:
    """A plan, group by group of programmes: a group for which two plans do the same is played once."""
    drawn, fitted = draws_of(here, list(chain(*groups)), question.day, Draws(question.seed, question.runs))
    found = [
        _group(here, plan, group, question, starts, drawn, share_of(progress, number, len(groups)))
        for number, group in enumerate(groups)
    ]
    named = here.plan(plan)
    parts = tuple(replace(part, plan=named) for one in found for part in one.parts)
    return replace(found[0], plan=named, parts=parts, fitted=fitted)


def _group(
    here: Region,
    plan: str,
    group: Group,
    question: Question,
    starts: Starts,
    drawn: Draws,
    progress: Progress | None,
) -> RegionForecast:
    return kept.kept(
        _asked(here, plan, group, question),
        lambda: run_region(
            here,
            plan,
            question.day,
            starts(),
            group,
            _how(question, progress, drawn),
        ),
        is_short=question.is_quick,
    )


def _groups(here: Region, actor: Actor) -> list[Group]:
    """What can be played apart: each programme that hands out in rounds, and all others, which share their staff.

    Of these those in which something is for the actor to see.
    """
    alone = [(id,) for id, programme in here.programmes.items() if programme.handout == "round"]
    together = tuple(id for id, one in here.programmes.items() if services.can_be_played(here, one))
    groups = [*alone, *([together] if together else [])]
    return [group for group in groups if not actor.programme or actor.programme in group]


def _asked(here: Region, plan: str, group: Group, question: Question) -> tuple[object, ...]:
    in_rounds = here.programme(group[0]).handout == "round"
    # Staff is of no programme, and moves those with places and teams.
    matters = group if in_rounds else (*group, "")
    done = [measure for measure in measures(here, plan) if measure.programme in matters]
    homes = [told for id in group if (told := _homes(here, id))]
    return ("forecast", group, done, question.start, question.years, question.runs, question.seed, *homes)


def _homes(here: Region, programme: str) -> str:
    """What the region holds of the homes of a programme that the files do not; "" for nothing."""
    supply = here.supplies.get(programme)
    if supply is None or supply is region.current().supplies.get(programme):
        return ""
    own = here.figures.frame.filter(pl.col("series").str.starts_with(f"{programme}."))
    frames = " ".join(str(one.hash_rows().sum()) for one in (supply.stations, supply.awards, own))
    return f"{frames} {hash(supply.occupied)}"


def starts_of(here: Region, on: date | None) -> dict[str, forecast.Start]:
    """The register's own list of every programme that hands out in rounds."""
    in_rounds = (programme for programme in here.programmes.values() if programme.handout == "round")
    return {programme.id: start(programme, on) for programme in in_rounds}


def _seen_by(actor: Actor, found: RegionForecast) -> RegionForecast:
    """Without the programmes whose figures the actor may not see."""
    if not actor.programme:
        return found
    parts = (_part_of(part, actor.programme) for part in found.parts)
    return replace(found, parts=tuple(part for part in parts if part is not None))


def _part_of(part: Part, programme: str) -> Part | None:
    if not isinstance(part, ServicesForecast):
        return part if part.programme.id == programme else None
    programmes = tuple(one for one in part.programmes if one.id == programme)
    if not programmes:
        return None
    others = {one.id for one in part.programmes} - {programme}
    values = {name: runs for name, runs in part.values.items() if name.split(".")[0] not in others}
    return replace(
        part,
        programmes=programmes,
        values=values,
        parameters=tuple(one for one in part.parameters if one.owner not in others),
        measures=tuple(one for one in part.measures if one.programme not in others),
    )


def played(programme: Programme, question: Question, progress: Progress | None = None) -> forecast.Forecast:
    """A forecast of one programme that hands out in rounds, and that may be a draft; kept like any other."""
    here = region.current()
    return kept.kept(
        _asked_of(programme, question),
        lambda: forecast.run(
            here,
            programme,
            question.plan,
            start(programme, question.start),
            _how(question, progress),
        ),
    )


def _how(question: Question, progress: Progress | None, draws: Draws | None = None) -> forecast.Experiment:
    asked = forecast.Experiment(question.years, question.runs, question.seed)
    return replace(asked, progress=progress, draws=draws)


def is_played(programme: Programme, question: Question) -> bool:
    """Whether `played` has its forecast at once."""
    return kept.is_there(_asked_of(programme, question))


def _asked_of(programme: Programme, question: Question) -> tuple[object, ...]:
    return ("programme", programme, question)


def share_of(progress: Progress | None, number: int, of: int) -> Progress | None:
    """The progress of one of several forecasts (the first is 0) as part of the whole."""
    return None if progress is None else lambda done, total: progress(number * total + done, of * total)
