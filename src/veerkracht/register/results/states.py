"""Where a milestone stands on a day: one pure function, without a database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from veerkracht.region.money.model import Milestone

# In the order in which they ask for attention.
STATES = (
    "late",
    "missed",
    "undefined",
    "unmeasured",
    "unconfirmed",
    "on-time",
    "met",
)


@dataclass(frozen=True)
class Measured:
    """What was reached on a day: a value in the unit of the milestone, or whether it is done (None: not said)."""

    on: date
    value: Decimal | None = None
    done: bool | None = None


def counted_in_units(milestone: Milestone) -> bool:
    """Whether a milestone is reached by a number; else it is done or not."""
    return bool(milestone.unit.en or milestone.unit.nl)


def reaches(milestone: Milestone, measured: Measured) -> bool:
    """Whether what was measured is what was meant. A target below the baseline is one to come down to."""
    if not counted_in_units(milestone):
        return bool(measured.done)
    if milestone.target is None or measured.value is None:
        return False
    target = Decimal(str(milestone.target))
    below = milestone.baseline is not None and target < Decimal(str(milestone.baseline))
    return measured.value <= target if milestone.at_most or below else measured.value >= target


def state_of(
    milestone: Milestone, on: date, counted: Measured | None, unconfirmed: Measured | None = None
) -> str:
    """One of `STATES`. `counted`: the last that somebody confirmed or that a source says; `unconfirmed`: the last
    report that nobody has judged yet.

    - undefined: nobody said what it is, what number is meant, or by when;
    - met: reached, be it after its day;
    - unconfirmed: reached, or the first that is heard of it, but only by the word of who reported;
    - unmeasured: a number that nobody measured;
    - on-time, before or on its day; after it missed, when measured since and not reached, and else late.
    """
    numbered = counted_in_units(milestone)
    if not (milestone.definition.en or milestone.definition.nl) or (numbered and milestone.target is None):
        return "undefined"
    if counted and reaches(milestone, counted):
        return "met"
    if unconfirmed and (counted is None or reaches(milestone, unconfirmed)):
        return "unconfirmed"
    if milestone.target_on is None:
        return "undefined"
    if numbered and counted is None:
        return "unmeasured"
    if on <= milestone.target_on:
        return "on-time"
    return "missed" if numbered and counted and counted.on >= milestone.target_on else "late"


def days_late(milestone: Milestone, on: date, first_reached: date | None) -> int:
    """How many days after its day it was reached, or is not; 0 when it is in time or has no day."""
    if milestone.target_on is None:
        return 0
    return max(((first_reached or on) - milestone.target_on).days, 0)
