"""One run of places and cases, compiled: event after event on one clock.

`next_for` is `rulebook.vacancies.next_for` and `step` is `staff.step.step`: passed in, so that there is no second copy
of a rule, and so that the compiled code can be kept.
"""

from typing import Any, NamedTuple

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.compiling import inlined, inner
from veerkracht.forecast.services import clock, coming, counts, layout, opening, stations, stays
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.work import Work
from veerkracht.forecast.staff.layout import Staff


class Run(NamedTuple):
    """One run: what it reads, its staff, the room in which it is played, and what is kept of it."""

    tables: Tables
    inputs: Inputs
    staff: Staff
    work: Work
    out: Out


@inlined
def _come(inputs: Inputs, work: Work, person: int) -> None:
    """Someone asks for help."""
    counts.happened(work, layout.ASKED, work.person[person, of.CLASS])
    stays.patience(inputs, work, person)
    work.mark[of.SEEKER], work.mark[of.RANK] = person, 0


@inner
def _go_on(tables: Tables, inputs: Inputs, work: Work, person: int) -> None:
    """Someone whose stay ends may go on to the next programme."""
    stream = tables.stream[layout.ONWARD, work.person[person, of.STREAM]]
    goes_on = inputs.by_class[layout.GOES_ON, work.person[person, of.CLASS]]
    if stream >= 0 and stays.draw(work, person, luck.GO_ON) < goes_on:
        key = coming.key_of(np.uint64(work.person[person, of.KEY]), stream, luck.GO_ON)
        other = coming.new_request(work, stream, key, tables.stream[layout.CLASS, stream])
        _come(inputs, work, other)


@inlined
def _end(tables: Tables, inputs: Inputs, work: Work, person: int) -> None:
    """A stay ends; its units turn over, and are then free."""
    kind = work.person[person, of.CLASS]
    counts.serve(tables, work, person, work.person[person, of.STATION], -1.0)
    counts.happened(work, layout.ENDED, kind)
    if inputs.by_class[layout.GOES_ON, kind] > 0.0:
        _go_on(tables, inputs, work, person)
    turnover = inputs.by_class[layout.TURNOVER, kind]
    if turnover > 0.0:
        stations.turn_over(work, person, turnover)
    else:
        stations.free(tables, work, person)


@inner
def _change_while_served(tables: Tables, inputs: Inputs, work: Work, person: int) -> None:
    target = stays.new_class(inputs, work, person, layout.WHILE_SERVED)
    counts.change_class(tables, work, person, target)
    station = work.person[person, of.STATION]
    size = tables.kind[layout.SIZE, target] - tables.kind[layout.SIZE, work.person[person, of.CLASS]]
    work.station[station, of.BUSY] += size
    if size < 0:
        work.mark[of.VACANT] = station
    stays.at_new_pace(inputs, work, person, target)
    work.person[person, of.CLASS] = target
    work.person[person, of.STEP] += 1
    stations.plan_stay(inputs, work, person)


