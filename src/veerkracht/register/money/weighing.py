"""What a yearly amount weighs on one budget year: by its days, or by the months in which a personal budget is paid."""

import calendar
from datetime import date
from fractions import Fraction

_MONTHS = 12


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


def share(yearly_cents: int, month: date, from_date: date, until: date | None = None) -> int:
    """Whole cents of a month, for what runs from one day up to and including another.

    Twelve whole months of a calendar year are exactly the yearly amount: each is what is due by its end less what was
    due by its beginning, so no cent is rounded away. A month of which it runs a part is paid by its days, rounded down.
    """
    before = yearly_cents * (month.month - 1) // _MONTHS
    whole = yearly_cents * month.month // _MONTHS - before
    days = calendar.monthrange(month.year, month.month)[1]
    first, last = month.replace(day=1), month.replace(day=days)
    begins, ends = max(first, from_date), min(last, until or last)
    run = max((ends - begins).days + 1, 0)
    return whole * run // days


def for_months(yearly_cents: int, first: date, last: date, year: int) -> int:
    """So many cents of a personal budget are paid from `first` to `last` (both included) within a year: month by month,
    so that what is committed is always enough for what is paid.
    """
    return sum(share(yearly_cents, date(year, month, 1), first, last) for month in range(1, _MONTHS + 1))


def rest_of_year(first: date, year: int) -> Fraction:
    """The part of a yearly amount that `for_months` counts from a day to the end of a year, before it is rounded."""
    if first.year < year:
        return Fraction(1)
    days = calendar.monthrange(year, first.month)[1]
    return (_MONTHS - first.month + Fraction(days - first.day + 1, days)) / _MONTHS
