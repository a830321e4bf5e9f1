"""Values that hold from a day: asking for a day on which nothing holds is an error, not a guess."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.types import Dated

Value = TypeVar("Value", bound=Dated)


def value_on(values: Sequence[Value], on: date, what: str = "") -> Value:
    """The one value of a series that holds on a date: the last that began on or before it.

    A value without an end holds until the next one begins. Raises `DateFault` before the first date, after
    the last has ended, in a gap, and when there is no value at all; `what` names the series in the message.
    """
    what = what or (type(values[0]).__name__ if values else "value")
    begun = [value for value in values if value.from_ <= on]
    if not begun:
        first = min((value.from_ for value in values), default=None)
        known = f"the first holds from {first}" if first else "there is none at all"
        raise DateFault(f"No {what} holds on {on}: {known}.")
    latest = max(begun, key=lambda value: value.from_)
    if not latest.holds(on):
        raise DateFault(f"No {what} holds on {on}: the one from {latest.from_} held until {latest.until}.")
    return latest


def value_on_or_none(values: Sequence[Value], on: date) -> Value | None:
    """As `value_on`, for what need not hold on every day: None when nothing does."""
    holding = [value for value in values if value.holds(on)]
    return max(holding, key=lambda value: value.from_, default=None)


def all_on(values: Iterable[Value], on: date) -> tuple[Value, ...]:
    """Every value that holds on a date, in the order of the file; may be none."""
    return tuple(value for value in values if value.holds(on))
