"""A plan that was found here as the text of a plan file, which `plan check` and every other command read."""

from __future__ import annotations

from typing import Any

from veerkracht.region import Measure, Plan, toml_text
from veerkracht.region.plans import KINDS
from veerkracht.rulebook.types import Text

CENTS = 100  # in a euro


def plan_file(plan: Plan) -> str:
    """The text of a plan file with a plan of extra money.

    Its measures are named after it, so that another such plan can build on it.
    """
    head: dict[str, Any] = {"id": plan.id, "name": _text(plan.name), "builds_on": plan.builds_on}
    if plan.summary:
        head["summary"] = _text(plan.summary)
    tables = [toml_text.table("[[measure]]", _measure(plan, measure)) for measure in plan.measures]
    return "\n".join([toml_text.table("", head), *tables])


def _measure(plan: Plan, measure: Measure) -> dict[str, Any]:
    number = KINDS[measure.kind]
    amount = measure.amount_cents_per_year / CENTS if measure.kind == "money" else measure.number
    found: dict[str, Any] = {
        "id": f"{plan.id}-{measure.id}",
        "kind": measure.kind,
        "name": _text(measure.name),
    }
    owners = ("programme", "to", "area", "sector", "profession")
    found |= {key: getattr(measure, key) for key in owners if getattr(measure, key)}
    if measure.shares:
        found["shares"] = measure.shares
    if measure.kind == "money":
        found["recurrent"] = measure.recurrent
    if measure.steps:
        found["steps"] = [{"from": step.from_, number: step.amount} for step in measure.steps]
    else:
        found |= {"from": measure.from_, number: amount}
    return found | _origin(measure)


def _origin(measure: Measure) -> dict[str, Any]:
    """Why, and what it costs."""
    found: dict[str, Any] = {}
    if measure.assumption is not None:
        assumed = measure.assumption
        found["assumption"] = {"why": _text(assumed.why), "low": assumed.low, "high": assumed.high}
    if measure.cost is not None:
        cost = measure.cost
        found["cost"] = {"amount": cost.amount, "low": cost.low, "high": cost.high, "each": cost.each}
    return found


def _text(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
