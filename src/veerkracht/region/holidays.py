"""Public holidays: days of every year, or days counted from Easter Sunday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Text


@dataclass(frozen=True, slots=True)
class Holiday:
    """Either `month` and `day`, or `easter`: days after Easter Sunday (negative: before)."""

    name: Text
    month: int = 0
    day: int = 0
    easter: int | None = None

    def in_year(self, year: int) -> date:
        if self.easter is not None:
            return easter_sunday(year) + timedelta(days=self.easter)
        return date(year, self.month, self.day)


def easter_sunday(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    quarter, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - quarter - shift + 15) % 30
    sunday = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    correction = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def read_holiday(reader: Reader) -> Holiday | None:
    """The holiday of one `[[holiday]]` table; None when it can't be read."""
    name = reader.words("name")
    if "easter" in reader.data:
        easter = reader.integer("easter")
        reader.done()
        return None if easter is None else Holiday(name, easter=easter)
    month, day = reader.integer("month", low=1), reader.integer("day", low=1)
    reader.done()
    if month is None or day is None:
        return None
    try:
        date(2023, month, day)
    except ValueError:
        reader.fault(
            "day",
            "This is not a day of every year.",
            f"day {day} of month {month}",
            "a day such as 21 of month 7",
        )
        return None
    return Holiday(name, month, day)
