"""Areas as a list is filtered by: one municipality, or all those of a zone, region or province."""

import polars as pl

from veerkracht import region
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

# How a filter names a set of areas, and the column of the region's areas that holds it.
SETS = {"municipality": "code", "zone": "zone", "region": "region", "province": "province"}
NAMES = {"municipality": "name", "zone": "zone_name", "region": "region_name", "province": "province_name"}


def codes(kind: str, code: str) -> tuple[str, ...]:
    """The municipalities of a set, by code. Raises `Invalid` for a set that the region doesn't have."""
    areas = region.current().areas
    found = areas.filter(pl.col(SETS[kind]) == code).get_column("code")
    if not found.len():
        raise Invalid(
            Text(nl=f"Er is geen gebied “{code}”.", en=f"There is no area “{code}”."),
            kind,
        )
    return tuple(found.sort())


def table() -> pl.DataFrame:
    """The region's municipalities, one a row."""
    return region.current().areas


def names() -> dict[str, str]:
    """The name of each municipality by its code."""
    return dict(region.current().areas.select("code", "name").iter_rows())


def choices(kind: str) -> list[tuple[str, str]]:
    """The sets of a kind to choose from: code and name, by name."""
    pairs = region.current().areas.select(SETS[kind], NAMES[kind]).unique().rows()
    return sorted(pairs, key=lambda pair: pair[1])
