"""Counting while a run is played: stocks as changes, added up at the end, and flows as they come.

`at` is the moment of a change, `record` the first record moment on or after it. Days are counted as changes too: a
stock that changes brings or takes the days that are left until that record moment.
"""

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.compiling import plain
from veerkracht.forecast.services import layout
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.work import Work


@plain
def change(
    counts: Real, stock: int, days: int, row: int, tables: Tables, record: int, at: float, size: float
) -> None:
    """A stock, and the days of it, change at a moment."""
    counts[stock, row, record] += size
    counts[days, row, record] += size * (tables.record[record] - at)


@plain
def record_of(tables: Tables, work: Work, at: float) -> int:
    """The first record moment on or after a moment that is not past; their number when there is none."""
    record = work.mark[of.RECORD]
    if record < tables.record.shape[0] and tables.record[record] >= at:
        return int(record)
    return int(np.searchsorted(tables.record, at))


@plain
def wait(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone begins to wait; the end by death or withdrawal is counted at once."""
    kind = work.person[person, of.CLASS]
    now, record = work.now[of.NOW], work.mark[of.RECORD]
    change(out.by_class, layout.WAITING, layout.DAYS_WAITING, kind, tables, record, now, 1.0)
    _give_up(tables, inputs, work, out, person, 1.0)


@plain
def stop_waiting(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int) -> None:
    """Someone waits no longer in this class, and so does not die or withdraw in it."""
    kind = work.person[person, of.CLASS]
    now, record = work.now[of.NOW], work.mark[of.RECORD]
    change(out.by_class, layout.WAITING, layout.DAYS_WAITING, kind, tables, record, now, -1.0)
    _give_up(tables, inputs, work, out, person, -1.0)


@plain
def _give_up(tables: Tables, inputs: Inputs, work: Work, out: Out, person: int, sign: float) -> None:
    until = work.moment[person, of.UNTIL]
    if until > work.now[of.END]:
        return
    kind = work.person[person, of.CLASS]
    record = record_of(tables, work, until)
    change(out.by_class, layout.WAITING, layout.DAYS_WAITING, kind, tables, record, until, -sign)
    dies = work.moment[person, of.FATE] * (
        inputs.by_class[layout.DEATH, kind] + inputs.by_class[layout.WITHDRAWAL, kind]
    )
    ending = layout.DIED if dies < inputs.by_class[layout.DEATH, kind] else layout.WITHDREW
    out.by_class[ending, kind, record] += sign
    out.by_class[layout.DAYS_GIVEN_UP, kind, record] += sign * (until - work.moment[person, of.SINCE])


@plain
def serve(tables: Tables, work: Work, out: Out, person: int, station: int, sign: float) -> None:
    """Someone begins (or, with -1, ends) a stay."""
    kind = work.person[person, of.CLASS]
    now, record = work.now[of.NOW], work.mark[of.RECORD]
    group = tables.station[layout.GROUP, station]
    size = sign * tables.kind[layout.SIZE, kind]
    change(out.by_class, layout.SERVED, layout.DAYS_SERVED, kind, tables, record, now, sign)
    change(out.by_group, layout.OCCUPIED, layout.UNIT_DAYS, group, tables, record, now, size)


@plain
def change_class(tables: Tables, work: Work, out: Out, person: int, target: int) -> None:
    """Someone who is served goes over to another class."""
    now, record = work.now[of.NOW], work.mark[of.RECORD]
    kind = work.person[person, of.CLASS]
    change(out.by_class, layout.SERVED, layout.DAYS_SERVED, kind, tables, record, now, -1.0)
    change(out.by_class, layout.SERVED, layout.DAYS_SERVED, target, tables, record, now, 1.0)
    out.by_class[layout.CHANGED, target, record] += 1.0
