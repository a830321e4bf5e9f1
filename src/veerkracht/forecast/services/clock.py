"""What happens when: requests that come, stream by stream, and what happens to a request, event by event.

Two heaps, each with its earliest moment on top and four below each moment. That of the streams holds for every stream
the moment at which its next request comes. That of the events holds only what happens until `EDGE`; later events wait
in a bucket for each day, unsorted, so that the heap stays small and near. An event that no longer holds stays where it
is: it is known by its moment, which is no longer the one that its request has (`DUE`).
"""

import math

import numpy as np

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.compiling import inlined
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.work import Work

# What a heap has below each moment: so many are `inf` after its last.
BELOW = 4
# Positions without a sign, so that Numba need not look whether they count from the end.
_ZERO, _ONE, _TWO, _FOUR = np.uintp(0), np.uintp(1), np.uintp(2), np.uintp(4)


@inlined
def sink(at: Real, item: Whole, size: int, moment: float, value: int) -> None:
    """Put a moment where the top of a heap was."""
    place, end = _ZERO, np.uintp(size)
    while True:
        # Four below each, and no branch, which could not be foreseen: after the last moment all are `inf`.
        first = _FOUR * place + _ONE
        if first >= end:
            break
        third = first + _TWO
        first += np.uintp(at[first + _ONE] < at[first])
        third += np.uintp(at[third + _ONE] < at[third])
        below = third if at[third] < at[first] else first
        if at[below] >= moment:
            break
        at[place], item[place] = at[below], item[below]
        place = below
    at[place], item[place] = moment, value


@inlined
def rise(at: Real, item: Whole, size: int, moment: float, value: int) -> None:
    """Add a moment to a heap of this size."""
    place = np.uintp(size)
    while place > _ZERO:
        above = (place - _ONE) >> _TWO
        if at[above] <= moment:
            break
        at[place], item[place] = at[above], item[above]
        place = above
    at[place], item[place] = moment, value


@inlined
def _add(work: Work, moment: float, person: int) -> None:
    size = work.mark[of.EVENTS]
    if work.mark[of.HOLE]:
        work.mark[of.HOLE] = 0
        sink(work.event_at, work.event, size, moment, person)
    elif size + BELOW >= work.event_at.shape[0]:
        work.mark[of.FULL] = 1
    else:
        rise(work.event_at, work.event, size, moment, person)
        work.mark[of.EVENTS] = size + 1


@inlined
def plan(work: Work, moment: float, person: int) -> None:
    """Something happens to a person at a moment; after the end of the run nothing does."""
    if moment < work.now[of.EDGE]:
        _add(work, moment, person)
    elif moment <= work.now[of.END]:
        bucket = np.int64((moment - work.now[of.BEGIN]) / work.now[of.WIDTH])
        bucket = max(bucket, work.mark[of.BUCKET] + 1)
        later = work.mark[of.FREE_LATER]
        if later >= 0:
            work.mark[of.FREE_LATER] = work.later[later, of.NEXT_LATER]
        elif work.mark[of.LATERS] < work.later.shape[0]:
            later = work.mark[of.LATERS]
            work.mark[of.LATERS] = later + 1
        else:
            work.mark[of.FULL] = 1
            return
        work.later_at[later] = moment
        work.later[later, of.LATER_PERSON] = person
        work.later[later, of.NEXT_LATER] = work.bucket[bucket]
        work.bucket[bucket] = later


@inlined
def next_bucket(work: Work) -> None:
    """The edge is reached: what happens until the next edge goes to the heap."""
    bucket = work.mark[of.BUCKET] + 1
    work.mark[of.BUCKET] = bucket
    work.now[of.EDGE] = work.now[of.BEGIN] + (bucket + 1) * work.now[of.WIDTH]
    later = work.bucket[bucket]
    while later >= 0:
        following = work.later[later, of.NEXT_LATER]
        _add(work, work.later_at[later], work.later[later, of.LATER_PERSON])
        work.later[later, of.NEXT_LATER] = work.mark[of.FREE_LATER]
        work.mark[of.FREE_LATER] = later
        later = following
    work.bucket[bucket] = -1


@inlined
def take_event(work: Work) -> int:
    """The person of the first event. Its place on top is kept for the event that mostly follows from it."""
    work.mark[of.HOLE] = 1
    return int(work.event[0])


@inlined
def close_hole(work: Work) -> None:
    """Nothing followed from the last event: take it off."""
    work.mark[of.HOLE] = 0
    size = work.mark[of.EVENTS] - 1
    work.mark[of.EVENTS] = size
    moment, person = work.event_at[size], work.event[size]
    work.event_at[size] = math.inf
    if size > 0:
        sink(work.event_at, work.event, size, moment, person)
