"""What a planner sees of homes, area by area: places as they are, how full on a day and over a year, and the price."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.residence.prices import cents_on
from veerkracht.register.residence.queries.occupancy import (
    Occupancy,
    OverYear,
    occupancy,
    occupancy_over,
    together,
    together_over,
)
from veerkracht.register.residence.rules import rules
from veerkracht.register.supply import access
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.queries import by_area as places
from veerkracht.register.supply.queries.by_area import AreaCapacity
from veerkracht.register.supply.queries.expected import expected_of
from veerkracht.register.supply.queries.states import Group, groups
from veerkracht.rulebook.types import Text

MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class PlannedArea:
    """An area's homes. `price_cents`: what a day costs on average, each home counting by its open places; None: not
    known.
    """

    places: AreaCapacity
    on_day: Occupancy
    over_year: OverYear | None
    price_cents: int | None


@dataclass(frozen=True)
class Plan:
    """`rows`: the areas of a level, by name; `municipalities`: for the map, by code. `ahead`: the day for which is said
    what is expected free; None when that is not said.
    """

    on: date
    ahead: date | None
    rows: tuple[PlannedArea, ...]
    whole: PlannedArea
    municipalities: Mapping[str, PlannedArea]


def planner(actor: Actor, *, ahead: date | None, level: str = "province", on: date | None = None) -> Plan:
    """The homes of the region by area on a day (today); as many queries for however many homes.

    Homes at a secret address are counted for their own organisation only. Raises `Refused` for who may not see how
    full homes are, and `Invalid` for a level or a day that can't be.
    """
    programme = rules().programmes[0]
    require("stay.count", actor, programme)
    homes = list(access.list_counted_services(actor, programme))
    on = on or clock.today()
    there = groups([home.pk for home in homes], on)
    told, code_of = _Told.of(homes, on, there), _codes(level)
    # Counted once, in the smallest areas; larger ones are their sums.
    small = places.of_services(homes, there, on, MUNICIPALITY)
    by_area = _grouped(homes, lambda home: code_of.get(home.area, ""))
    now = there if on == clock.today() else None
    expected = expected_of({**by_area, None: homes}, ahead, now) if ahead else {}
    names = dict(areas.choices(level))
    rows = [
        replace(places.whole(ones, expected.get(code)), area=code, name=names.get(code) or code)
        for code, ones in _grouped(small, lambda one: code_of.get(one.area, "")).items()
    ]
    by_municipality = _grouped(homes, lambda home: home.area)
    return Plan(
        on=on,
        ahead=ahead,
        rows=tuple(
            told.planned(one, by_area[one.area]) for one in sorted(rows, key=lambda one: (one.name, one.area))
        ),
        whole=told.planned(places.whole(small, expected.get(None)), homes),
        municipalities={one.area: told.planned(one, by_municipality.get(one.area, [])) for one in small},
    )


def _codes(level: str) -> dict[str, str]:
    """The area of a level in which each municipality lies. Raises `Invalid` for a level that isn't there."""
    if level not in areas.SETS:
        raise Invalid(
            Text(nl=f"Er is geen soort gebied “{level}”.", en=f"There is no level “{level}”."), "level"
        )
    table = areas.table()
    return dict(zip(table["code"], table[areas.SETS[level]].fill_null(""), strict=True))


Thing = TypeVar("Thing", Service, AreaCapacity)


def _grouped(things: Iterable[Thing], key: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for one in things:
        found.setdefault(key(one), []).append(one)
    return found


@dataclass(frozen=True)
class _Told:
    """What is known of each home, by its number."""

    on_day: Mapping[int, Occupancy]
    over_year: Mapping[int, OverYear]
    cents: Mapping[int, int]

    @classmethod
    def of(cls, homes: Sequence[Service], on: date, there: Mapping[int, list[Group]]) -> "_Told":
        cents = cents_on([home.pk for home in homes], on)
        return cls(occupancy(homes, on, there), occupancy_over(homes, on), cents)

    def planned(self, found: AreaCapacity, homes: Iterable[Service]) -> PlannedArea:
        ids = [home.pk for home in homes]
        return PlannedArea(
            places=found,
            on_day=together(self.on_day[id] for id in ids),
            over_year=together_over(self.over_year[id] for id in ids),
            price_cents=self._price(ids),
        )

    def _price(self, ids: Iterable[int]) -> int | None:
        known = [(self.cents[id], self.on_day[id].open) for id in ids if id in self.cents]
        weight = sum(count for _cents, count in known)
        return round(sum(cents * count for cents, count in known) / weight) if weight else None
