"""Grants as sources tell of them: to whom, of which measure, in which municipality.

They come from the region's files alone. The books know nothing of them, so they are in no sum of what was voted,
committed or paid.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from veerkracht import region
from veerkracht.region.money import Grant, Measure
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.results.defined import money as money_of_region


@dataclass(frozen=True)
class Granted:
    """A grant of a measure. `area`: the name of the municipality."""

    measure: Measure
    grant: Grant
    area: str
    inhabitants: int | None

    @property
    def per_inhabitant(self) -> float | None:
        """Cents per inhabitant; None where the amount or their number is not known."""
        cents = self.grant.cents
        return cents / self.inhabitants if cents is not None and self.inhabitants else None


@dataclass(frozen=True)
class Grants:
    """Grants beside each other, in the order of the files."""

    all: tuple[Granted, ...]

    @property
    def cents(self) -> int | None:
        """The known amounts together; None when none is known."""
        known = [one.grant.cents for one in self.all if one.grant.cents is not None]
        return sum(known) if known else None

    @property
    def unknown(self) -> int:
        """How many have no known amount."""
        return sum(one.grant.cents is None for one in self.all)


@dataclass(frozen=True)
class AreaGrants:
    """What sources say was awarded in a municipality, of all years."""

    code: str
    name: str
    province: str
    inhabitants: int | None
    grants: Grants

    @property
    def per_inhabitant(self) -> float | None:
        """Known cents per inhabitant; None where none is known, or their number is not."""
        cents = self.grants.cents
        return cents / self.inhabitants if cents is not None and self.inhabitants else None


def grants_by_area(actor: Actor) -> tuple[AreaGrants, ...]:
    """Every municipality with the grants that sources name there, of all years; without a query. Raises `Refused`."""
    require("money.read", actor, actor.programme)
    found = grants_of(money_of_region().measures.values()).all
    return tuple(
        AreaGrants(
            row["code"],
            row["name"],
            row["province_name"],
            row["inhabitants"],
            Grants(tuple(one for one in found if one.grant.area == row["code"])),
        )
        for row in _municipalities()
    )


def grants_of(measures: Iterable[Measure]) -> Grants:
    """The grants of some measures."""
    areas = {row["code"]: row for row in _municipalities()}
    return Grants(
        tuple(
            Granted(measure, grant, areas[grant.area]["name"], areas[grant.area]["inhabitants"])
            for measure in measures
            for grant in measure.grants
        )
    )


def _municipalities() -> list[dict[str, Any]]:
    return region.current().areas.sort("code").to_dicts()
