"""Plans: what could be done with money or rules, each a list of measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from veerkracht.region.programmes import UNREAD_DATE, read_id
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Assumption, Source, Text


@dataclass(frozen=True, slots=True)
class Measure:
    """Money for a programme. `to`: the pot it is for; "" when the split of the programme decides.

    `amount_cents_per_year`: what is added from the day `from_` on; recurrent money stays until `until`
    (None: for good) and comes back when who got it leaves, one-off money is given once.
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


@dataclass(frozen=True, slots=True)
class Plan:
    """`builds_on`: the id of the plan whose measures hold too; "" when it stands alone."""

    id: str
    name: Text
    summary: Text
    builds_on: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class PlanFile:
    """A plan with the readers of its file, so that what is wrong between files can be noted with its line."""

    plan: Plan
    reader: Reader
    measures: tuple[tuple[Measure, Reader], ...]


def read_plan(reader: Reader) -> PlanFile | None:
    """The plan that a file describes; None when it has no id. Notes every fault of form."""
    read = [(_measure(table), table) for table in reader.tables("measure")]
    measures = tuple((measure, table) for measure, table in read if measure is not None)
    plan = Plan(
        id=read_id(reader),
        name=reader.words("name"),
        summary=reader.words("summary", required=False),
        builds_on=reader.string("builds_on", required=False),
        measures=tuple(measure for measure, _ in measures),
    )
    reader.done()
    return PlanFile(plan, reader, measures) if plan.id else None


def _measure(reader: Reader) -> Measure | None:
    source, assumption = reader.origin(number=True)
    amount = reader.number("amount")
    from_ = reader.day("from")
    measure = Measure(
        id=read_id(reader),
        programme=reader.string("programme"),
        kind=reader.choice("kind", ("money",), "money"),
        name=reader.words("name"),
        amount_cents_per_year=_cents(reader, amount),
        recurrent=reader.flag("recurrent", default=True),
        from_=from_ or UNREAD_DATE,
        until=reader.day("until", required=False),
        to=reader.string("to", required=False),
        source=source,
        assumption=assumption,
    )
    if from_ and measure.until and measure.until <= from_:
        reader.fault("until", "This ends before it begins.", measure.until, f"a date after {from_}")
    reader.done()
    return measure if measure.id else None


def _cents(reader: Reader, amount: float | None) -> int:
    cents = Decimal(str(amount or 0)) * 100
    if cents != int(cents):
        reader.fault("amount", "This amount has parts of a cent.", amount, "euro with at most two decimals")
    return int(cents)
