"""One indicator in one period: everybody who reported it beside those they are similar to, in no order of merit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from veerkracht.region.quality import Indicator
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality import access
from veerkracht.register.quality.intervals import Interval
from veerkracht.register.quality.judged import Judged, Key, judged, key_names
from veerkracht.register.quality.limits import Funnel, funnel, verdict
from veerkracht.register.quality.measured import definitions
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Point:
    """What one organisation (or service) reported, as somebody may see it.

    `state`: `shown`, `few` (too few to be shown as a figure) or `hidden` (a small count of another organisation); then
    `numerator`, `value`, `interval` and `verdict` are not there. `verdict`: as of `limits.verdict`; "" when there are
    too few to compare with.
    """

    organisation_id: int
    name: str
    is_own: bool
    fictitious: bool
    state: str
    denominator: int | None
    numerator: float | None = None
    value: float | None = None
    interval: Interval | None = None
    verdict: str = ""


@dataclass(frozen=True)
class Group:
    """Organisations that are compared, by name. `traits`: what they have in common; none when it is all of them.

    `funnel`: None when they are fewer than the region compares. `counted`: of how many it is.
    """

    traits: tuple[Text, ...]
    points: tuple[Point, ...]
    funnel: Funnel | None
    counted: int

    @property
    def is_overdispersed(self) -> bool:
        return self.funnel is not None and self.funnel.dispersion > 1


@dataclass(frozen=True)
class Comparison:
    """`periods`: all of which something is known, the first day of each, newest first; `period`: the one shown."""

    indicator: Indicator
    periods: tuple[date, ...]
    period: date | None
    groups: tuple[Group, ...]
    least_similar: int


def comparison(actor: Actor, id: str, period: date | None = None) -> Comparison:
    """An indicator in a period (the latest). Raises `Refused` for an indicator or a period that isn't there."""
    indicator = access.get_indicator(actor, id)
    values = access.list_values(actor).filter(indicator=id)
    periods = tuple(values.order_by("-from_date").values_list("from_date", flat=True).distinct())
    if period is not None and period not in periods:
        raise Refused()
    chosen = period or (periods[0] if periods else None)
    found = judged(actor, values.filter(from_date=chosen)) if chosen else []
    groups: dict[Key, list[Judged]] = defaultdict(list)
    for one in found:
        groups[one.key].append(one)
    quality = definitions()
    least = quality.least_similar if quality else 0
    return Comparison(
        indicator=indicator,
        periods=periods,
        period=chosen,
        groups=tuple(_group(indicator, key, groups[key], least) for key in _in_order(groups)),
        least_similar=least,
    )


def funnel_of(members: Sequence[Judged], least: int) -> Funnel | None:
    """The funnel of those who are compared; None when they are too few."""
    counts = [one.counted for one in members if not one.is_small]
    return funnel(members[0].indicator.kind, counts) if len(counts) >= max(least, 1) else None


def point(one: Judged, around: Funnel | None) -> Point:
    """A value as it is shown."""
    state = "few" if one.is_small else "hidden" if one.is_hidden else "shown"
    of = (one.row.organisation_id, one.name, one.is_own, one.row.fictitious, state)
    if one.is_hidden:
        return Point(*of, None if one.is_small else one.row.denominator)
    if one.is_small:
        return Point(*of, one.row.denominator, one.counted.numerator)
    said = verdict(around, one.counted) if around else ""
    return Point(*of, one.row.denominator, one.counted.numerator, one.counted.value, one.interval, said)


def _group(indicator: Indicator, key: Key, members: list[Judged], least: int) -> Group:
    around = funnel_of(members, least)
    # By name: an order by value would be a league table.
    points = sorted((point(one, around) for one in members), key=lambda one: (one.name, one.organisation_id))
    counted = sum(not one.is_small for one in members)
    return Group(key_names(key), tuple(points), around, counted)


def _in_order(groups: dict[Key, list[Judged]]) -> list[Key]:
    """As the region's file has sizes and strata."""
    quality = definitions()
    order = [band.id for band in (*quality.sizes, *quality.strata)] if quality else []
    places = {id: place for place, id in enumerate(order)}
    return sorted(groups, key=lambda key: [(places.get(id, -1), id) for id in key])
