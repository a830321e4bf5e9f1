"""Requests that come: when, of which stream, and which stations they choose."""

import math

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.compiling import inlined
from veerkracht.forecast.services import clock, layout, lists
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import YEAR, Inputs, Tables
from veerkracht.forecast.services.work import Work

# Cohorts of the start have their own luck, apart from that of streams.
COHORTS = 1 << 32
_YEARS_A_DAY = 1.0 / YEAR


@inlined
def key_of(state: np.uint64, stream: int, serial: int) -> np.int64:
    """The luck of the request with this serial number in a stream, or in a cohort."""
    return np.int64(luck.mix(luck.mix(state, np.uint64(stream)), np.uint64(serial)))


@inlined
def _following(tables: Tables, inputs: Inputs, work: Work, stream: int) -> float:
    """When the next request of a stream comes: where its rate, summed from now, reaches an exponential."""
    serial = work.serial[stream, 0] + 1
    key = np.int64(luck.mix(np.uint64(work.serial[stream, 2]), np.uint64(serial)))
    work.serial[stream, 0], work.serial[stream, 1] = serial, key
    left = luck.lapse(np.uint64(key), luck.ARRIVE)
    at, season = work.now[of.NOW], tables.stream[layout.SEASON, stream]
    for month in range(max(0, work.mark[of.MONTH]), tables.month_of.shape[1]):
        year, of_year = tables.month_of[0, month], tables.month_of[1, month]
        rate = inputs.rate[stream, year] * inputs.season[season, of_year] * _YEARS_A_DAY
        room = (tables.month[month + 1] - at) * rate
        if left <= room:
            return float(at + left / rate)
        left -= room
        at = tables.month[month + 1]
    return math.inf


@inlined
def begin(state: np.uint64, tables: Tables, inputs: Inputs, work: Work) -> None:
    """When the first request of every stream comes."""
    streams = tables.stream.shape[1]
    for stream in range(streams):
        work.serial[stream, 0] = 0
        work.serial[stream, 2] = np.int64(luck.mix(state, np.uint64(stream)))
        first = _following(tables, inputs, work, stream)
        clock.rise(work.coming_at, work.coming, stream, first, stream)


@inlined
def next_request(tables: Tables, inputs: Inputs, work: Work) -> int:
    """The request that comes now, as a new row; its stream says what comes after it."""
    stream = work.coming[0]
    key = work.serial[stream, 1]
    following = _following(tables, inputs, work, stream)
    clock.sink(work.coming_at, work.coming, tables.stream.shape[1], following, stream)
    return new_request(work, stream, key, tables.stream[layout.CLASS, stream])


@inlined
def new_request(work: Work, stream: int, key: np.int64, kind: int) -> int:
    """A request as a new row, which stands nowhere yet."""
    person = lists.new_person(work)
    work.person[person, of.CLASS] = kind
    work.person[person, of.STREAM] = stream
    work.person[person, of.KEY] = key
    work.person[person, of.STATE] = of.SEEKS
    work.person[person, of.STEP] = 0
    work.moment[person, of.SINCE] = work.now[of.NOW]
    return person


@inlined
def choose(tables: Tables, work: Work, person: int) -> int:
    """Write the stations that a request chooses to `work.chosen`, the first choice first. Returns how many.

    All candidates, when it may stand on as many lists; else by weight, none twice. Always the same for one request.
    """
    stream = work.person[person, of.STREAM]
    start, end = tables.stream[layout.FROM, stream], tables.stream[layout.UNTIL, stream]
    choices = tables.stream[layout.CHOICES, stream]
    if end - start <= choices:
        for number in range(end - start):
            work.chosen[number] = tables.candidate[start + number]
        return int(end - start)
    total = 0.0
    for row in range(start, end):
        work.weight[row - start] = tables.weight[row]
        total += tables.weight[row]
    key = np.uint64(work.person[person, of.KEY])
    for number in range(choices):
        left = luck.chance(key, luck.CHOOSE + of.APART * number) * total
        last = np.int64(-1)
        for row in range(end - start):
            if work.weight[row] > 0.0:
                last = np.int64(row)
                left -= work.weight[row]
                if left < 0.0:
                    break
        work.chosen[number] = tables.candidate[start + last]
        total -= work.weight[last]
        work.weight[last] = 0.0
    return int(choices)
