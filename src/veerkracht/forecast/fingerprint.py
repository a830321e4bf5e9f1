"""What a stored result was made of, in one line: it changes when a number changes, and not when a text does."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import polars as pl

from veerkracht.region import Figures, Region, measures
from veerkracht.rulebook.types import Source, Text

# How long a file is kept changes no outcome, and the norm of one home is no number of the forecast. What a register
# hands in is in no stored result.
_ELSEWHERE = ("retentions", "norms", "awards", "occupied", "closed", "reopening", "told")
_FIGURE = ("series", "date", "value", "low", "high", "published")


def fingerprint(region: Region, plan_id: str, programmes: tuple[str, ...], *more: object) -> str:
    """Of the rules, numbers, figures and supplies of programmes, of a plan, and of whatever else went in."""
    parts = [
        *(_bare(region.programme(id)) for id in programmes),
        *(_bare(region.supplies.get(id)) for id in programmes),
        _figures(region.figures, programmes),
        _bare(measures(region, plan_id)),
        *map(_bare, more),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _figures(figures: Figures, programmes: tuple[str, ...]) -> str:
    """Of the programmes themselves; what is kept of other subjects does not enter their forecasts."""
    own = pl.any_horizontal(pl.col("series").str.starts_with(f"{id}.") for id in programmes)
    return figures.frame.filter(own).select(_FIGURE).write_csv()


def _number(value: Any, field: str) -> Any:
    """A field of it, but for when somebody last checked the number: that changes no outcome."""
    return None if field == "still_valid_on" else getattr(value, field)


def _bare(value: Any) -> str:
    """A value as text without the words and sources in it."""
    if isinstance(value, Text | Source | Path):
        return ""
    if isinstance(value, pl.DataFrame):
        return value.write_csv()
    if is_dataclass(value) and not isinstance(value, type):
        return (
            "("
            + ",".join(
                _bare(_number(value, field.name)) for field in fields(value) if field.name not in _ELSEWHERE
            )
            + ")"
        )
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_bare(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ",".join(map(_bare, value)) + "]"
    if isinstance(value, set | frozenset):
        return _bare(sorted(value))
    return str(value)
