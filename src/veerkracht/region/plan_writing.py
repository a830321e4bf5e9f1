"""Writes a plan as the text of a plan file: what is read from it is the same plan."""

from __future__ import annotations

from typing import Any

from veerkracht.region import toml_text
from veerkracht.region.plans import KINDS, Cost, Envelope, Measure, Plan, Step
from veerkracht.rulebook.types import Assumption, Source, Text

_CENTS = 100


def plan_to_toml(plan: Plan) -> str:
    """The text of a plan file for a plan as it is written (not taken apart into dated measures)."""
    head = {"id": plan.id, "name": _words(plan.name), "summary": _words(plan.summary)}
    parts = [toml_text.table("", _filled({**head, "builds_on": plan.builds_on}))]
    parts += [toml_text.table("[[envelope]]", _envelope(one)) for one in plan.envelopes]
    parts += [_measure(one) for one in plan.measures]
    return "\n".join(parts)


def _measure(measure: Measure) -> str:
    first = {"id": measure.id, "kind": measure.kind, "programme": measure.programme}
    place = {"to": measure.to, "area": measure.area, "shares": measure.shares}
    staff = {"sector": measure.sector, "profession": measure.profession}
    rule = {"section": measure.section, "item": measure.item, "change": measure.change}
    when = {"decided": measure.decided, "until": measure.until}
    tops = {"on_top_of": measure.on_top_of, "envelope": measure.envelope}
    facts = _filled({**first, "name": _words(measure.name), **place, **staff, **rule, **tops, **when})
    if measure.kind == "money":
        facts["recurrent"] = measure.recurrent
    if not measure.steps:
        facts |= _number(measure.kind, Step(measure.from_, _amount(measure)))
    facts |= _filled({"cost": _cost(measure), **_origin(measure.source, measure.assumption)})
    return toml_text.table("[[measure]]", facts) + _steps(measure)


def _steps(measure: Measure) -> str:
    if not measure.steps:
        return ""
    lines = (f"  {toml_text.value(_number(measure.kind, step))}," for step in measure.steps)
    return "\n".join(["steps = [", *lines, "]"]) + "\n"


def _number(kind: str, step: Step) -> dict[str, Any]:
    """When it is, and how much, under the key of its kind."""
    said: dict[str, Any] = {"from": step.from_}
    if KINDS[kind] and step.amount is None:
        said["unknown"] = True
    elif KINDS[kind]:
        said[KINDS[kind]] = step.amount
    more = {"low": step.low, "high": step.high, "decided": step.decided}
    return {**said, **{key: value for key, value in more.items() if value is not None}}


def _amount(measure: Measure) -> float | None:
    if not measure.known:
        return None
    return measure.amount_cents_per_year / _CENTS if measure.kind == "money" else measure.number


def _envelope(envelope: Envelope) -> dict[str, Any]:
    cents = envelope.amount_cents
    amount = {"unknown": True} if cents is None else {"amount": cents / _CENTS}
    said = {"id": envelope.id, "name": _words(envelope.name), **amount, "recurrent": envelope.recurrent}
    more = {
        "decided": envelope.decided,
        "within": envelope.within,
        **_origin(envelope.source, envelope.assumption),
    }
    return {**said, **_filled(more)}


def _cost(measure: Measure) -> dict[str, Any]:
    cost: Cost | None = measure.cost
    if cost is None:
        return {}
    said: dict[str, Any] = {"amount": cost.amount, "low": cost.low, "high": cost.high, "each": cost.each}
    if (cost.source, cost.assumption) == (measure.source, measure.assumption):
        return said
    return {**said, **_filled(_origin(cost.source, cost.assumption))}


def _origin(source: Source | None, assumption: Assumption | None) -> dict[str, Any]:
    said: dict[str, Any] = {"source": {}, "assumption": {}}
    if source:
        said["source"] = _filled({"title": source.title, "url": source.url, "note": source.note})
    if assumption:
        ends = {"low": assumption.low, "high": assumption.high}
        known = {key: end for key, end in ends.items() if end is not None}
        said["assumption"] = {"why": _words(assumption.why), **known}
    return said


def _words(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en} if text else {}


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty or not there; what is false or 0 stays."""
    return {key: value for key, value in said.items() if value not in ("", None, {})}
