"""Routes outside the queue: how long what they grant lasts."""

import calendar
from datetime import date, timedelta

from veerkracht.rulebook.types import Route


def ends_on(route: Route, granted_from: date) -> date | None:
    """The first day after a temporary grant that starts on a date; None when it has no end.

    Months are counted by the calendar: six months from 31 August is the last day of February.
    """
    if route.weeks:
        return granted_from + timedelta(weeks=route.weeks)
    if route.months:
        return add_months(granted_from, route.months)
    return None


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
