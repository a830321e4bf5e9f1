"""One run of places and cases, compiled: event after event on one clock.

`next_for` is `rulebook.vacancies.next_for` and `step` is `staff.step.step`: passed in, so that there is no second copy
of a rule, and so that the compiled code can be kept.
"""

from typing import Any

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.compiling import plain
from veerkracht.forecast.services import clock, coming, counts, layout, opening, stations, stays
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.work import Work
from veerkracht.forecast.staff.layout import Staff


@plain
def _come(next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone asks for help."""
    out.by_class[layout.ASKED, work.person[person, of.CLASS], work.mark[of.RECORD]] += 1.0
    stays.patience(inputs, work, person)
    stations.seek(next_for, tables, inputs, work, out, person)


@plain
def _end(next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """A stay ends; its units turn over, and who had them may go on to the next programme."""
    kind, station = work.person[person, of.CLASS], work.person[person, of.STATION]
    counts.serve(tables, work, out, person, station, -1.0)
    out.by_class[layout.ENDED, kind, work.mark[of.RECORD]] += 1.0
    onward = tables.stream[layout.ONWARD, work.person[person, of.STREAM]]
    if stations.goes_on(inputs, work, person, onward):
        key = coming.key_of(np.uint64(work.person[person, of.KEY]), onward, luck.GO_ON)
        other = coming.new_request(tables, work, onward, key, tables.stream[layout.CLASS, onward])
        _come(next_for, tables, inputs, work, out, other)
    turnover = inputs.by_class[layout.TURNOVER, kind]
    if turnover > 0.0:
        work.person[person, of.STATE] = of.TURNS_OVER
        work.moment[person, of.DUE] = work.now[of.NOW] + turnover
        clock.plan(work, work.moment[person, of.DUE], person)
    else:
        stations.free(next_for, tables, inputs, work, out, person)


@plain
def _change_while_served(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    target = stays.new_class(inputs, work, person, layout.WHILE_SERVED)
    counts.change_class(tables, work, out, person, target)
    stays.at_new_pace(inputs, work, person, target)
    work.person[person, of.CLASS] = target
    work.person[person, of.STEP] += 1
    stations.plan_stay(tables, inputs, work, person)


@plain
def _move_while_waiting(
    next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, person: int
) -> None:
    target = stays.new_class(inputs, work, person, layout.WHILE_WAITING)
    counts.stop_waiting(tables, inputs, work, out, person)
    stays.at_new_patience(inputs, work, person, target)
    out.by_class[layout.MOVED, target, work.mark[of.RECORD]] += 1.0
    work.person[person, of.CLASS] = target
    work.person[person, of.STEP] += 1
    work.person[person, of.NUMBER] = 0  # its places on the lists of the class before are no longer its own
    stations.seek(next_for, tables, inputs, work, out, person)


@plain
def _happen(next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """The first event, unless it no longer holds."""
    now = work.now[of.NOW]
    if work.moment[person, of.DUE] != now:
        return
    state = work.person[person, of.STATE]
    if state == of.IS_SERVED:
        if work.moment[person, of.UNTIL] <= now:
            _end(next_for, tables, inputs, work, out, person)
        else:
            _change_while_served(tables, inputs, work, out, person)
    elif state == of.TURNS_OVER:
        stations.free(next_for, tables, inputs, work, out, person)
    elif state == of.WAITS:
        _move_while_waiting(next_for, tables, inputs, work, out, person)


@plain
def _next_fixed(tables: Tables, inputs: Inputs, work: Work) -> None:
    """The next moment that stands in a table."""
    fixed = min(work.now[of.EDGE], tables.record[work.mark[of.RECORD]])
    month, number = work.mark[of.MONTH] + 1, work.mark[of.CHANGE]
    if month < tables.month.shape[0]:
        fixed = min(fixed, tables.month[month])
    if number < inputs.change.shape[1]:
        fixed = min(fixed, inputs.change[layout.MOMENT, number])
    work.now[of.FIXED] = fixed


@plain
def _open(
    step: Any, next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, staff: Staff, month: int
) -> None:
    """Schedule and, when a month begins, staff decide anew what is open."""
    stations.follow_schedule(tables, inputs, work, out, work.now[of.NOW])
    if month >= 0:
        stations.weigh(tables, work)
        step(staff, month, work.load)
    stations.staff(tables, work, out, staff)


@plain
def _pass_fixed(
    step: Any, next_for: Any, tables: Tables, inputs: Inputs, work: Work, out: Out, staff: Staff
) -> bool:
    """Do what stands in the tables for this moment. False when the run is over."""
    now = work.now[of.NOW]
    if work.now[of.EDGE] <= now:
        # What happens at this very moment comes first.
        clock.next_bucket(work)
        _next_fixed(tables, inputs, work)
        return True
    if tables.record[work.mark[of.RECORD]] <= now:
        work.mark[of.RECORD] += 1
        if work.mark[of.RECORD] == tables.record.shape[0]:
            return False
    month, number = work.mark[of.MONTH] + 1, work.mark[of.CHANGE]
    begins = month < tables.month.shape[0] and tables.month[month] <= now
    if begins:
        work.mark[of.MONTH] = month
    if begins or (number < inputs.change.shape[1] and inputs.change[layout.MOMENT, number] <= now):
        _open(step, next_for, tables, inputs, work, out, staff, month if begins else -1)
        stations.offer_all(next_for, tables, inputs, work, out)
    _next_fixed(tables, inputs, work)
    return True


@plain
def _begin(
    step: Any,
    next_for: Any,
    state: np.uint64,
    tables: Tables,
    inputs: Inputs,
    work: Work,
    out: Out,
    staff: Staff,
) -> None:
    opening.clear(tables, inputs, work, out)
    _open(step, next_for, tables, inputs, work, out, staff, 0)
    opening.lay_out_served(state, tables, inputs, work, out)
    opening.lay_out_waiting(state, tables, inputs, work, out)
    work.mark[of.RECORD] = 1
    coming.begin(state, tables, inputs, work)
    stations.offer_all(next_for, tables, inputs, work, out)
    _next_fixed(tables, inputs, work)


@plain
def _go_on(
    step: Any,
    next_for: Any,
    state: np.uint64,
    tables: Tables,
    inputs: Inputs,
    work: Work,
    out: Out,
    staff: Staff,
) -> None:
    """Event after event, until the end or until there is no more room."""
    while not work.mark[of.FULL]:
        event, request, fixed = work.event_at[0], work.coming_at[0], work.now[of.FIXED]
        if event <= request and event <= fixed:
            work.now[of.NOW] = event
            person = clock.take_event(work)
            _happen(next_for, tables, inputs, work, out, person)
            if work.mark[of.HOLE]:
                clock.close_hole(work)
        elif request <= fixed:
            work.now[of.NOW] = request
            person = coming.next_request(state, tables, inputs, work)
            _come(next_for, tables, inputs, work, out, person)
        else:
            work.now[of.NOW] = fixed
            if not _pass_fixed(step, next_for, tables, inputs, work, out, staff):
                break


def play(
    next_for: Any,
    step: Any,
    seed: int,
    run: int,
    tables: Tables,
    inputs: Inputs,
    staff: Staff,
    work: Work,
    out: Out,
) -> bool:
    """Play one run into `out`. False when `work` has too little room; `out` and `staff` are then worthless."""
    state = luck.of_run(seed, run)
    _begin(step, next_for, state, tables, inputs, work, out, staff)
    _go_on(step, next_for, state, tables, inputs, work, out, staff)
    return work.mark[of.FULL] == 0
