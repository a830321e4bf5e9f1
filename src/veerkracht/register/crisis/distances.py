"""How far two municipalities lie apart, from middle to middle."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from veerkracht.register.people import areas

_EARTH_KM = 6371.0
# By the code of a municipality: its longitude and latitude, in radians.
Middles = Mapping[str, tuple[float, float]]


def middles() -> Middles:
    """The middle of each municipality that has one."""
    rows = areas.table().select("code", "longitude", "latitude").drop_nulls().iter_rows()
    return {code: (radians(longitude), radians(latitude)) for code, longitude, latitude in rows}


def kilometres(known: Middles, one: str, other: str) -> float | None:
    """Along the ground, between two municipalities by code; None when the middle of one is not known."""
    if one not in known or other not in known:
        return None
    (x1, y1), (x2, y2) = known[one], known[other]
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
