"""Days as whole numbers since 1970-01-01, the form in which the draw computes with them."""

from datetime import date, timedelta

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
