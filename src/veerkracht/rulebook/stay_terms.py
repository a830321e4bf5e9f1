"""How long a stay in crisis may last, and by when what must follow has to be there: moments, pure functions.

A norm in hours counts hours that pass, whatever the clock on the wall does; a norm in days ends at the same time of
day on the wall, also when summer time begins or ends in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from veerkracht.rulebook.types import Dated, Text

# What a norm watches: the stay as a whole, a stay without clear consent, the first help of a counselling.
STAY, CONSENT = "stay", "consent"
CLOCKS = (STAY, CONSENT)
# How near the end of a norm is.
FINE, SOON, OVER = "fine", "soon", "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayNorm(Dated):
    """How long something may last: so many `days` or so many `hours`, one of them.

    `clock`: what it watches, one of `CLOCKS`. `kinds`: the kinds of help it holds for; none named: all.
    `warn_hours`: so long before the end it is told. `follows`: ids of what can be done then, in order. `extend_days`: a
    decision can add so many days, at most `extensions` times.
    """

    id: str
    text: Text
    clock: str
    days: int | None = None
    hours: int | None = None
    warn_hours: int = 0
    kinds: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    extend_days: int = 0
    extensions: int = 0

    def ends(self, start: datetime, zone: ZoneInfo) -> datetime:
        """The moment at which the norm is over for what began at `start`, both aware.

        Raises `ValueError` for a moment without a time zone.
        """
        if start.tzinfo is None:
            raise ValueError("a norm is counted from a moment with a time zone")
        if self.hours is not None:
            return hours_later(start, self.hours)
        return days_later(start, self.days or 0, zone)


def hours_later(start: datetime, hours: int) -> datetime:
    """When so many hours have passed, also over a night in which the clocks change."""
    # By way of UTC: a sum with a zone of its own moves the hands of the clock on the wall.
    return start.astimezone(UTC) + timedelta(hours=hours)


def days_later(start: datetime, days: int, zone: ZoneInfo) -> datetime:
    """So many days later at the same time on the wall clock of a zone; of a time that does not exist there, one hour
    on.
    """
    wall = start.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    # A time that summer time skips is none on the wall: by way of UTC it becomes the one an hour on.
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def norm_for(norms: Iterable[StayNorm], clock: str, kind: str, start: datetime) -> StayNorm | None:
    """The norm of a clock for a kind of help that held on the day something began; None when none is known.

    One that names the kind goes before one for every kind.
    """
    day = start.date()
    fitting = [
        one for one in norms if one.clock == clock and one.holds(day) and kind in (one.kinds or (kind,))
    ]
    return max(fitting, key=lambda one: (bool(one.kinds), one.from_), default=None)


def nearness(due: datetime, now: datetime, warn_hours: int) -> str:
    """How near an end is: `fine`, `soon` from so many hours before it, `over` from the moment itself."""
    if now >= due:
        return OVER
    return SOON if now >= due - timedelta(hours=warn_hours) else FINE
