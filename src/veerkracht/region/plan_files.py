"""Reads a plan file: its form here, what it refers to in `plan_checks`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.plans import KINDS, Cost, Envelope, Measure, Plan, Step
from veerkracht.region.reader import Reader
from veerkracht.region.years import every_year
from veerkracht.rulebook.types import Assumption, Source

SPREADS = ("at-once", "quarters")
_SHARED = 1 + 1e-9


@dataclass(frozen=True)
class PlanFile:
    """A plan with the readers of its file, so that what is wrong between files can be noted with its line."""

    plan: Plan
    reader: Reader
    measures: tuple[tuple[Measure, Reader], ...]
    envelopes: tuple[tuple[Envelope, Reader], ...] = ()


def read_plan(reader: Reader) -> PlanFile | None:
    """The plan that a file describes; None when it has no id. Notes every fault of form."""
    tables = [(_measure(table), table) for table in reader.tables("measure")]
    measures = tuple((measure, table) for measure, table in tables if measure is not None)
    pots = [(_envelope(table), table) for table in reader.tables("envelope")]
    envelopes = tuple((envelope, table) for envelope, table in pots if envelope is not None)
    plan = Plan(
        id=read_id(reader),
        name=reader.words("name"),
        summary=reader.words("summary", required=False),
        builds_on=reader.string("builds_on", required=False),
        measures=tuple(measure for measure, _ in measures),
        envelopes=tuple(envelope for envelope, _ in envelopes),
    )
    reader.done()
    return PlanFile(plan, reader, measures, envelopes) if plan.id else None


def _envelope(reader: Reader) -> Envelope | None:
    unknown = reader.flag("unknown", default=False)
    source, assumption = reader.origin(number=not unknown)
    amount = None if unknown else reader.number("amount", low=0)
    envelope = Envelope(
        id=read_id(reader),
        name=reader.words("name"),
        amount_cents=None if amount is None else _cents(reader, amount),
        recurrent=_recurrent(reader),
        decided=reader.day("decided") or UNREAD_DATE,
        within=reader.string("within", required=False),
        source=source,
        assumption=assumption,
    )
    reader.done()
    return envelope if envelope.id else None


def _measure(reader: Reader) -> Measure | None:
    kind = reader.choice("kind", tuple(KINDS), "money")
    has_steps = "steps" in reader.data
    source, assumption = reader.origin(number=_needs_range(reader, kind))
    steps = _steps(reader, kind, assumption)
    first = steps[0] if steps else Step(UNREAD_DATE, None)
    is_money = kind == "money"
    measure = Measure(
        id=read_id(reader),
        programme=reader.string("programme", required=not _for_staff(reader, kind)),
        kind=kind,
        name=reader.words("name"),
        amount_cents_per_year=_cents(reader, first.amount) if is_money else 0,
        recurrent=_recurrent(reader) if is_money else True,
        from_=first.from_,
        until=reader.day("until", required=False),
        to=reader.string("to", required=False) if is_money else "",
        source=source,
        assumption=assumption,
        number=None if is_money else first.amount,
        known=first.amount is not None or kind == "rule",
        decided=reader.day("decided", required=False),
        on_top_of=reader.string("on_top_of", required=False),
        envelope=reader.string("envelope", required=False),
        steps=steps if has_steps or len(steps) > 1 else (),
        cost=None if is_money else _cost(reader, source, assumption),
    )
    measure = _with_place(_with_rule(measure, reader), reader)
    _check_end(reader, measure)
    reader.done()
    return measure if measure.id else None


def _for_staff(reader: Reader, kind: str) -> bool:
    """Whether a measure acts on staff, so that it needs no programme."""
    return kind in ("pay", "training") or (kind == "money" and "sector" in reader.data)


def _with_place(measure: Measure, reader: Reader) -> Measure:
    """The area of places and teams, the staff of pay, of training and of money for extra posts."""
    if measure.kind in ("places", "cases"):
        area = reader.string("area", required=False)
        return replace(measure, area=area, shares=_shares(reader))
    if measure.kind in ("pay", "training", "money"):
        sector = reader.string("sector", required=False)
        return replace(measure, sector=sector, profession=reader.string("profession", required=False))
    return measure


def _with_rule(measure: Measure, reader: Reader) -> Measure:
    if measure.kind != "rule":
        return measure
    change = reader.table("change", required=True)
    return replace(
        measure,
        section=reader.string("section"),
        item=reader.string("item", required=False),
        change=dict(change.data) if change else {},
    )


def _check_end(reader: Reader, measure: Measure) -> None:
    last = max((step.from_ for step in measure.steps), default=measure.from_)
    if last != UNREAD_DATE and measure.until and measure.until <= last:
        reader.fault("until", "This ends before it begins.", measure.until, f"a date after {last}")


def _recurrent(reader: Reader) -> bool:
    if "recurrent" not in reader.data:
        expected = "recurrent = true (comes back every year) or recurrent = false (given once)"
        reader.fault("recurrent", "Money is recurrent or one-off.", "nothing", expected)
    return reader.flag("recurrent", default=True)


def _needs_range(reader: Reader, kind: str) -> bool:
    """Whether an assumption must say the range of the number: not when the steps do, or when nothing is known."""
    steps = reader.data.get("steps")
    tables = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else [reader.data]
    silent = [one for one in tables if not one.get("unknown") and not {"low", "high"} <= one.keys()]
    return bool(KINDS[kind]) and bool(silent)


# -- steps -------------------------------------------------------------------------------------------------


def _steps(reader: Reader, kind: str, assumption: Assumption | None) -> tuple[Step, ...]:
    """The dated amounts of a measure in the order of their days; a measure without steps is one itself."""
    spread = reader.choice("spread", SPREADS, "at-once")
    ends = (assumption.low, assumption.high) if assumption else (None, None)
    if "steps" not in reader.data:
        alone = replace(_step(reader, kind), low=ends[0], high=ends[1])
        return tuple(_spread(spread, reader, alone))
    found: list[Step] = []
    for table in reader.tables("steps"):
        step = _step(table, kind)
        low, high = table.number("low", required=False), table.number("high", required=False)
        _check_range(table, step, low, high, assumption)
        if low is None and high is None:
            low, high = ends
        decided = table.day("decided", required=False)
        found += _spread(spread, table, replace(step, low=low, high=high, decided=decided))
        table.done()
    if not found:
        reader.fault("steps", "There are no steps.", "nothing", "steps = [{ from = 2024-01-01, … }]")
    return tuple(sorted(found, key=lambda step: step.from_))


def _step(reader: Reader, kind: str) -> Step:
    key = KINDS[kind]
    unknown = reader.flag("unknown", default=False)
    if not unknown and kind == "money":
        amount = reader.number(key)
    elif not unknown and key:
        amount = reader.number(key, low=None if kind == "pay" else 0)
    else:
        amount = None
    if kind == "pay" and amount is not None and not -100 <= amount <= 100:
        reader.fault(key, "This share is over 100 %.", f"{amount:g} %", "percent, from -100 to 100")
    return Step(reader.day("from") or UNREAD_DATE, amount)


def _check_range(
    reader: Reader, step: Step, low: float | None, high: float | None, assumption: Assumption | None
) -> None:
    if (low is None) != (high is None):
        reader.fault("low" if low is None else "high", "A range has two ends.", "nothing", "low and high")
    elif low is not None and high is not None and step.amount is not None:
        if not low <= step.amount <= high:
            expected = f"low and high around {step.amount:g}"
            reader.fault("low", "The range does not hold the value.", f"{low:g} to {high:g}", expected)
        if assumption is None:
            expected = "an assumption in the measure that says why: assumption = { why = { nl = …, en = … } }"
            reader.fault("low", "This range has no reason.", f"{low:g} to {high:g}", expected)


def _spread(spread: str, reader: Reader, step: Step) -> Iterator[Step]:
    """A step in each year it is repeated, in four equal parts when it is spread over the quarters."""
    last = reader.day("yearly_until", required=False)
    if last is not None and last <= step.from_:
        reader.fault("yearly_until", "This ends before it begins.", last, f"a date after {step.from_}")
    for start in every_year(step.from_, last) if last else (step.from_,):
        if spread == "at-once":
            yield replace(step, from_=start)
        else:
            for quarter in range(4):
                yield _quarter_of(replace(step, from_=_months_later(start, 3 * quarter)))


def _quarter_of(step: Step) -> Step:
    amount, low, high = (None if one is None else one / 4 for one in (step.amount, step.low, step.high))
    return replace(step, amount=amount, low=low, high=high)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month; the 28th for days that not every month has."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))


# -- money and places --------------------------------------------------------------------------------------


def _shares(reader: Reader) -> dict[str, float]:
    """Which part goes to which area; what is left is for the area of the measure."""
    inner = reader.table("shares")
    if inner is None:
        return {}
    read = {area: inner.number(area, low=0) for area in inner.data}
    shares = {area: share for area, share in read.items() if share is not None}
    if sum(shares.values()) > _SHARED:
        total = f"{sum(shares.values()):.4g} together"
        reader.fault("shares", "These shares are over 100 %.", total, "shares of at most 1 together")
    return shares


def _cost(reader: Reader, source: Source | None, assumption: Assumption | None) -> Cost | None:
    """What the measure costs; with its own source or assumption, or those of the measure."""
    inner = reader.table("cost")
    if inner is None:
        return None
    own = {"source", "assumption"} & inner.data.keys()
    said_by, assumed = inner.origin(number=False) if own else (source, assumption)
    amount = inner.number("amount")
    cost = Cost(
        amount=amount or 0.0,
        low=_otherwise(inner.number("low", required=False), amount),
        high=_otherwise(inner.number("high", required=False), amount),
        each=inner.flag("each", default=False),
        source=said_by,
        assumption=assumed,
    )
    if said_by is None and not {"low", "high"} <= inner.data.keys():
        inner.fault("low", "An assumption needs a range.", "nothing", "low and high: what it could be")
    if amount is not None and not cost.low <= amount <= cost.high:
        found, expected = f"{cost.low:g} to {cost.high:g}", f"low and high around {amount:g}"
        inner.fault("low", "The range does not hold the value.", found, expected)
    inner.done()
    return cost


def _otherwise(value: float | None, otherwise: float | None) -> float:
    return (otherwise or 0.0) if value is None else value


def _cents(reader: Reader, amount: Any) -> int:
    cents = Decimal(str(amount or 0)) * 100
    if cents != int(cents):
        reader.fault("amount", "This amount has parts of a cent.", amount, "euro with at most two decimals")
    return int(cents)
