"""What the published figures of a region say, so that a money file needn't write them a second time."""

from __future__ import annotations

from typing import Any

import polars as pl

from veerkracht.region.figures import Figures
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Source

Row = dict[str, Any]


def rows_of(figures: Figures, *series: str) -> list[Row]:
    """The figures of some series, in the order of their dates."""
    return figures.frame.filter(pl.col("series").is_in(series)).sort("date").to_dicts()


def read_series(reader: Reader, figures: Figures) -> list[Row]:
    """The figures of the series that a table names under `series`; none when it names none."""
    series = reader.string("series", required=False)
    rows = rows_of(figures, series) if series else []
    if series and not rows:
        reader.fault("series", "There are no figures of this series.", series, "a series of figures/*.csv")
    return rows


def source_of(row: Row) -> Source:
    """Where a published figure comes from."""
    return Source(row["source_title"], row["source_url"] or "", row["note"] or "")
