"""Stations: who is admitted, who waits there, and how many units are open with the staff that there is."""

import math
from typing import Any

from veerkracht.forecast.compiling import inlined, inner
from veerkracht.forecast.services import clock, coming, counts, layout, lists, stays
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.work import Work
from veerkracht.forecast.staff.layout import FILL, Staff


@inlined
def _free_units(work: Work, station: int) -> int:
    """Units that are open, with staff, and not in use; below 0 while a station closes."""
    return int(work.station[station, of.STAFFED_UNITS] - work.station[station, of.BUSY])


@inlined
def plan_stay(inputs: Inputs, work: Work, person: int) -> None:
    """Plan what happens next in a stay: a change of class or its end."""
    due = min(work.moment[person, of.UNTIL], stays.next_change(work, person, layout.WHILE_SERVED))
    work.moment[person, of.DUE] = due
    clock.plan(work, due, person)


@inlined
def admit(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int, station: int) -> None:
    """Someone begins a stay; `CHOICE` says which choice of theirs the station is."""
    kind, group = work.person[person, of.CLASS], tables.station[layout.GROUP, station]
    if work.person[person, of.STATE] == of.WAITS:
        counts.stop_waiting(tables, inputs, work, out, person)
    waited = work.now[of.NOW] - work.moment[person, of.SINCE]
    counts.happened(work, layout.ADMITTED, kind)
    work.by_class[kind, layout.DAYS_WAITED] += waited
    if waited <= 0.0:
        counts.happened(work, layout.AT_ONCE, kind)
    work.by_group[group, layout.PLACED] += 1.0
    if work.mark[of.CHOICE] > 0:
        work.by_group[group, layout.OVERFLOWED] += 1.0
    counts.serve(tables, work, person, station, 1.0)
    work.person[person, of.STATE] = of.IS_SERVED
    work.person[person, of.STATION] = station
    work.person[person, of.STEP] = 0
    work.station[station, of.BUSY] += tables.kind[layout.SIZE, kind]
    stays.stay(inputs, work, person)
    plan_stay(inputs, work, person)


@inlined
def next_at(next_for: Any, tables: Tables, work: Work, station: int) -> int:
    """Who is served next at a station, taken off its list; -1 for nobody."""
    free = _free_units(work, station)
    if free <= 0 or work.station[station, of.LINED] == 0:
        return -1
    line = lists.next_in_line(next_for, tables, work, station, free)
    return lists.take_first(work, line, station) if line >= 0 else -1


@inlined
def next_vacancy(tables: Tables, work: Work, station: int) -> None:
    """Nobody more is served at a station now: see to the next, when all are looked at."""
    goes_on = work.mark[of.ALL] == 1 and station + 1 < tables.station.shape[1]
    work.mark[of.VACANT] = station + 1 if goes_on else -1
    if not goes_on:
        work.mark[of.ALL] = 0


@inlined
def wait(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone begins to wait in their class."""
    number = work.mark[of.NUMBERS] + 1
    work.mark[of.NUMBERS] = number
    work.person[person, of.NUMBER] = number
    work.person[person, of.STATE] = of.WAITS
    counts.wait(tables, inputs, work, out, person)
    due = stays.next_change(work, person, layout.WHILE_WAITING)
    work.moment[person, of.DUE] = due
    if due < work.moment[person, of.UNTIL]:
        clock.plan(work, due, person)


@inlined
def seek(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> int:
    """The first chosen station that can have someone at once, or -1; they then wait at all that have a list.

    Where something is free that others wait for, they join the list, and who is next there is seen to first.
    """
    if work.person[person, of.STATE] == of.IS_SERVED:  # by the list that they joined just now
        work.mark[of.SEEKER] = 0
        return -1
    for rank in range(work.mark[of.RANK], coming.choose(tables, work, person)):
        station = work.chosen[rank]
        size = tables.kind[layout.SIZE, work.person[person, of.CLASS]]
        fits = size <= _free_units(work, station)
        if fits and work.station[station, of.LINED] == 0:
            work.mark[of.SEEKER], work.mark[of.CHOICE] = 0, rank
            return int(station)
        if tables.station[layout.LISTS_FROM, station] >= 0:
            if work.person[person, of.STATE] != of.WAITS:
                wait(tables, inputs, work, out, person)
            lists.enlist(tables, work, person, station, rank)
            if fits:
                work.mark[of.VACANT], work.mark[of.RANK] = station, rank + 1
                return -1
    work.mark[of.SEEKER] = 0
    if work.person[person, of.STATE] != of.WAITS:
        counts.happened(work, layout.LOST, work.person[person, of.CLASS])
        lists.forget(work, person)
    return -1


@inlined
def turn_over(work: Work, person: int, days: float) -> None:
    """The units that someone had are made ready for the next."""
    work.person[person, of.STATE] = of.TURNS_OVER
    work.moment[person, of.DUE] = work.now[of.NOW] + days
    clock.plan(work, work.moment[person, of.DUE], person)


@inlined
def free(tables: Tables, work: Work, person: int) -> None:
    """The units that someone had are ready for the next."""
    station = work.person[person, of.STATION]
    work.station[station, of.BUSY] -= tables.kind[layout.SIZE, work.person[person, of.CLASS]]
    work.mark[of.VACANT] = station
    lists.forget(work, person)


@inner
def follow_schedule(tables: Tables, inputs: Inputs, work: Work) -> None:
    """Take over all changes of units up to now."""
    number, at = work.mark[of.CHANGE], work.now[of.NOW]
    while number < inputs.change.shape[1] and inputs.change[layout.MOMENT, number] <= at:
        station = int(inputs.change[layout.STATION, number])
        known = int(inputs.change[layout.RECOGNISED_UNITS, number])
        open_ = int(inputs.change[layout.OPEN_UNITS, number])
        group = tables.station[layout.GROUP, station]
        work.by_group[group, layout.RECOGNISED] += known - work.station[station, of.KNOWN]
        work.by_group[group, layout.OPEN] += open_ - work.station[station, of.SCHEDULED]
        work.station[station, of.KNOWN] = known
        work.station[station, of.SCHEDULED] = open_
        number += 1
    work.mark[of.CHANGE] = number


@inner
def weigh(tables: Tables, work: Work) -> None:
    """The work of the units open by schedule, by staff sector and market."""
    work.load[:] = 0.0
    for station in range(tables.station.shape[1]):
        sector, market = tables.station[layout.SECTOR, station], tables.station[layout.MARKET, station]
        if sector >= 0:
            work.load[sector, market] += work.station[station, of.SCHEDULED] * tables.norm[station]


@inner
def open_units(tables: Tables, work: Work, staff: Staff) -> None:
    """Open what can be open with the staff that there is.

    Parts of a unit go on to the next station of the same sector and market, so that together they open as many units
    as their staff allows, and small stations do not close more than large ones.
    """
    work.carry[:] = 0.0
    for station in range(tables.station.shape[1]):
        sector, market = tables.station[layout.SECTOR, station], tables.station[layout.MARKET, station]
        open_ = work.station[station, of.SCHEDULED]
        if sector >= 0:
            share = open_ * staff.state[FILL, sector, market] + work.carry[sector, market]
            open_ = min(open_, int(math.floor(share + 1e-9)))
            work.carry[sector, market] = share - open_
        change = open_ - work.station[station, of.STAFFED_UNITS]
        if change != 0:
            work.station[station, of.STAFFED_UNITS] = open_
            group = tables.station[layout.GROUP, station]
            counts.step_of_group(work, layout.STAFFED, layout.STAFFED_DAYS, group, float(change))
