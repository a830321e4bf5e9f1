"""When a number was last checked.

A number says `still_valid_on`: the last day on which somebody saw that it still held, or the day of what it rests on.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from veerkracht.region.reader import Reader


class CheckFault(NamedTuple):
    message: str
    expected: str


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
