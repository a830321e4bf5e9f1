"""Every indicator with its last period: what all have together, and what one's own organisation has."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from veerkracht.region.quality import Indicator
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.quality import access
from veerkracht.register.quality.intervals import Counted, Interval, interval
from veerkracht.register.quality.judged import Judged, Key, judged
from veerkracht.register.quality.limits import funnel
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.queries.comparison import Point, funnel_of, point


@dataclass(frozen=True)
class Card:
    """One indicator in the last period that is known; `period` None when nobody reported it yet.

    `value`, `interval`: of all together, when they are enough to tell nobody's figure; `reported`: how many did.
    `beyond`: how many lie beyond their limits. `own`: what one's own organisation reported of that period.
    """

    indicator: Indicator
    period: date | None
    reported: int = 0
    value: float | None = None
    interval: Interval | None = None
    beyond: int = 0
    own: tuple[Point, ...] = ()
    fictitious: bool = False


def overview(actor: Actor) -> list[Card]:
    """The indicators that an actor may know of, in the file's order. Raises `Refused` for who may know none."""
    values = access.list_values(actor)
    last = dict(values.order_by().values_list("indicator").annotate(Max("from_date")))
    newest = Q(pk__in=[])
    for id, from_date in last.items():
        newest |= Q(indicator=id, from_date=from_date)
    by_indicator: dict[str, list[Judged]] = defaultdict(list)
    for one in judged(actor, values.filter(newest)):
        by_indicator[one.row.indicator].append(one)
    quality = definitions()
    known = quality.indicators.values() if quality else ()
    least = quality.least_similar if quality else 0
    return [
        _card(actor, one, last.get(one.id), by_indicator[one.id], least)
        for one in known
        if access.covers(actor, one)
    ]


def _card(actor: Actor, indicator: Indicator, period: date | None, found: list[Judged], least: int) -> Card:
    groups: dict[Key, list[Judged]] = defaultdict(list)
    for one in found:
        groups[one.key].append(one)
    points: list[Point] = []
    for members in groups.values():
        around = funnel_of(members, least)
        points += [point(one, around) for one in members]
    enough = [one for one in found if not one.is_small]
    together = _together(indicator, enough) if len(enough) >= max(least, 1) else None
    own = [one for one in points if one.is_own and actor.role != COMMAND]
    return Card(
        indicator=indicator,
        period=period,
        reported=len(found),
        value=together.value if together else None,
        interval=interval(indicator.kind, together) if together else None,
        beyond=sum(one.verdict not in ("", "within") for one in points),
        own=tuple(sorted(own, key=lambda one: one.name)),
        fictitious=any(one.row.fictitious for one in found),
    )


def _together(indicator: Indicator, found: list[Judged]) -> Counted:
    counts = [one.counted for one in found]
    numerator, denominator = sum(one.numerator for one in counts), sum(one.denominator for one in counts)
    return Counted(numerator, denominator, funnel(indicator.kind, counts).spread)
