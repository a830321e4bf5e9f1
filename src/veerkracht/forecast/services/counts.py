"""Counting while a run is played: stocks as changes, added up at the end, and flows as they come.

What happens before the next record moment is tallied, and put with that record when it is passed. Days are tallied
too: who begins takes the moment off, who ends adds it.
"""

import numpy as np

from veerkracht.forecast.compiling import inlined, inner
from veerkracht.forecast.services import layout
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.work import Work

# A stock by class, or by group, and the days of it.
BY_CLASS = ((layout.WAITING, layout.DAYS_WAITING), (layout.SERVED, layout.DAYS_SERVED))
BY_GROUP = ((layout.OCCUPIED, layout.UNIT_DAYS), (layout.STAFFED, layout.STAFFED_DAYS))


@inlined
def happened(work: Work, flow: int, kind: int) -> None:
    work.by_class[kind, flow] += 1.0


@inlined
def _step(work: Work, stock: int, days: int, kind: int, size: float) -> None:
    work.by_class[kind, stock] += size
    work.by_class[kind, days] -= size * work.now[of.NOW]


@inlined
def step_of_group(work: Work, stock: int, days: int, group: int, size: float) -> None:
    """A stock of units, and the days of it, change now."""
    work.by_group[group, stock] += size
    work.by_group[group, days] -= size * work.now[of.NOW]


@inlined
def wait(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone begins to wait; the end by death or withdrawal is counted at once."""
    _step(work, layout.WAITING, layout.DAYS_WAITING, work.person[person, of.CLASS], 1.0)
    if work.moment[person, of.UNTIL] <= work.now[of.END]:
        _give_up(tables, inputs, work, out, person, 1.0)


@inlined
def stop_waiting(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone waits no longer in this class, and so does not die or withdraw in it."""
    _step(work, layout.WAITING, layout.DAYS_WAITING, work.person[person, of.CLASS], -1.0)
    if work.moment[person, of.UNTIL] <= work.now[of.END]:
        _give_up(tables, inputs, work, out, person, -1.0)


@inner
def _give_up(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int, sign: float) -> None:
    until, kind = work.moment[person, of.UNTIL], work.person[person, of.CLASS]
    record = max(work.mark[of.RECORD], np.int64(np.searchsorted(tables.record, until)))
    out.by_class[layout.WAITING, kind, record] -= sign
    out.by_class[layout.DAYS_WAITING, kind, record] -= sign * (tables.record[record] - until)
    death = inputs.by_class[layout.DEATH, kind]
    hazard = death + inputs.by_class[layout.WITHDRAWAL, kind]
    ending = layout.DIED if work.moment[person, of.FATE] * hazard < death else layout.WITHDREW
    out.by_class[ending, kind, record] += sign
    out.by_class[layout.DAYS_GIVEN_UP, kind, record] += sign * (until - work.moment[person, of.SINCE])


@inlined
def serve(tables: Tables, work: Work, person: int, station: int, sign: float) -> None:
    """Someone begins (or, with -1, ends) a stay."""
    kind = work.person[person, of.CLASS]
    _step(work, layout.SERVED, layout.DAYS_SERVED, kind, sign)
    group = tables.station[layout.GROUP, station]
    step_of_group(work, layout.OCCUPIED, layout.UNIT_DAYS, group, sign * tables.kind[layout.SIZE, kind])


@inner
def change_class(tables: Tables, work: Work, person: int, target: int) -> None:
    """Someone who is served goes over to another class, which may take other units."""
    group = tables.station[layout.GROUP, work.person[person, of.STATION]]
    size = tables.kind[layout.SIZE, target] - tables.kind[layout.SIZE, work.person[person, of.CLASS]]
    step_of_group(work, layout.OCCUPIED, layout.UNIT_DAYS, group, float(size))
    _step(work, layout.SERVED, layout.DAYS_SERVED, work.person[person, of.CLASS], -1.0)
    _step(work, layout.SERVED, layout.DAYS_SERVED, target, 1.0)
    happened(work, layout.CHANGED, target)


@inner
def put(tables: Tables, work: Work, out: Out) -> None:
    """Put the tally with the record moment that is passed, and begin anew."""
    record = work.mark[of.RECORD]
    at = tables.record[record]
    for kind in range(work.by_class.shape[0]):
        for stock, days in BY_CLASS:
            work.by_class[kind, days] += at * work.by_class[kind, stock]
        for row in range(layout.CLASS_COUNTS):
            out.by_class[row, kind, record] += work.by_class[kind, row]
    for group in range(work.by_group.shape[0]):
        for stock, days in BY_GROUP:
            work.by_group[group, days] += at * work.by_group[group, stock]
        for row in range(layout.GROUP_COUNTS):
            out.by_group[row, group, record] += work.by_group[group, row]
    work.by_class[:] = 0.0
    work.by_group[:] = 0.0
    work.mark[of.RECORD] = record + 1
