"""What stands in the way of closing places for some days: who holds or has them, who stayed there, another closing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from veerkracht.register.supply.models import LIVE_HOLDS, Hold, Stay, UnitClosure


@dataclass(frozen=True)
class Days:
    """From a day until another, on which it is over; None: without an end."""

    first: date
    until: date | None

    def meet(self, first: date, until: date | None) -> bool:
        """Whether a day of these is among those too. What is over on the day it began has no day."""
        return (
            first != until
            and (self.until is None or first < self.until)
            and (until is None or until > self.first)
        )


@dataclass(frozen=True)
class InTheWay:
    """Why a place can't be closed: somebody holds or has it ("held"), stayed there ("stayed"), or it is closed already
    ("closed"). `days`: of those stays together or of that closing; None of a hold.
    """

    kind: Literal["held", "stayed", "closed"]
    days: Days | None = None


class Unclosable:
    """What stands in the way at each of some places; two queries, and none for the closings, which are given."""

    def __init__(self, units: Collection[int], closures: Iterable[UnitClosure]):
        self._held = set(
            Hold.objects.filter(unit__in=units, state__in=LIVE_HOLDS).values_list("unit", flat=True)
        )
        stays = Stay.objects.filter(unit__in=units).exclude(until_date=None)
        self._stays = _by_unit(stays.values_list("unit", "from_date", "until_date"))
        self._closures = defaultdict[int, list[UnitClosure]](list)
        for one in closures:
            self._closures[one.unit_id].append(one)

    def of(self, unit: int, days: Days, but: UnitClosure | None = None) -> InTheWay | None:
        """The first thing in the way of closing a place on these days; `but`: a closing of it that is changed."""
        if unit in self._held:
            return InTheWay("held")
        stays = [one for one in self._stays[unit] if days.meet(*one)]
        if stays:
            return InTheWay(
                "stayed", Days(min(first for first, _ in stays), max(until for _, until in stays))
            )
        others = [one for one in self._closures[unit] if one != but]
        closed = [
            Days(one.from_date, one.reopens_on) for one in others if days.meet(one.from_date, one.reopens_on)
        ]
        return InTheWay("closed", min(closed, key=lambda one: one.first)) if closed else None


def _by_unit(rows: Iterable[tuple[int, date, date]]) -> dict[int, list[tuple[date, date]]]:
    found = defaultdict[int, list[tuple[date, date]]](list)
    for unit, first, until in rows:
        found[unit].append((first, until))
    return found
