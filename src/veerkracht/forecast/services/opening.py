"""The start of a run: who is served and who waits on the evening of the first day."""

import math

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.compiling import inner
from veerkracht.forecast.services import clock, coming, counts, layout, lists, stations, stays
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.work import Work


@inner
def clear(inputs: Inputs, work: Work, out: Out) -> None:
    """Make the room of the last run empty."""
    work.mark[:] = 0
    work.mark[of.FREE_NODE] = work.mark[of.FREE_LATER] = -1
    work.mark[of.PERSONS] = 1
    work.line[:] = -1
    work.bucket[:] = -1
    work.station[:] = 0
    work.event_at[:] = math.inf
    work.coming_at[:] = math.inf
    work.now[of.NOW] = work.now[of.BEGIN]
    work.now[of.EDGE] = work.now[of.BEGIN] + work.now[of.WIDTH]
    work.by_class[:] = 0.0
    work.by_group[:] = 0.0
    out.by_class[:] = 0.0
    out.by_group[:] = 0.0
    for kind in range(work.leave.shape[1]):
        work.leave[0, kind] = inputs.move[0, kind].sum()
        work.leave[1, kind] = inputs.move[1, kind].sum()


@inner
def _asked(tables: Tables, inputs: Inputs, cohort: int, number: int) -> float:
    """The priority date of a request of a waiting cohort; never, after the last of them."""
    size = inputs.present[cohort]
    if tables.cohort[layout.AT, cohort] >= 0 or number >= size:
        return math.inf
    first, last = tables.since[0, cohort], tables.since[1, cohort]
    return float(first + (last - first) * (number + 0.5) / size)


@inner
def _member(state: np.uint64, tables: Tables, inputs: Inputs, work: Work, cohort: int, number: int) -> int:
    key = coming.key_of(state, coming.COHORTS + cohort, number)
    mix = inputs.mix[tables.cohort[layout.MIX, cohort]]
    kind = stays.pick(mix, luck.chance(np.uint64(key), luck.CLASS))
    return coming.new_request(work, tables.cohort[layout.OF, cohort], key, kind)


@inner
def lay_out_served(state: np.uint64, tables: Tables, inputs: Inputs, work: Work) -> None:
    """Who is served at the start: they are found somewhere in a stay."""
    for cohort in range(tables.cohort.shape[1]):
        station = tables.cohort[layout.AT, cohort]
        if station < 0:
            continue
        for number in range(inputs.present[cohort]):
            person = _member(state, tables, inputs, work, cohort, number)
            work.person[person, of.STATE] = of.IS_SERVED
            work.person[person, of.STATION] = station
            work.station[station, of.BUSY] += tables.kind[layout.SIZE, work.person[person, of.CLASS]]
            if tables.cohort[layout.OF, cohort] < 0:
                days = inputs.by_class[layout.TURNOVER, work.person[person, of.CLASS]]
                stations.turn_over(work, person, days * stays.draw(work, person, luck.PRESENT))
                continue
            counts.serve(tables, work, person, station, 1.0)
            stays.rest_of_stay(inputs, work, person)
            stations.plan_stay(inputs, work, person)


@inner
def lay_out_waiting(state: np.uint64, tables: Tables, inputs: Inputs, work: Work, out: Out) -> None:
    """Who waits at the start, in order of priority date over all cohorts."""
    cohorts = tables.cohort.shape[1]
    for cohort in range(cohorts):
        clock.rise(work.coming_at, work.coming, cohort, _asked(tables, inputs, cohort, 0), cohort)
        work.serial[cohort, 0] = 0
    while cohorts > 0 and work.coming_at[0] < math.inf:
        cohort, since = work.coming[0], work.coming_at[0]
        number = work.serial[cohort, 0]
        work.serial[cohort, 0] = number + 1
        person = _member(state, tables, inputs, work, cohort, number)
        work.moment[person, of.SINCE] = since
        stays.patience(inputs, work, person)
        stations.wait(tables, inputs, work, out, person)
        for rank in range(coming.choose(tables, work, person)):
            station = work.chosen[rank]
            if tables.station[layout.LISTS_FROM, station] >= 0:
                lists.enlist(tables, work, person, station, rank)
        following = _asked(tables, inputs, cohort, number + 1)
        clock.sink(work.coming_at, work.coming, cohorts, following, cohort)
