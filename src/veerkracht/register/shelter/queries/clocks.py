"""The clocks of a stay: by which norm, until when, and how near that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from veerkracht.register import clock
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.actions.alarms import level_of
from veerkracht.register.shelter.models import CrisisStay
from veerkracht.rulebook.now import Follow
from veerkracht.rulebook.stay_terms import FINE, OVER, SOON, StayNorm

_URGENT = {OVER: 0, SOON: 1, FINE: 2}


@dataclass(frozen=True)
class ClockView:
    """A clock that runs. `watched`: the stay or its consent. `level`: fine, soon or over.

    `follows`: what can be done.
    """

    watched: str
    due_at: datetime
    level: str
    norm: StayNorm | None
    follows: tuple[Follow, ...]


def clocks_of(stay: CrisisStay, now: datetime | None = None) -> tuple[ClockView, ...]:
    """The clocks of a stay that run, the most urgent first; none when it has ended or no norm is known."""
    now = now or clock.now()
    return tuple(sorted(_running(stay, now), key=lambda one: (_URGENT[one.level], one.due_at)))


def _running(stay: CrisisStay, now: datetime) -> Iterable[ClockView]:
    if stay.state != CrisisStay.State.RUNNING:
        return
    for watched, field in norms.CLOCK_FIELDS.items():
        due: datetime | None = getattr(stay, field)
        if due is not None:
            norm = norms.norm_of(stay, watched)
            known = norms.shelter().follows
            follows = tuple(known[id] for id in norm.follows if id in known) if norm else ()
            yield ClockView(watched, due, level_of(stay, watched, now), norm, follows)
