"""The part of a yearly amount that is paid for a month."""

import calendar
from datetime import date

_MONTHS = 12


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
