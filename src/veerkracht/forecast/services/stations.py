"""Stations: who is admitted, what becomes free, and how many units are open with the staff that there is."""

import math
from typing import Any

from veerkracht.forecast import luck
from veerkracht.forecast.compiling import plain
from veerkracht.forecast.services import clock, coming, counts, layout, lists, stays
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.work import Work
from veerkracht.forecast.staff.layout import FILL, Staff


@plain
def free_units(work: Work, station: int) -> int:
    """Units that are open, with staff, and not in use; below 0 while a station closes."""
    return int(work.station[station, of.STAFFED_UNITS] - work.station[station, of.BUSY])


@plain
def plan_stay(tables: Tables, inputs: Inputs, work: Work, person: int) -> None:
    """Plan what happens next in a stay: a change of class or its end."""
    due = min(work.moment[person, of.UNTIL], stays.next_change(inputs, work, person, layout.WHILE_SERVED))
    work.moment[person, of.DUE] = due
    clock.plan(work, due, person)


@plain
def admit(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int, station: int, rank: int) -> None:
    """Someone who does not wait (any more) begins a stay."""
    record, kind = work.mark[of.RECORD], work.person[person, of.CLASS]
    size = tables.kind[layout.SIZE, kind]
    waited = work.now[of.NOW] - work.moment[person, of.SINCE]
    out.by_class[layout.ADMITTED, kind, record] += 1.0
    if waited > 0.0:
        out.by_class[layout.DAYS_WAITED, kind, record] += waited
    else:
        out.by_class[layout.AT_ONCE, kind, record] += 1.0
    group = tables.station[layout.GROUP, station]
    out.by_group[layout.PLACED, group, record] += 1.0
    if rank > 0:
        out.by_group[layout.OVERFLOWED, group, record] += 1.0
    counts.serve(tables, work, out, person, station, 1.0)
    work.person[person, of.STATE] = of.IS_SERVED
    work.person[person, of.STATION] = station
    work.person[person, of.STEP] = 0
    work.station[station, of.BUSY] += size
    stays.stay(inputs, work, person)
    plan_stay(tables, inputs, work, person)


@plain
def offer(next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, station: int) -> None:
    """Offer what is free to who is next, as long as there is anyone."""
    while True:
        free = free_units(work, station)
        if free <= 0 or work.station[station, of.LINED] == 0:
            return
        line = lists.next_in_line(next_for, tables, work, station, free)
        if line < 0:
            return
        person, rank = lists.take_first(work, line, station)
        counts.stop_waiting(tables, inputs, work, out, person)
        admit(tables, inputs, work, out, person, station, rank)


@plain
def wait(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone begins to wait in their class."""
    number = work.mark[of.NUMBERS] + 1
    work.mark[of.NUMBERS] = number
    work.person[person, of.NUMBER] = number
    work.person[person, of.STATE] = of.WAITS
    counts.wait(tables, inputs, work, out, person)
    due = stays.next_change(inputs, work, person, layout.WHILE_WAITING)
    work.moment[person, of.DUE] = due
    if due < work.moment[person, of.UNTIL]:
        clock.plan(work, due, person)


@plain
def seek(next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone is admitted at the first chosen station that can have them, or else waits at all that have a list.

    `UNTIL` is already the end of their patience.
    """
    waits = False
    size = tables.kind[layout.SIZE, work.person[person, of.CLASS]]
    for rank in range(coming.choose(tables, work, person)):
        station = work.chosen[rank]
        fits = size <= free_units(work, station)
        if fits and work.station[station, of.LINED] == 0:
            if waits:
                counts.stop_waiting(tables, inputs, work, out, person)
            admit(tables, inputs, work, out, person, station, rank)
            return
        if tables.station[layout.LISTS_FROM, station] >= 0:
            if not waits:
                wait(tables, inputs, work, out, person)
                waits = True
            lists.enlist(tables, work, person, station, rank)
            if fits:
                offer(next_for, tables, inputs, work, out, station)
                if work.person[person, of.STATE] == of.IS_SERVED:
                    return
    if not waits:
        out.by_class[layout.LOST, work.person[person, of.CLASS], work.mark[of.RECORD]] += 1.0
        lists.forget(work, person)


@plain
def free(next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """The units that someone had are ready for the next."""
    station = work.person[person, of.STATION]
    work.station[station, of.BUSY] -= tables.kind[layout.SIZE, work.person[person, of.CLASS]]
    lists.forget(work, person)
    offer(next_for, tables, inputs, work, out, station)


@plain
def follow_schedule(tables: Tables, inputs: Inputs, work: Work, out: Out, at: float) -> None:
    """Take over all changes of units up to a moment."""
    number = work.mark[of.CHANGE]
    record = work.mark[of.RECORD]
    while number < inputs.change.shape[1] and inputs.change[layout.MOMENT, number] <= at:
        station = int(inputs.change[layout.STATION, number])
        known = int(inputs.change[layout.RECOGNISED_UNITS, number])
        open_ = int(inputs.change[layout.OPEN_UNITS, number])
        group = tables.station[layout.GROUP, station]
        out.by_group[layout.RECOGNISED, group, record] += known - work.station[station, of.KNOWN]
        out.by_group[layout.OPEN, group, record] += open_ - work.station[station, of.SCHEDULED]
        work.station[station, of.KNOWN] = known
        work.station[station, of.SCHEDULED] = open_
        number += 1
    work.mark[of.CHANGE] = number


@plain
def weigh(tables: Tables, work: Work) -> None:
    """The work of the units open by schedule, by staff sector and market."""
    work.load[:] = 0.0
    for station in range(tables.station.shape[1]):
        sector, market = tables.station[layout.SECTOR, station], tables.station[layout.MARKET, station]
        if sector >= 0:
            load = work.station[station, of.SCHEDULED] * tables.norm[station]
            work.load[sector, market] += load


@plain
def staff(tables: Tables, work: Work, out: Out, with_: Staff) -> None:
    """Open what can be open with the staff that there is.

    Parts of a unit go on to the next station of the same sector and market, so that together they open as many units
    as their staff allows, and small stations do not close more than large ones.
    """
    work.carry[:] = 0.0
    now, record = work.now[of.NOW], work.mark[of.RECORD]
    for station in range(tables.station.shape[1]):
        sector, market = tables.station[layout.SECTOR, station], tables.station[layout.MARKET, station]
        open_ = work.station[station, of.SCHEDULED]
        if sector >= 0:
            share = open_ * with_.state[FILL, sector, market] + work.carry[sector, market]
            open_ = min(open_, int(math.floor(share + 1e-9)))
            work.carry[sector, market] = share - open_
        change = open_ - work.station[station, of.STAFFED_UNITS]
        if change != 0:
            work.station[station, of.STAFFED_UNITS] = open_
            group = tables.station[layout.GROUP, station]
            counts.change(
                out.by_group, layout.STAFFED, layout.STAFFED_DAYS, group, tables, record, now, float(change)
            )


@plain
def offer_all(next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out) -> None:
    for station in range(tables.station.shape[1]):
        offer(next_for, tables, inputs, work, out, station)


@plain
def goes_on(inputs: Inputs, work: Work, person: int, stream: int) -> bool:
    """Whether someone whose stay ends goes on to the next programme."""
    chance = inputs.by_class[layout.GOES_ON, work.person[person, of.CLASS]]
    return stream >= 0 and chance > 0.0 and stays.draw(work, person, luck.GO_ON) < chance
