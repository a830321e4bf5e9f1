"""Plans: what could be done with money, places, teams, pay, training or rules, each a list of measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from veerkracht.rulebook.types import Assumption, Source, Text

# The kinds of measures, each with the key under which a plan file gives its number ("" when it has none).
KINDS = {
    "money": "amount",
    "places": "places",
    "cases": "cases",
    "pay": "percent",
    "training": "training_places",
    "rule": "",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a measure adds from a day on, in the unit of its kind. `amount` None: unknown, shown and never played."""

    from_: date
    amount: float | None
    low: float | None = None
    high: float | None = None
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """Euro a year of what is not money itself.

    `each`: of one place, case or training place, or, for pay, the wage cost of one full-time worker, of which the
    percent is paid for all whose pay it is; else of all of it.
    """

    amount: float
    low: float
    high: float
    each: bool
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something a plan does. In a plan as it is written one measure has `steps`; `dated` takes them apart.

    `kind`, one of `KINDS`, says what `number` counts: "places" (places that are added), "cases" (children or
    families that teams can help at one time), "pay" (percent), "training" (training places a year); "money" has its
    number in `amount_cents_per_year`, "rule" has none. Each number is what is added from the day `from_` on, to what
    the steps and measures before it gave. Recurrent money stays until `until` (None: for good) and comes back when who
    got it leaves, one-off money is given once. The range is in `assumption`. `known`: False when the number is
    unknown. `to`: the pot of money it is for; "" when the split of the programme decides.

    `decided`: the day on which it was decided (None: on `from_`). `on_top_of`: the plan or measure it comes on top
    of; "" is the plan that this one builds on. `envelope`: the envelope of the plan, or of the region's money, that
    pays it. `area`: the code of a municipality, zone, region or province; "" is the whole region. `sector`,
    `profession`: of staff, "" is all; money with a sector pays extra posts there.
    `section`, `item`, `change`: of a rule, what is changed in the programme file and the new values. `of`: the id of
    the measure as it is written; "" when it stands as it is written.
    """

    id: str
    programme: str
    kind: str
    name: Text
    amount_cents_per_year: int
    recurrent: bool
    from_: date
    until: date | None
    to: str
    source: Source | None
    assumption: Assumption | None
    number: float | None = None
    known: bool = True
    decided: date | None = None
    on_top_of: str = ""
    envelope: str = ""
    steps: tuple[Step, ...] = ()
    area: str = ""
    shares: dict[str, float] = field(default_factory=dict, hash=False)
    sector: str = ""
    profession: str = ""
    section: str = ""
    item: str = ""
    change: dict[str, Any] = field(default_factory=dict, hash=False)
    cost: Cost | None = None
    of: str = ""

    @property
    def known_from(self) -> date:
        """The day from which it is known that this will be done."""
        return self.decided or self.from_

    @property
    def places(self) -> float:
        return self._number_of("places")

    @property
    def cases(self) -> float:
        return self._number_of("cases")

    @property
    def percent(self) -> float:
        return self._number_of("pay")

    @property
    def training_places(self) -> float:
        return self._number_of("training")

    def _number_of(self, kind: str) -> float:
        return (self.number or 0.0) if self.kind == kind else 0.0

    def dated(self) -> tuple[Measure, ...]:
        """A measure for each step and each area, in the order of their days; itself when it is one."""
        if not self.steps and not self.shares:
            return (self,)
        parts = [part for step in self._own_steps() for part in self._in_areas(step)]
        return tuple(sorted(parts, key=lambda part: part.from_))

    def _own_steps(self) -> tuple[Step, ...]:
        assumed = self.assumption or Assumption(Text())
        alone = Step(self.from_, self.number, assumed.low, assumed.high)
        return self.steps or (alone,)

    def _in_areas(self, step: Step) -> Iterator[Measure]:
        if not self.shares:
            yield self._part(step, f"{self.id}-{step.from_}", self.area, 1.0)
            return
        rest = 1.0 - sum(self.shares.values())
        shares = {**self.shares, self.area: rest} if rest > 1e-9 else self.shares
        for area, share in shares.items():
            yield self._part(step, f"{self.id}-{step.from_}{'-' if area else ''}{area}", area, share)

    def _part(self, step: Step, id: str, area: str, share: float) -> Measure:
        known = step.amount is not None
        amount = (step.amount or 0.0) * share
        is_money = self.kind == "money"
        return replace(
            self,
            id=id,
            of=self.id,
            steps=(),
            shares={},
            area=area,
            from_=step.from_,
            decided=step.decided or self.decided,
            known=known,
            amount_cents_per_year=round(amount * 100) if is_money else 0,
            number=amount if known and not is_money else None,
            assumption=_with_range(self.assumption, step, share),
            cost=self._share_of_cost(amount),
        )

    def _share_of_cost(self, amount: float) -> Cost | None:
        """The part of the cost of the whole that goes with so much of it."""
        total = sum(step.amount or 0.0 for step in self._own_steps())
        if self.cost is None or self.cost.each or not total:
            return self.cost
        share = amount / total
        low, high = self.cost.low * share, self.cost.high * share
        return replace(self.cost, amount=self.cost.amount * share, low=low, high=high)


def _with_range(assumption: Assumption | None, step: Step, share: float) -> Assumption | None:
    if assumption is None:
        return None
    low = assumption.low if step.low is None else step.low
    high = assumption.high if step.high is None else step.high
    scaled = [None if end is None else end * share for end in (low, high)]
    return replace(assumption, low=scaled[0], high=scaled[1])


@dataclass(frozen=True, slots=True)
class Envelope:
    """Money that was announced or agreed, in cents a year (one-off: in all), out of which measures are paid.

    `amount_cents` None: unknown. `within`: the envelope of this plan, of one below or of the region's money, that it
    is a part of.
    """

    id: str
    name: Text
    amount_cents: int | None
    recurrent: bool
    decided: date
    within: str
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`builds_on`: the id of the plan whose measures hold too; "" when it stands alone.

    `measures`: as they are written, see `Measure.dated`.
    """

    id: str
    name: Text
    summary: Text
    builds_on: str
    measures: tuple[Measure, ...]
    envelopes: tuple[Envelope, ...] = ()
