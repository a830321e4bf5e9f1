"""The areas of a region: municipalities with the larger areas they are part of."""

from __future__ import annotations

import polars as pl

from veerkracht.region.csv_lines import Row, rows
from veerkracht.region.reader import Faults

SCHEMA = {
    "code": pl.String(),
    "name": pl.String(),
    "zone": pl.String(),
    "zone_name": pl.String(),
    "region": pl.String(),
    "region_name": pl.String(),
    "province": pl.String(),
    "province_name": pl.String(),
    "inhabitants": pl.Int64(),
    "longitude": pl.Float64(),
    "latitude": pl.Float64(),
}
_NAMED = (("zone", "zone_name"), ("region", "region_name"), ("province", "province_name"))


def read_areas(file: str, text: str, faults: Faults) -> pl.DataFrame:
    """The areas in a CSV text; rows that can't be read are left out and noted."""
    found: list[dict[str, object]] = []
    lines: dict[str, int] = {}
    names: dict[tuple[str, str], tuple[str, int]] = {}
    for row in rows(file, text, SCHEMA, faults):
        area = _area(row)
        code = str(area["code"])
        if code in lines:
            row.fault(
                "code", "This area stands there twice.", code, f"each code once (see line {lines[code]})"
            )
            continue
        lines[code] = row.line
        for key, name_key in _NAMED:
            _one_name(row, key, str(area[key]), str(area[name_key]), names)
        if None not in area.values():
            found.append(area)
    return pl.DataFrame(found, schema=SCHEMA)


def _area(row: Row) -> dict[str, object]:
    # Not every region has each of the larger areas; the municipality itself must have a code and a name.
    return {
        **{
            key: row.text(key, required=key in ("code", "name"))
            for key, kind in SCHEMA.items()
            if kind == pl.String
        },
        "inhabitants": row.integer("inhabitants"),
        "longitude": _within(row, "longitude", 180),
        "latitude": _within(row, "latitude", 90),
    }


def _within(row: Row, field: str, limit: int) -> float | None:
    value = row.number(field)
    if value is not None and abs(value) > limit:
        row.fault(field, "This number is not possible here.", value, f"degrees from -{limit} to {limit}")
        return None
    return value


def _one_name(
    row: Row, key: str, code: str, name: str, names: dict[tuple[str, str], tuple[str, int]]
) -> None:
    first, line = names.setdefault((key, code), (name, row.line))
    if first != name:
        row.fault(f"{key}_name", "One code has two names.", name, f"“{first}”, as in line {line}")
