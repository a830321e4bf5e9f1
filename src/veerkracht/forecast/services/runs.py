"""Plays all runs of places and cases: chunks of them on an executor, the same numbers on any number of workers."""

from typing import Any, NamedTuple

import numba
import numpy as np
from numba import types

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.compiling import engine
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.many import joined, play_chunks
from veerkracht.forecast.services import counts, layout
from veerkracht.forecast.services import work as of
from veerkracht.forecast.services.layout import Inputs, Out, Tables
from veerkracht.forecast.services.play import Run, play
from veerkracht.forecast.services.work import Room
from veerkracht.forecast.staff.layout import Staff, nobody
from veerkracht.forecast.staff.step import step
from veerkracht.rulebook.vacancies import next_for


class Raw(NamedTuple):
    """What all runs gave; the first axis is the run. Rows as in `layout`: stocks on the record moment (after the run
    is added up), flows since the record moment before.
    """

    by_class: Real  # [runs, 15, K, J]
    by_group: Real  # [runs, 8, G, J]
    staff: Real  # [runs, 7, Q, professions, M + 1] history of the staff


class Shared(NamedTuple):
    """What all chunks read. `staff`: of every run, or empty when there is no model of staff."""

    tables: Tables
    of_run: tuple[Inputs, ...]
    staff: tuple[Staff, ...]
    seed: int


def _rules() -> tuple[Any, Any]:
    """The types of `next_for` and `step`."""
    whole = types.int64[::1]
    next_ = types.int64(types.int64[:, ::1], whole, types.int64, types.int64, types.boolean)
    step_ = types.void(numba.typeof(nobody()), types.int64, types.float64[:, ::1])
    return types.FunctionType(next_), types.FunctionType(step_)


def play_all(
    tables: Tables,
    of_run: tuple[Inputs, ...],
    how: Experiment,
    staff: tuple[Staff, ...] = (),
) -> Raw:
    """Play as many runs as there are inputs.

    `staff`: of every run, as it is at the start; it is left as it was. None: every unit of the schedule is open.
    """
    shared = Shared(tables, of_run, staff, how.seed)
    # Compile (or read what was compiled) before the threads begin, or each would do so.
    play_chunk(shared, range(0))
    played = play_chunks(
        play_chunk,
        shared,
        len(of_run),
        workers=how.workers,
        executor=how.executor,
        progress=how.progress,
    )
    return _added_up(tables, joined(played.results))


def play_chunk(shared: Shared, chunk: range) -> Raw:
    """Play some runs; stocks are still changes."""
    tables, records = shared.tables, shared.tables.record.shape[0]
    classes, groups = tables.kind.shape[1], int(tables.station[layout.GROUP].max(initial=0)) + 1
    staff = [_copy(shared.staff[run]) if shared.staff else nobody() for run in chunk]
    like = staff[0] if staff else (shared.staff[0] if shared.staff else nobody())
    first = shared.of_run[chunk.start]
    raw = Raw(
        np.zeros((len(chunk), layout.CLASS_COUNTS, classes, records)),
        np.zeros((len(chunk), layout.GROUP_COUNTS, groups, records)),
        np.zeros((len(chunk), *like.history.shape)),
    )
    room = _room(tables, first)
    work = of.work(tables, first, room, like.state.shape[1:])
    empty = layout.nothing(classes, groups, records)
    kernel = engine(play, _rules, Run(tables, first, like, work, empty), arrays=False)
    for row, run in enumerate(chunk):
        out = Out(raw.by_class[row], raw.by_group[row])
        inputs = shared.of_run[run]
        while not kernel(next_for, step, shared.seed, run, Run(tables, inputs, staff[row], work, out)):
            room = room.doubled()
            work = of.work(tables, inputs, room, like.state.shape[1:])
            staff[row] = _copy(shared.staff[run]) if shared.staff else nobody()
        raw.staff[row] = staff[row].history
    return raw


def _copy(staff: Staff) -> Staff:
    return Staff(*(part.copy() for part in staff))


def _room(tables: Tables, inputs: Inputs) -> Room:
    """Room that is often enough for a run; it is doubled when it is not."""
    years = (tables.record[-1] - tables.record[0]) / layout.YEAR
    coming = float(inputs.rate.mean(axis=1).sum()) * years if inputs.rate.size else 0.0
    persons = int(inputs.present.sum() + min(0.3 * coming, 100_000)) + 1_000
    choices = int(tables.stream[layout.CHOICES].max(initial=1))
    return Room(persons, choices * persons, persons + 1_000)


def _added_up(tables: Tables, raw: Raw) -> Raw:
    """Make stocks, and the days of them, of the changes that were counted."""
    for row in (layout.RECOGNISED, layout.OPEN):
        raw.by_group[:, row] = raw.by_group[:, row].cumsum(axis=-1)
    for kept, pairs in ((raw.by_class, counts.BY_CLASS), (raw.by_group, counts.BY_GROUP)):
        for stock, days in pairs:
            kept[:, stock] = kept[:, stock].cumsum(axis=-1)
            kept[:, days, :, 1:] += kept[:, stock, :, :-1] * np.diff(tables.record)
    return raw
