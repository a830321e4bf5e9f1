"""Days as whole numbers since 1970-01-01, the form in which the draw computes with them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]

EPOCH = date(1970, 1, 1)
YEAR = 365.25
# "Never", for a day that has not come.
NEVER = 2**40


def day(value: date) -> int:
    return (value - EPOCH).days


def to_date(value: int) -> date:
    return EPOCH + timedelta(days=int(value))


def quarter_ends(first: int, last: int) -> list[int]:
    """The last days of quarters from `first` to `last`, and those two days themselves."""
    start, stop = to_date(first), to_date(last)
    ends = {first, last}
    for year in range(start.year, stop.year + 1):
        for month in (3, 6, 9, 12):
            following = date(year + month // 12, month % 12 + 1, 1)
            end = day(following) - 1
            if first < end < last:
                ends.add(end)
    return sorted(ends)


def year_of(value: int) -> int:
    return to_date(value).year


def office_hours(days: Days, order: Days, zone: str) -> list[datetime]:
    """A moment in office hours (08:00 to 16:59 local time) of each day, in UTC; `order` spreads them over the day."""
    local = ZoneInfo(zone)
    opening = {
        value: datetime.combine(to_date(value), datetime.min.time(), local).replace(hour=8).astimezone(UTC)
        for value in np.unique(days).tolist()
    }
    minutes = (order % 540).tolist()
    return [
        opening[value] + timedelta(minutes=minute)
        for value, minute in zip(days.tolist(), minutes, strict=True)
    ]
