"""When a number was last checked, and which numbers nobody has checked for too long.

A number says `still_valid_on`: the last day on which somebody saw that it still held, or the day of what it rests on.
The region says after how many months that is too long ago (`stale_after_months`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from veerkracht.region.reader import Reader
from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.types import Parameter, Text

if TYPE_CHECKING:
    from veerkracht.region.model import Region

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


class CheckFault(NamedTuple):
    message: str
    expected: str


def stale(region: Region, on: date) -> list[Stale]:
    """The numbers that hold on a day and were last checked too long before it, longest ago first.

    A number that does not say when it was checked is not among them: that is not known.
    """
    months = region.stale_after_months
    if months is None:
        return []
    found = (one for one in _checked(region, on) if on > _later(one.still_valid_on, months))
    return sorted(found, key=lambda one: (one.still_valid_on, one.owner, one.id))


def read_check(reader: Reader, from_: date | None) -> date | None:
    """`still_valid_on` of what holds from a day."""
    checked = reader.day("still_valid_on", required=False)
    fault = check_fault(checked, from_)
    if fault:
        reader.fault("still_valid_on", fault.message, checked, fault.expected)
    return checked


def check_fault(checked: date | None, from_: date | None) -> CheckFault | None:
    """What is wrong with a day on which a number was checked; None when nothing is."""
    today = date.today()
    if checked is None:
        return None
    if checked > today:
        return CheckFault("This was checked on a day that is still to come.", f"{today} or earlier")
    if from_ is not None and checked < from_:
        return CheckFault("This was checked before it held.", f"{from_} or later")
    return None


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


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    later: date = pl.Series([day]).dt.offset_by(f"{months}mo").item()
    return later
