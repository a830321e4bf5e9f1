"""Yardsticks that need no model: it stays the same, or it goes on as in the last year."""

from dataclasses import dataclass
from datetime import date

from veerkracht.forecast.calendar import YEAR
from veerkracht.region import Figures

# Years between two figures that a trend is read from: half a year is season, four years ago is history.
_SHORTEST, _LONGEST = 0.9, 3.1


@dataclass(frozen=True)
class Naive:
    """`value`: the last figure of a series on or before the start. `trend`: its change a year; None when unknown."""

    value: float
    trend: float | None

    def same(self) -> float:
        return self.value

    def on_trend(self, years: float) -> float | None:
        """Never below nothing."""
        return None if self.trend is None else max(0.0, self.value + self.trend * years)


def naive(figures: Figures, series: str, start: date) -> Naive | None:
    """Of figures dated on or before the start, whenever they were published: the yardstick knows no less than the
    forecast. None when there is no figure."""
    known = figures.series(series, until=start)
    if not known.height:
        return None
    last_day, last = known.item(-1, "date"), float(known.item(-1, "value"))
    trend = None
    for day, value in reversed(list(zip(known["date"], known["value"], strict=True))):
        years = (last_day - day).days / YEAR
        if _SHORTEST <= years <= _LONGEST:
            trend = (last - float(value)) / years
            break
    return Naive(last, trend)
