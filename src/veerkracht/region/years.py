"""The same day in other years."""

from datetime import date


def years_on(day: date, years: int) -> date:
    """The same day so many years later; the 28th for the 29th of February."""
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def every_year(from_: date, until: date) -> tuple[date, ...]:
    """The same day in every year from one on, before another."""
    found = (years_on(from_, years) for years in range(max(0, until.year - from_.year + 1)))
    return tuple(day for day in found if day < until)
