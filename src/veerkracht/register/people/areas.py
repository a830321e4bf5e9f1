"""The areas a role can be for: a municipality, a primary-care zone, a province; by the region's own list."""

from collections.abc import Iterator

import polars as pl

from veerkracht import region
from veerkracht.register.people.models import Membership

Kind = Membership.AreaKind
# The columns of the region's areas that hold the code and the name of each kind.
_COLUMNS = {
    Kind.MUNICIPALITY: ("code", "name"),
    Kind.ZONE: ("zone", "zone_name"),
    Kind.PROVINCE: ("province", "province_name"),
}


def codes_in(kind: str, code: str) -> frozenset[str]:
    """The municipalities of an area, by their code; none when the region has no such area."""
    areas = region.current().areas
    return frozenset(areas.filter(pl.col(_COLUMNS[Kind(kind)][0]) == code)["code"])


def name_of(kind: str, code: str) -> str:
    """What an area is called; its code when the region has no such area."""
    key, name = _COLUMNS[Kind(kind)]
    found = region.current().areas.filter(pl.col(key) == code)[name]
    return found[0] if len(found) else code


def choices(kind: str) -> Iterator[tuple[str, str]]:
    """Code and name of every area of a kind, by name."""
    key, name = _COLUMNS[Kind(kind)]
    found = region.current().areas.select(code=key, name=name).drop_nulls().unique()
    return (row for row in found.sort("name", "code").iter_rows() if row[0])
