"""Where money goes: by municipality, and by inhabitant.

An amount belongs to an area when its line does, or when it was committed to an organisation that offers help in one
municipality only, not counting help whose place is secret. Everything else is of the whole region: a person who
is helped is never looked up.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from veerkracht import region
from veerkracht.register.money.models import Commitment
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.supply.models import Service


@dataclass(frozen=True)
class AreaMoney:
    """Cents of a municipality. `committed` and `paid` are two levels, never added."""

    code: str
    name: str
    province: str
    inhabitants: int | None
    committed: int
    paid: int

    @property
    def per_inhabitant(self) -> float | None:
        """Committed cents per inhabitant; None where their number is not known."""
        return self.committed / self.inhabitants if self.inhabitants else None


@dataclass(frozen=True)
class ByArea:
    """`elsewhere`: committed in the same years and not tied to one municipality."""

    year: int
    areas: tuple[AreaMoney, ...]
    elsewhere: AreaMoney

    @property
    def tied(self) -> int:
        return sum(one.committed for one in self.areas)


def by_area(actor: Actor, year: int, measures: frozenset[str] | None = None) -> ByArea:
    """What was committed in a budget year and paid of that, by area; of some measures or of all. Two queries.

    Raises `Refused`.
    """
    require("money.read", actor, actor.programme)
    commitments = Commitment.objects.filter(year=year)
    if measures is not None:
        commitments = commitments.filter(line__measure__in=measures)
    where = _where()
    here = region.current().areas
    codes = set(here.get_column("code"))
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    groups = commitments.values_list("line__area", "organisation").annotate(
        committed=Sum("committed_cents"), paid=Sum("paid_cents")
    )
    for area, organisation, committed, paid in groups.order_by():
        code = area if area in codes else where.get(organisation, "")
        found[code][0] += committed
        found[code][1] += paid
    areas = tuple(
        AreaMoney(row["code"], row["name"], row["province_name"], row["inhabitants"], *found[row["code"]])
        for row in here.sort("code").iter_rows(named=True)
    )
    inhabitants = sum(one.inhabitants or 0 for one in areas) or None
    return ByArea(year, areas, AreaMoney("", "", "", inhabitants, *found[""]))


def _where() -> dict[int, str]:
    """The municipality of each organisation that openly offers help in one only."""
    offered = Service.objects.filter(secret=False).values_list("organisation", "area").distinct()
    areas: dict[int, set[str]] = defaultdict(set)
    for organisation, area in offered.order_by():
        areas[organisation].add(area)
    return {organisation: next(iter(own)) for organisation, own in areas.items() if len(own) == 1}
