"""The classes of requests of a programme: a priority group, and a care category where the programme has them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Flags, Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.types import Programme, Text

_SHARES = Text(
    "De delen {name}.… van {programme} zijn samen nul: verwacht werd een deel boven nul voor minstens één soort.",
    "The shares {name}.… of {programme} are together zero: expected a share above zero for one kind at least.",
)


@dataclass(frozen=True)
class Kind:
    """`id`: of the care category, or of the group where there are none; "" for a programme with neither.

    `weight`: lower is served first. `heavy`: counts as heavy care.
    """

    id: str
    group: str
    weight: int
    heavy: bool = False

    def name(self, parameter: str) -> str:
        """The name of a parameter of this kind: `stay.factor` of the kind b is `stay.factor.b`."""
        return f"{parameter}.{self.id}" if self.id else parameter


def kinds_of(programme: Programme, on: date) -> tuple[Kind, ...]:
    """In the order of the programme file. A group goes first where the order of the day begins with it."""
    order = value_on(programme.orders, on, f"order of {programme.id}")
    first = order.by[0] == "priority_group"
    numbers = {group.id: group.number if first else 0 for group in programme.groups}
    if programme.care_categories:
        return tuple(
            Kind(one.id, one.group, numbers.get(one.group, 0), one.heavy) for one in programme.care_categories
        )
    if programme.groups:
        return tuple(Kind(group.id, group.id, numbers[group.id]) for group in programme.groups)
    return (Kind("", "", 0),)


def heavy(kinds: tuple[Kind, ...]) -> Flags:
    return np.array([kind.heavy for kind in kinds])


def by_kind(numbers: Numbers, kinds: tuple[Kind, ...], name: str, otherwise: float) -> Real:
    """A parameter for each kind, float64[runs, kinds]. A value without a kind in its name holds for all of them."""
    columns = [
        numbers.need(kind.name(name)) if numbers.has(kind.name(name)) else numbers.get(name, otherwise)
        for kind in kinds
    ]
    return np.stack(columns, axis=1)


def by_group(numbers: Numbers, kinds: tuple[Kind, ...], name: str) -> Real:
    """A parameter for the group of each kind, float64[runs, kinds]; 0 where it isn't there."""
    groups = tuple(Kind(kind.group, kind.group, kind.weight) for kind in kinds)
    return by_kind(numbers, groups, name, 0.0)


def shares_by_kind(numbers: Numbers, kinds: tuple[Kind, ...], name: str) -> Real:
    """Shares over the kinds that add up to one in every run, float64[runs, kinds]; equal where none is given.

    Raises `ForecastFault` when in some run all of them are zero or less.
    """
    found = np.maximum(by_kind(numbers, kinds, name, 1.0), 0.0)
    whole = found.sum(axis=1, keepdims=True)
    if (whole <= 0.0).any():
        raise ForecastFault(_SHARES.fill(name=name, programme=numbers.programme.id))
    return np.asarray(found / whole, np.float64)
