"""Which numbers nobody has checked for too long (`last_checked`).

The region says after how many months that is too long ago (`stale_after_months`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from veerkracht.region.model import Region
from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.months import add_months
from veerkracht.rulebook.types import Parameter, Text

_POINT_VALUE = Text("Waarde van een zorgpunt, in euro per jaar.", "Value of a care point, in euro a year.")


@dataclass(frozen=True)
class Stale:
    """A number in use that was last checked too long ago.

    `owner`: the programme that it is of, or "staff", "population" or "figures". `id`: of the parameter, the word
    "point-value", or the name of the series.
    """

    owner: str
    id: str
    text: Text
    still_valid_on: date

    @property
    def name(self) -> str:
        """As `forecast.inputs.Uncertain` is called, so that a forecast knows its own."""
        return f"{self.owner}:{self.id}"


def stale(region: Region, on: date) -> list[Stale]:
    """The numbers that hold on a day and were last checked too long before it, longest ago first.

    A number that does not say when it was checked is not among them: that is not known.
    """
    months = region.stale_after_months
    if months is None:
        return []
    found = (one for one in _checked(region, on) if on > add_months(one.still_valid_on, months))
    return sorted(found, key=lambda one: (one.still_valid_on, one.owner, one.id))


def _checked(region: Region, on: date) -> Iterator[Stale]:
    """All that holds on the day and says when it was checked."""
    owners: dict[str, tuple[Parameter, ...]] = {id: one.parameters for id, one in region.programmes.items()}
    for name, part in (("staff", region.staff), ("population", region.population)):
        owners[name] = part.parameters if part else ()
    for owner, parameters in owners.items():
        for id in dict.fromkeys(parameter.id for parameter in parameters):
            now = value_on_or_none([parameter for parameter in parameters if parameter.id == id], on)
            if now is not None and now.still_valid_on is not None:
                yield Stale(owner, id, now.text, now.still_valid_on)
    for programme in region.programmes.values():
        value = value_on_or_none(programme.point_values, on)
        if value is not None and value.still_valid_on is not None:
            yield Stale(programme.id, "point-value", _POINT_VALUE, value.still_valid_on)
    yield from _figures(region, on)


def _figures(region: Region, on: date) -> Iterator[Stale]:
    """Each series of which figures say when they were checked; the last check counts."""
    checks = region.figures.frame.filter(pl.col("still_valid_on") <= on)
    last = checks.group_by("series").agg(pl.col("still_valid_on").max())
    for series, checked in last.iter_rows():
        yield Stale("figures", series, Text(series, series), checked)
