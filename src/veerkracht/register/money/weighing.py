"""What a yearly amount weighs on one budget year: for the days of that year in which it holds."""

from datetime import date


def for_days(yearly_cents: int, first: date, last: date, year: int) -> int:
    """So many cents of a yearly amount fall from `first` to `last` (both included) within a year.

    By the number of days, to the nearest cent, half a cent upward; 0 when the days lie in other years.
    """
    start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    days = (end - start).days + 1
    if days <= 0:
        return 0
    of = days_of(year)
    return (2 * yearly_cents * days + of) // (2 * of)


def days_of(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
