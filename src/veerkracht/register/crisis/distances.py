"""How far two municipalities lie apart, from middle to middle; and of what is secret, how far two zones do."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from veerkracht.region.crisis import Crisis
from veerkracht.region.kept import once_for
from veerkracht.register.people import areas

_EARTH_KM = 6371.0
# By the code of a municipality, or the name of a zone: its longitude and latitude, in radians.
Middles = Mapping[str, tuple[float, float]]


@once_for
def middles(crisis: Crisis) -> Middles:
    """The middle of each municipality that has one, and of each zone (`of_zone`) that of its municipalities."""
    rows = areas.table().select("code", "longitude", "latitude").drop_nulls().iter_rows()
    known = {code: (radians(longitude), radians(latitude)) for code, longitude, latitude in rows}
    of_zones: dict[str, list[tuple[float, float]]] = {}
    for code, zone in crisis.zone_by_area.items():
        if code in known:
            of_zones.setdefault(of_zone(zone), []).append(known[code])
    return known | {name: _mean(points) for name, points in of_zones.items()}


def of_zone(zone: str) -> str:
    """By what the middle of a zone is known; no municipality has such a code."""
    return f"zone {zone}"


def kilometres(known: Middles, one: str, other: str) -> float | None:
    """Along the ground, between two places by what they are known by; None when the middle of one is not known."""
    if one not in known or other not in known:
        return None
    (x1, y1), (x2, y2) = known[one], known[other]
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return (sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points))
