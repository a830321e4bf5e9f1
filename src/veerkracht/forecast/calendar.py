"""The days of a forecast: rounds, and the dates for which results are kept."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from veerkracht.forecast.faults import ForecastFault
from veerkracht.rulebook.types import Programme, Text

YEAR = 365.25  # days
_EPOCH = date(1970, 1, 1)
_RECORDED = ((6, 30), (12, 31))
MOST_YEARS = 50
_YEARS = Text(
    "Een vooruitblik van {years} jaar kan niet: verwacht werd 1 tot {most}.",
    "A forecast of {years} years can't be made: expected 1 to {most}.",
)
_NO_DATES = Text(
    "{programme} verdeelt niet in rondes op vaste datums: deze vooruitblik kan het nog niet naspelen.",
    "{programme} does not hand out in rounds on dates: this forecast can't play it yet.",
)
_TOO_EARLY = Text(
    "{programme} begon op {begins}: een vooruitblik kan niet starten op {start}.",
    "{programme} began on {begins}: a forecast can't start on {start}.",
)


def day_number(on: date) -> int:
    """Whole days since 1970-01-01."""
    return (on - _EPOCH).days


@dataclass(frozen=True)
class Calendar:
    """From the start (not included) up to and with the end."""

    start: date
    years: int
    round_dates: tuple[tuple[int, int], ...]

    @cached_property
    def end(self) -> date:
        try:
            return self.start.replace(year=self.start.year + self.years)
        except ValueError:  # 29 February
            return self.start.replace(year=self.start.year + self.years, day=28)

    @cached_property
    def rounds(self) -> tuple[date, ...]:
        """Days on which money is handed out."""
        return self._days(self.round_dates)

    @cached_property
    def records(self) -> tuple[date, ...]:
        """The start, and each 30 June and 31 December after it."""
        return (self.start, *self._days(_RECORDED))

    def _days(self, of_year: tuple[tuple[int, int], ...]) -> tuple[date, ...]:
        days = {
            date(year, month, day)
            for year in range(self.start.year, self.end.year + 1)
            for month, day in of_year
        }
        return tuple(sorted(day for day in days if self.start < day <= self.end))

    def first_round(self, on: date) -> int | None:
        """The number of the first round on or after a day; None when there is none before the end."""
        return next((number for number, day in enumerate(self.rounds) if day >= on), None)


def check_years(years: int) -> None:
    """Raises `ForecastFault` for a number of years that nothing can be forecast for."""
    if not 1 <= years <= MOST_YEARS:
        raise ForecastFault(_YEARS.fill(years=years, most=MOST_YEARS))


def check_begin(programme: Programme, start: date) -> None:
    """Raises `ForecastFault` for a start before the programme began."""
    if start < programme.begins:
        raise ForecastFault(_TOO_EARLY.fill(programme=programme.id, begins=programme.begins, start=start))


def calendar(programme: Programme, start: date, years: int) -> Calendar:
    """The calendar of a programme that hands out in rounds. Raises `ForecastFault` when there can be none."""
    check_years(years)
    if programme.handout != "round" or not programme.round.dates:
        raise ForecastFault(_NO_DATES.fill(programme=programme.id))
    check_begin(programme, start)
    return Calendar(start, years, programme.round.dates)
