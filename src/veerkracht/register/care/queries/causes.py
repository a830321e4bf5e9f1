"""Why a forecast says what it says: by which causes a list changes, and which uncertain numbers move it most."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import polars as pl

from veerkracht.forecast.choices import flows
from veerkracht.forecast.choices.sensitivity import tornado
from veerkracht.forecast.choices.setting import Setting
from veerkracht.forecast.choices.waterfall import Waterfall, waterfall
from veerkracht.forecast.show import naming
from veerkracht.region.plans_together import chain
from veerkracht.register.care.queries import kept
from veerkracht.register.care.queries.forecasts import Answer, Progress, may_ask, starts_of
from veerkracht.register.care.queries.questions import Question, region_for
from veerkracht.register.care.queries.underway import PATIENCE, Underway, soon
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor

CAUSE_RUNS, NUMBER_RUNS = 60, 20

Found = TypeVar("Found", Waterfall, pl.DataFrame)


@dataclass(frozen=True)
class Why:
    """What is asked: of a forecast one series, on one day. Few runs do: plans and ends are compared run by run."""

    question: Question
    series: str
    on: date

    def played(self, runs: int) -> "Why":
        return replace(self, question=replace(self.question, runs=min(runs, self.question.runs)))


def series_of(answer: Answer) -> tuple[str, ...]:
    """The series of which it is counted why they change: who waits, in all and group by group."""
    return flows.stocks(answer.one.values)


def causes_soon(actor: Actor, why: Why, *, patience: float = PATIENCE) -> Waterfall | Underway:
    """What each cause brought of the difference between the plans, or since the start when there is one plan.

    Made beside the page when it is not kept. Raises `Refused`, also for a series of a programme that the actor may
    not see.
    """
    return _soon(actor, "waterfall", why.played(CAUSE_RUNS), _waterfall, patience)


def numbers_soon(actor: Actor, why: Why, *, patience: float = PATIENCE) -> pl.DataFrame | Underway:
    """Which uncertain numbers move the series most, in the same way."""
    return _soon(actor, "tornado", why.played(NUMBER_RUNS), _tornado, patience)


def _soon(
    actor: Actor, what: str, why: Why, make: Callable[[Setting, Why, Progress | None], Found], patience: float
) -> Found | Underway:
    may_ask(actor)
    if actor.programme not in ("", naming.owner_of(why.series)):
        raise Refused()
    here, plans = region_for(actor, why.question)
    asked = (what, [chain(here, plan) for plan in plans], why)
    named = replace(why, question=replace(why.question, plan=plans[0]))

    def made(progress: Progress | None) -> Found:
        question = why.question
        setting = Setting(
            here, question.day, starts_of(here, question.start), question.years, question.runs, question.seed
        )
        return kept.kept(asked, lambda: make(setting, named, progress))

    return soon(repr((what, actor.programme, why)), lambda: kept.is_there(asked), made, patience)


def _waterfall(setting: Setting, why: Why, progress: Progress | None) -> Waterfall:
    return waterfall(
        setting, why.question.plan, why.series, why.on, why.question.against or None, progress=progress
    )


def _tornado(setting: Setting, why: Why, progress: Progress | None) -> pl.DataFrame:
    return tornado(setting, why.question.plan, why.series, why.on, progress)
