"""How far two municipalities lie apart, from middle to middle."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

import polars as pl

from veerkracht.register.people import areas

_EARTH_KM = 6371.0


def kilometres(one: str, other: str) -> float | None:
    """Along the ground, between two municipalities by code; None when one is not known."""
    if not one or not other:
        return None
    middles = _middles(_Table(areas.table()))
    if one not in middles or other not in middles:
        return None
    (x1, y1), (x2, y2) = middles[one], middles[other]
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


class _Table:
    """A region's table of areas as something to remember by: one region, one table."""

    def __init__(self, table: pl.DataFrame):
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Table) and other.table is self.table


@lru_cache(maxsize=4)
def _middles(areas_of: _Table) -> dict[str, tuple[float, float]]:
    rows = areas_of.table.select("code", "longitude", "latitude").drop_nulls().iter_rows()
    return {code: (radians(longitude), radians(latitude)) for code, longitude, latitude in rows}
