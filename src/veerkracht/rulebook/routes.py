"""Routes outside the queue: how long what they grant lasts."""

from datetime import date, timedelta

from veerkracht.rulebook.months import add_months
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
