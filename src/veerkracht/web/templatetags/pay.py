"""Tags about pay: `{% load pay %}`."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template

from veerkracht import region
from veerkracht.forecast.pay import Range, cost_of_measure
from veerkracht.register.permissions import may

register = template.Library()


@register.inclusion_tag("web/parts/pay_cost.html", takes_context=True)
def pay_cost(context: template.Context, measure_id: str) -> dict[str, Any]:
    """What a measure of the money costs as computed from jobs, pay and percent; nothing when pay doesn't tell."""
    here, actor = region.current(), context["actor"]
    return {
        "cost": _cost(here.folder, measure_id),
        "basis": here.pay.basis if here.pay else None,
        "may_read": may("staff.read", actor, actor.programme),
    }


@lru_cache(maxsize=256)
def _cost(folder: Path, measure_id: str) -> Range | None:
    """Files of a region are read once, so what is computed of them is too. `folder`: whose answer it is."""
    return cost_of_measure(region.current(), measure_id)
