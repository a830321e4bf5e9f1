"""A map of equal hexagons: each area near where it is, none on top of another."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Rows of hexagons are this much closer to one another than columns.
_ROW_HEIGHT = np.sqrt(3) / 2
# Places for each area: with some room a coast or a border keeps its shape.
_ROOM = 1.35


def hexagons(areas: pl.DataFrame) -> pl.DataFrame:
    """A place on a grid of hexagons for each area: code, column, row (both int, from 0, row 0 in the north).

    Odd rows stand half a hexagon to the east. `areas`: code, longitude, latitude. The places are those that
    together are nearest to the centres of the areas.
    """
    if areas.is_empty():
        return pl.DataFrame(schema={"code": pl.String, "column": pl.Int64, "row": pl.Int64})
    ordered = areas.sort("code")
    centres = _flat(ordered)
    columns, rows = _grid(centres)
    places = np.stack([columns + 0.5 * (rows % 2), rows * _ROW_HEIGHT], axis=1)
    where = _scaled(centres, places)
    # Imported here: every page would wait for it at its start, and few ever need it.
    from scipy.optimize import linear_sum_assignment

    distance = ((where[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
    chosen = linear_sum_assignment(distance)[1]
    column, row = columns[chosen], rows[chosen]
    # An even shift keeps the odd rows the odd ones.
    return pl.DataFrame(
        {"code": ordered["code"], "column": column - column.min(), "row": row - row.min() // 2 * 2}
    ).sort("row", "column")


def _flat(areas: pl.DataFrame) -> Floats:
    """Centres in a plane: east and south, in degrees of latitude."""
    longitude = areas.get_column("longitude").to_numpy().astype(np.float64)
    latitude = areas.get_column("latitude").to_numpy().astype(np.float64)
    return np.stack([longitude * np.cos(np.radians(latitude.mean())), -latitude], axis=1)


def _grid(centres: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    width, height = np.maximum(np.ptp(centres, axis=0), 1e-6)
    count = len(centres) * _ROOM
    across = max(1, int(np.ceil(np.sqrt(count * width / height * _ROW_HEIGHT))))
    down = max(1, int(np.ceil(count / across)))
    across = max(across, int(np.ceil(len(centres) / down)))
    rows, columns = np.divmod(np.arange(across * down), across)
    return columns.astype(np.int64), rows.astype(np.int64)


def _scaled(centres: Floats, places: Floats) -> Floats:
    """The centres stretched over the grid: by rank, halfway to where they are, so that crowds get room."""
    result = np.empty_like(centres)
    for axis in range(2):
        values = centres[:, axis]
        low, high = places[:, axis].min(), places[:, axis].max()
        rank = values.argsort(kind="stable").argsort(kind="stable") / max(1, len(values) - 1)
        place = (values - values.min()) / max(float(np.ptp(values)), 1e-9)
        result[:, axis] = low + (0.5 * rank + 0.5 * place) * (high - low)
    return result
