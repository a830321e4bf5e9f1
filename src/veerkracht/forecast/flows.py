"""Which series count what happens in a calendar year, and from when on they know a year whole."""

from datetime import date

# Parts of the names of series that count from 1 January up to and with the date; all others are stocks.
FLOWS = frozenset({"arrivals", "exits", "granted", "moves-in", "moves-out", "money", "helped"})


# What figures of the first half of a year are called: the name of the series, and this.
FIRST_HALF = ".first-half"


def is_flow(series: str) -> bool:
    return bool(FLOWS & set(series.split(".")))


def is_whole(series: str, start: date, day: date) -> bool:
    """Whether a forecast from the evening of `start` knows all that a figure of a series on a day counts.

    Published figures of a flow are of a whole year, on 31 December.
    """
    return not is_flow(series) or ((day.month, day.day) == (12, 31) and day.year > start.year)
