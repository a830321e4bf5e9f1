"""What may be asked of a forecast: plans of the region, people's own plans, and levers turned on top of one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count

from veerkracht import region
from veerkracht.region import Plan, Region, RegionFaults
from veerkracht.region.levers import Lever, plan_text
from veerkracht.register import clock
from veerkracht.register.care.turns import DEFAULT_RUNS, DEFAULT_SEED, DEFAULT_YEARS
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.plans.access import get_plan
from veerkracht.register.plans.reading import OWN, named, plan_of, read_text, slug
from veerkracht.rulebook.types import Text

QUICK_RUNS = 30
ADJUSTED = "adjusted"


@dataclass(frozen=True)
class Question:
    """What is asked of a forecast of the region.

    `against`: another plan to set beside it, "" for none. `start`: the register on that day's evening; None: as it
    stands. `turned`: levers by id with where they stand, on top of `plan`, from the day `turned_from` on.
    """

    plan: str
    against: str = ""
    start: date | None = None
    years: int = DEFAULT_YEARS
    runs: int = DEFAULT_RUNS
    seed: int = DEFAULT_SEED
    turned: tuple[tuple[str, float], ...] = ()
    turned_from: date | None = None

    @property
    def quick(self) -> "Question":
        """The same with fewer runs: for a first look."""
        return replace(self, runs=min(QUICK_RUNS, self.runs))

    @property
    def is_quick(self) -> bool:
        return self.runs <= QUICK_RUNS

    @property
    def day(self) -> date:
        return self.start or clock.today()


def region_for(actor: Actor, question: Question) -> tuple[Region, tuple[str, ...]]:
    """The region with the plans that are asked, and the ids under which they stand there: the plan first.

    Raises `Refused` for a plan that is not there or may not be seen, and `RegionFaults` for levers that do not fit.
    """
    here = region.current()
    asked = [question.plan, *([question.against] if question.against else [])]
    for id in asked:
        here = _with(here, plan_named(actor, id))
    if question.turned:
        here = _with(here, adjusted(here, question))
        asked[0] = ADJUSTED
    return here, tuple(asked)


def plan_named(actor: Actor, id: str) -> Plan:
    """A plan of the region, or an own plan that the actor may read. Raises `Refused`."""
    known = region.current().plans
    if id in known:
        return known[id]
    if not id.startswith(OWN) or not id[len(OWN) :].isdecimal():
        raise Refused()
    return plan_of(get_plan(actor, int(id[len(OWN) :])))


def adjusted(here: Region, question: Question) -> Plan:
    """The plan that the levers make on top of the plan that is asked. Raises `RegionFaults` where they make none."""
    name = here.plan(question.plan).name
    title = Text(f"{name.nl}, aangepast", f"{name.en}, adjusted")
    text = plan_text(ADJUSTED, title, _summary(here, question), question.plan, *_turned(here, question))
    plan, faults = read_text(text, here)
    if plan is None or faults:
        raise RegionFaults(list(faults))
    return plan


def text_to_keep(actor: Actor, question: Question, name: str) -> str:
    """What is asked as the text of a plan file that stands on plans of the region alone.

    Raises `Refused` for a plan that isn't there or may not be seen.
    """
    here, _ = region_for(actor, question)
    title = Text(name, name)
    set_, from_ = _turned(here, question)
    if question.plan in region.current().plans:
        return plan_text(slug(name), title, _summary(here, question), question.plan, set_, from_)
    base = get_plan(actor, int(question.plan.removeprefix(OWN)))
    taken = {measure.id for measure in here.plan(question.plan).measures}
    tables = [lever.table(value, from_, _free(lever.id, taken)) for lever, value in set_]
    return "\n".join([named(base.text, name), *tables])


def _turned(here: Region, question: Question) -> tuple[list[tuple[Lever, float]], date]:
    levers = {lever.id: lever for lever in here.levers}
    set_ = [(levers[id], value) for id, value in question.turned]
    return set_, question.turned_from or question.day


def _summary(here: Region, question: Question) -> Text:
    set_ = _turned(here, question)[0]
    return Text("; ".join(_said(set_, "nl")), "; ".join(_said(set_, "en")))


def _said(set_: Iterable[tuple[Lever, float]], language: str) -> list[str]:
    return [f"{lever.name.get(language)}: {value:g} {lever.unit.get(language)}" for lever, value in set_]


def _free(id: str, taken: Collection[str]) -> str:
    numbered = (f"{id}-{number}" for number in count(2))
    return next(one for one in chain([id], numbered) if one not in taken)


def _with(here: Region, plan: Plan) -> Region:
    return here if plan.id in here.plans else replace(here, plans={**here.plans, plan.id: plan})