@inner
def _move_while_waiting(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    target = stays.new_class(inputs, work, person, layout.WHILE_WAITING)
    counts.stop_waiting(tables, inputs, work, out, person)
    stays.at_new_patience(inputs, work, person, target)
    counts.happened(work, layout.MOVED, target)
    work.person[person, of.CLASS] = target
    work.person[person, of.STATE] = of.SEEKS
    work.person[person, of.STEP] += 1
    work.person[person, of.NUMBER] = 0  # its places on the lists of the class before are no longer its own
    work.mark[of.SEEKER], work.mark[of.RANK] = person, 0


@inlined
def _happen(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """The first event, unless it no longer holds."""
    now = work.now[of.NOW]
    if work.moment[person, of.DUE] != now:
        return
    state = work.person[person, of.STATE]
    if state == of.IS_SERVED:
        if work.moment[person, of.UNTIL] <= now:
            _end(tables, inputs, work, person)
        else:
            _change_while_served(tables, inputs, work, person)
    elif state == of.TURNS_OVER:
        stations.free(tables, work, person)
    elif state == of.WAITS:
        _move_while_waiting(tables, inputs, work, out, person)


@inner
def _next_fixed(tables: Tables, inputs: Inputs, work: Work) -> None:
    """The next moment that stands in a table."""
    fixed = min(work.now[of.EDGE], tables.record[work.mark[of.RECORD]])
    month, number = work.mark[of.MONTH] + 1, work.mark[of.CHANGE]
    if month < tables.month.shape[0]:
        fixed = min(fixed, tables.month[month])
    if number < inputs.change.shape[1]:
        fixed = min(fixed, inputs.change[layout.MOMENT, number])
    work.now[of.FIXED] = fixed


@inner
def _open(step: Any, tables: Tables, inputs: Inputs, work: Work, staff: Staff, month: int) -> None:
    """Schedule and, when a month begins, staff decide anew what is open; then all stations offer what is free."""
    stations.follow_schedule(tables, inputs, work)
    if month >= 0:
        stations.weigh(tables, work)
        step(staff, month, work.load)
    stations.open_units(tables, work, staff)
    work.mark[of.VACANT], work.mark[of.ALL] = 0, 1


@inner
def _pass_fixed(step: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, staff: Staff) -> None:
    """Do what stands in the tables for this moment."""
    now = work.now[of.NOW]
    if work.now[of.EDGE] <= now:
        # What happens at this very moment comes first.
        clock.next_bucket(work)
    elif tables.record[work.mark[of.RECORD]] <= now:
        counts.put(tables, work, out)
        work.mark[of.OVER] = work.mark[of.RECORD] == tables.record.shape[0]
    else:
        month = work.mark[of.MONTH] + 1
        begins = month < tables.month.shape[0] and tables.month[month] <= now
        if begins:
            work.mark[of.MONTH] = month
        _open(step, tables, inputs, work, staff, month if begins else -1)
    if not work.mark[of.OVER]:
        _next_fixed(tables, inputs, work)


@inner
def _begin(step: Any, state: np.uint64, run: Run) -> None:
    tables, inputs, staff, work, out = run
    opening.clear(inputs, work, out)
    _open(step, tables, inputs, work, staff, 0)
    opening.lay_out_served(state, tables, inputs, work)
    opening.lay_out_waiting(state, tables, inputs, work, out)
    counts.put(tables, work, out)
    coming.begin(state, tables, inputs, work)
    _next_fixed(tables, inputs, work)


@inlined
def _next_event(step: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, staff: Staff) -> None:
    event, request, fixed = work.event_at[0], work.coming_at[0], work.now[of.FIXED]
    if event <= request and event <= fixed:
        work.now[of.NOW] = event
        _happen(tables, inputs, work, out, clock.take_event(work))
    elif request <= fixed:
        work.now[of.NOW] = request
        _come(inputs, work, coming.next_request(tables, inputs, work))
    else:
        work.now[of.NOW] = fixed
        _pass_fixed(step, tables, inputs, work, out, staff)


def play(next_for: Any, step: Any, seed: int, number: int, run: Run) -> bool:
    """Play a run into its `out`. False when its `work` has too little room; `out` and `staff` are then worthless.

    First what is free is offered, then who asks looks for a place, and only then comes the next event.
    """
    tables, inputs, staff, work, out = run
    _begin(step, luck.of_run(seed, number), run)
    while not work.mark[of.OVER] and not work.mark[of.FULL]:
        station, person = work.mark[of.VACANT], work.mark[of.SEEKER]
        if station >= 0:
            person = stations.next_at(next_for, tables, work, station)
            if person < 0:
                stations.next_vacancy(tables, work, station)
                continue
        elif person > 0:
            station = stations.seek(tables, inputs, work, out, person)
            if station < 0:
                continue
        else:
            if work.mark[of.HOLE]:
                clock.close_hole(work)
            _next_event(step, tables, inputs, work, out, staff)
            continue
        stations.admit(tables, inputs, work, out, person, station)
    return bool(work.mark[of.FULL] == 0)
