"""What the published figures of a region say, so that a money file needn't write them a second time."""

from __future__ import annotations

from typing import Any

from veerkracht.region.figures import Figures
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Source

Row = dict[str, Any]


def read_series(reader: Reader, figures: Figures) -> list[Row]:
    """The figures of the series that a table names under `series`, by date; none when it names none."""
    series = reader.string("series", required=False)
    rows = figures.series(series).to_dicts() if series else []
    if series and not rows:
        reader.fault("series", "There are no figures of this series.", series, "a series of figures/*.csv")
    return rows


def source_of(row: Row) -> Source:
    """Where a published figure comes from."""
    return Source(row["source_title"], row["source_url"] or "", row["note"] or "")
