"""From when until when something in a region's file holds, and what it rests on: read in one way everywhere."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from veerkracht.region.ids import UNREAD_DATE
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Assumption, Source


class Holds(TypedDict):
    """The fields that everything dated shares, to be made with: `Condition(id=…, **read_holds(reader))`."""

    from_: date
    until: date | None
    source: Source | None
    assumption: Assumption | None


def read_holds(reader: Reader) -> Holds:
    """`from`, `until`, `source` and `assumption` of a table; `UNREAD_DATE` for a first day that can't be read."""
    source, assumption = reader.origin()
    from_, until = reader.day("from") or UNREAD_DATE, reader.day("until", required=False)
    return {"from_": from_, "until": until, "source": source, "assumption": assumption}


def read_holds_in_order(reader: Reader) -> Holds:
    """As `read_holds`; that it ends before it begins is a fault."""
    holds = read_holds(reader)
    check_order(reader, holds["from_"], holds["until"])
    return holds


def check_order(reader: Reader, from_: date, until: date | None) -> None:
    """Note that something ends before it begins."""
    if until is not None and until <= from_:
        reader.fault("until", "This ends before it begins.", until, f"a date after {from_}")
