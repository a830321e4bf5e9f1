"""The region's areas as a list is filtered by and a role is bound to: a municipality, or all those of a zone, region
or province.
"""

import polars as pl

from veerkracht import region
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

# How a filter or a role names a set of areas, and the column of the region's areas that holds it.
SETS = {"municipality": "code", "zone": "zone", "region": "region", "province": "province"}
NAMES = {"municipality": "name", "zone": "zone_name", "region": "region_name", "province": "province_name"}


def codes(kind: str, code: str) -> tuple[str, ...]:
    """The municipalities of a set, by code. Raises `Invalid` for a set that the region doesn't have."""
    found = codes_or_none(kind, code)
    if not found:
        raise Invalid(Text(nl=f"Er is geen gebied “{code}”.", en=f"There is no area “{code}”."), kind)
    return tuple(sorted(found))


def codes_or_none(kind: str, code: str) -> frozenset[str]:
    """The municipalities of a set, by code; none for a set that the region doesn't have."""
    return frozenset(table().filter(pl.col(SETS[kind]) == code)["code"])


def table() -> pl.DataFrame:
    """The region's municipalities, one a row."""
    return region.current().areas


def names() -> dict[str, str]:
    """The name of each municipality by its code."""
    return dict(table().select("code", "name").iter_rows())


def name_of(kind: str, code: str) -> str:
    """What a set is called; its code when the region has no such set."""
    found = table().filter(pl.col(SETS[kind]) == code)[NAMES[kind]]
    return str(found[0]) if len(found) else code


def choices(kind: str) -> list[tuple[str, str]]:
    """The sets of a kind to choose from: code and name, by name."""
    pairs = table().select(SETS[kind], NAMES[kind]).unique().rows()
    return sorted(pairs, key=lambda pair: pair[1])
