"""What extra money can be spent on, and the measures that it then pays for.

Every pot of a programme that hands out money in rounds is one, and every measure of another kind (places, cases, pay,
training) whose cost is known: of the plan, or made by one of the region's levers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.plans.numbers import CENTS
from veerkracht.forecast.services.without_norm import backlog_on
from veerkracht.region import Measure, Plan, Region
from veerkracht.region.levers import plan_text
from veerkracht.region.one_plan import read_plan_text
from veerkracht.region.plans import Cost, Step
from veerkracht.region.plans_together import chain
from veerkracht.rulebook.types import Assumption, Programme, Text

WHY = Text("Wat als: niemand heeft dit beslist.", "What if: nobody decided this.")
_OF_POT = Text("{programme}: {pot}", "{programme}: {pot}")
_NORM = Text("Zware zorg aan de norm", "Heavy care at the norm")
_NO_USE = Text(
    "Geld kan niet gaan naar “{asked}”. Het kan naar: {there}.",
    "Money can't go to “{asked}”. It can go to: {there}.",
)
_NONE = Text(
    "Er is niets waaraan extra geld kan gaan: geen programma met geld in rondes, en geen maatregel met een kost.",
    "There is nothing that extra money can go to: no programme with money in rounds, and no measure with a cost.",
)


@dataclass(frozen=True)
class Use:
    """Something that money can be spent on.

    `measure`: what it does, without an amount. `price`: euro a year for one of what the measure counts, with its range;
    None for money itself.
    """

    id: str
    name: Text
    measure: Measure
    price: Cost | None = None

    def amount(self, euro: float) -> float:
        """How much so many euro a year bring, in the unit of the measure: euro, places, cases, percent."""
        return euro if self.price is None else euro / self.price.amount

    def bought(self, euro: float, days: Sequence[date]) -> Measure:
        """The measure that spends so many euro a year more from each of these days on."""
        amount = self.amount(euro)
        is_money = self.price is None
        made = replace(
            self.measure,
            id=f"{self.measure.id}-extra",
            amount_cents_per_year=round(amount * CENTS) if is_money else 0,
            number=None if is_money else amount,
            from_=days[0],
            assumption=Assumption(WHY, amount, amount),
        )
        if len(days) == 1:
            return made
        return replace(made, steps=tuple(Step(day, amount, amount, amount) for day in days))


def uses_of(region: Region, plan_id: str, from_: date) -> dict[str, Use]:
    """All that extra money can go to on top of a plan, by id. Raises `ForecastFault` when there is nothing."""
    found = {use.id: use for programme in region.programmes.values() for use in _pots(programme, from_)}
    found |= {use.id: use for use in _at_the_norm(region, from_)}
    written = [measure for plan in chain(region, plan_id) for measure in plan.measures]
    for measure in (*written, *_of_levers(region, from_)):
        use = _costed(measure)
        if use is not None:
            found.setdefault(use.id, use)
    if not found:
        raise ForecastFault(_NONE)
    return found


def use_named(uses: dict[str, Use], asked: str) -> Use:
    """The use that somebody names, in full or without its programme. Raises `ForecastFault` naming those there are."""
    ending = [use for id, use in uses.items() if id == asked or id.endswith(f".{asked}")]
    if len(ending) == 1 or asked in uses:
        return uses.get(asked, ending[0])
    close = get_close_matches(asked, uses, n=3)
    there = [id for id in uses if id in close or not close]
    raise ForecastFault(_NO_USE.fill(asked=asked, there=", ".join(there)))


def whole_programme(programme: Programme, from_: date) -> Use:
    """Money for a programme that hands out in rounds, shared over its pots by its own split."""
    return Use(programme.id, programme.name, _measure(programme, "", programme.name, from_))


def _pots(programme: Programme, from_: date) -> Iterable[Use]:
    """Each group of a programme that hands out money in rounds."""
    if programme.handout != "round" or not programme.round.dates:
        return
    for group in programme.groups:
        name = _OF_POT.fill(programme=programme.name, pot=group.name)
        yield Use(f"{programme.id}.{group.id}", name, _measure(programme, group.id, name, from_))


def _at_the_norm(region: Region, from_: date) -> Iterable[Use]:
    """Money that finances residents with heavy care at the norm, as long as some of them are not."""
    told = backlog_on(region, from_)
    if told is None or not told.measure:
        return
    written = (one for plan in region.plans.values() for one in plan.measures if one.id == told.measure)
    name = next((one.name for one in written), _NORM)
    measure = _measure(region.programme(told.programme), "", name, from_)
    yield Use(f"{told.programme}.{told.measure}", name, replace(measure, id=told.measure))


def _measure(programme: Programme, to: str, name: Text, from_: date) -> Measure:
    return Measure(
        id=f"{programme.id}-{to}" if to else programme.id,
        programme=programme.id,
        kind="money",
        name=name,
        amount_cents_per_year=0,
        recurrent=True,
        from_=from_,
        until=None,
        to=to,
        source=None,
        assumption=Assumption(WHY, 0.0, 0.0),
    )


def _costed(measure: Measure) -> Use | None:
    """A measure that isn't money, when it is known what one of what it counts costs in a year."""
    cost = measure.cost
    amount = sum(step.amount or 0.0 for step in measure.steps) or measure.number or 0.0
    if measure.kind in ("money", "rule") or cost is None or cost.amount <= 0 or amount <= 0:
        return None
    one = 1.0 if cost.each else 1.0 / amount
    price = replace(cost, amount=cost.amount * one, low=cost.low * one, high=cost.high * one, each=True)
    bare = replace(measure, steps=(), until=None, cost=price, decided=None, envelope="", on_top_of="")
    owner = measure.programme or measure.sector
    return Use(f"{owner}.{measure.id}" if owner else measure.id, measure.name, bare, price)


def _of_levers(region: Region, from_: date) -> Iterable[Measure]:
    """What the region's levers do when they stand at their highest."""
    base = next(iter(region.plans), "")
    for lever in region.levers:
        text = plan_text("levers", lever.name, lever.name, base, [(lever, lever.most)], from_)
        plan: Plan | None = read_plan_text(region, text)[0]
        if plan is not None:
            yield from plan.measures
