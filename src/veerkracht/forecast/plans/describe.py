"""What a plan says, as plain values: for commands, pages and other programs."""

from __future__ import annotations

from typing import Any

from veerkracht.forecast.plans.cost import PlanCost, cost
from veerkracht.forecast.plans.numbers import CENTS
from veerkracht.region import Envelope, Measure, Plan, Region
from veerkracht.region.plan_envelopes import plan_envelopes
from veerkracht.rulebook.types import Assumption, Source, Text

_MOST_YEARS = 40


def is_played(region: Region, measure: Measure) -> bool:
    """Whether a forecast plays a measure, or only shows it.

    Only shown: what is unknown; money that neither pays posts of a sector nor is for a programme that hands out in
    rounds (what it pays stands beside it as places, cases, pay or a rule); places and cases of a programme whose homes
    or teams the region does not know.
    """
    if not measure.known:
        return False
    if measure.kind == "money":
        return bool(measure.sector) or region.programme(measure.programme).handout == "round"
    if measure.kind in ("places", "cases"):
        return measure.programme in region.supplies
    return True


def years_of(plan: Plan) -> tuple[int, ...]:
    """From the year of a plan's first step to that of its last step or end; none when it has no measures."""
    parts = [part for measure in plan.measures for part in measure.dated()]
    if not parts:
        return ()
    ends = [part.until or part.from_ for part in parts]
    first, last = min(part.from_.year for part in parts), max(end.year for end in ends)
    return tuple(range(first, min(last, first + _MOST_YEARS - 1) + 1))


def own_cost(region: Region, plan_id: str) -> PlanCost:
    """What a plan's own measures cost in its own years, without those of the plan it builds on."""
    plan = region.plan(plan_id)
    return cost(region, (part for one in plan.measures for part in one.dated()), years_of(plan))


def plain(region: Region, plan_id: str) -> dict[str, Any]:
    """All that a plan says: its measures with their steps, cost by year, envelopes and what comes whatever the plan.

    Raises `Fault` for a plan that does not exist.
    """
    plan = region.plan(plan_id)
    costs = own_cost(region, plan_id)
    by_measure = costs.by_measure()
    return {
        "id": plan.id,
        "name": _words(plan.name),
        "summary": _words(plan.summary),
        "on_top_of": plan.builds_on or None,
        "measures": [
            {
                **_measure(region, one),
                "cost": by_measure.filter(measure=one.id)
                .select("year", "known", "amount", "low", "high")
                .to_dicts(),
            }
            for one in plan.measures
        ],
        "by_year": costs.by_year().to_dicts(),
        "by_kind": costs.by_kind().to_dicts(),
        "envelopes": [_envelope(one, plan, costs) for one in plan_envelopes(region, plan)],
        "whatever_the_plan": standing(region),
    }


def standing(region: Region) -> list[dict[str, Any]]:
    """Places and teams that were decided to come, and come whatever the plan: they stand with the supply."""
    return [
        {
            "programme": supply.programme,
            "id": growth.id,
            "from": growth.from_.isoformat(),
            "until": growth.until.isoformat(),
            "decided": growth.known_from.isoformat(),
            "units": growth.units,
            "low": growth.low,
            "high": growth.high,
            "text": _words(growth.text),
        }
        for supply in region.supplies.values()
        for growth in supply.growth
    ]


def _measure(region: Region, measure: Measure) -> dict[str, Any]:
    facts = {
        "id": measure.id,
        "kind": measure.kind,
        "programme": measure.programme or None,
        "name": _words(measure.name),
        "recurrent": measure.recurrent,
        "until": measure.until.isoformat() if measure.until else None,
        "played": is_played(region, measure.dated()[0]),
        "on_top_of": measure.on_top_of or None,
        "envelope": measure.envelope or None,
        "steps": [_step(part) for part in measure.dated()],
        "source": _source(measure.source),
        "assumption": _assumption(measure.assumption),
    }
    names = ("to", "area", "sector", "profession", "section", "item", "change")
    return facts | {name: getattr(measure, name) for name in names if getattr(measure, name)}


def _step(part: Measure) -> dict[str, Any]:
    """One dated measure: money in euro, the rest in the unit of its kind; None where it is unknown."""
    number = part.amount_cents_per_year / CENTS if part.kind == "money" else part.number
    assumed = part.assumption
    return {
        "from": part.from_.isoformat(),
        "decided": part.known_from.isoformat(),
        "area": part.area or None,
        "number": number if part.known else None,
        "low": assumed.low if assumed else None,
        "high": assumed.high if assumed else None,
    }


def _envelope(envelope: Envelope, plan: Plan, costs: PlanCost) -> dict[str, Any]:
    """What was announced, and what of it is in measures: `in_measures`, euro in the plan's last year, where known."""
    cents = envelope.amount_cents
    pays = [measure.id for measure in plan.measures if measure.envelope == envelope.id]
    paid = [one.euro for one in costs.measures if one.id in pays]
    return {
        "id": envelope.id,
        "name": _words(envelope.name),
        "amount": None if cents is None else cents / CENTS,
        "recurrent": envelope.recurrent,
        "decided": envelope.decided.isoformat(),
        "within": envelope.within or None,
        "pays": pays,
        "in_measures": sum(float(euro[0, -1]) for euro in paid if euro is not None),
        "unknown": sum(euro is None for euro in paid),
        "source": _source(envelope.source),
        "assumption": _assumption(envelope.assumption),
    }


def _words(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _source(source: Source | None) -> dict[str, str] | None:
    return None if source is None else {"title": source.title, "url": source.url, "note": source.note}


def _assumption(assumption: Assumption | None) -> dict[str, Any] | None:
    if assumption is None:
        return None
    return {"why": _words(assumption.why), "low": assumption.low, "high": assumption.high}
