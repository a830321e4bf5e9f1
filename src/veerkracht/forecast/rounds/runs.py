"""Plays all runs of a programme that hands out in rounds."""

from typing import Any, NamedTuple

import numpy as np
from numba import typeof, types

from veerkracht.forecast.arrays import Real, Small, Whole
from veerkracht.forecast.compiling import engine
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.many import joined, play_chunks
from veerkracht.forecast.rounds import layout
from veerkracht.forecast.rounds.layout import Inputs, Out, Requests, Rules, Run
from veerkracht.forecast.rounds.play import play
from veerkracht.rulebook.ranking import rank
from veerkracht.rulebook.sharing import Pots, Rows, Terms, share


class Raw(NamedTuple):
    """What the runs gave. The first axis of every array is the run."""

    counts: Real  # [runs, COUNTS, P, J]
    totals: Real  # [runs, TOTALS, J]
    ledger: Whole  # [runs, R, 6]
    outcome: Small  # [runs, n]

    @property
    def runs(self) -> int:
        return len(self.counts)

    def of(self, run: int) -> Out:
        return Out(self.counts[run], self.totals[run], self.ledger[run], self.outcome[run])


class _Plan(NamedTuple):
    """What every chunk reads; sent to another process or machine as it is."""

    requests: Requests
    rules: Rules
    of_run: tuple[Inputs, ...]
    seed: int


def _rules() -> tuple[Any, Any]:
    """The types of `rank` and `share`."""
    some, whole = np.zeros(1, np.int64), types.int64[::1]
    rows, pots = typeof(Rows(some, some, some)), typeof(Pots(some, some, some))
    terms = typeof(Terms(by_key=True, overflow_down=True, strict=True))
    granted = types.Tuple((types.boolean[::1], whole, whole))
    return (
        types.FunctionType(whole(types.int64[:, ::1], whole)),
        types.FunctionType(granted(rows, pots, types.int64, terms)),
    )


def play_all(
    requests: Requests,
    rules: Rules,
    of_run: tuple[Inputs, ...],
    how: Experiment,
) -> Raw:
    """Play as many runs as there are inputs, or fewer when it is interrupted inside `many.keeping_what_is_done`."""
    plan = _Plan(requests, rules, of_run, how.seed)
    # Compile (or read what was compiled) here, before several processes do it at once.
    engine(play, _rules, Run(requests, rules, of_run[0], layout.work(1, 1), _nothing(plan, 1).of(0)))
    played = play_chunks(
        _play_chunk,
        plan,
        len(of_run),
        workers=how.workers,
        executor=how.executor,
        progress=how.progress,
    )
    return joined(played.results)


def _nothing(plan: _Plan, runs: int) -> Raw:
    pots, records = plan.rules.pot.shape[1], plan.rules.record.shape[1]
    return Raw(
        counts=np.zeros((runs, layout.COUNTS, pots, records)),
        totals=np.zeros((runs, layout.TOTALS, records)),
        ledger=np.zeros((runs, plan.rules.turn.shape[1], 6), np.int64),
        outcome=np.zeros((runs, plan.requests.of.shape[1]), np.int16),
    )


def _play_chunk(plan: _Plan, chunk: range) -> Raw:
    raw = _nothing(plan, len(chunk))
    room = _room(plan.requests, plan.rules, plan.of_run[chunk.start])
    work = layout.work(*room)
    kernel = engine(play, _rules, Run(plan.requests, plan.rules, plan.of_run[chunk.start], work, raw.of(0)))
    for row, run in enumerate(chunk):
        while not kernel(
            rank,
            share,
            plan.seed,
            run,
            Run(plan.requests, plan.rules, plan.of_run[run], work, raw.of(row)),
        ):
            room = (room[0] * 2, room[1] * 2)
            work = layout.work(*room)
    return raw


def _room(requests: Requests, rules: Rules, inputs: Inputs) -> tuple[int, int]:
    """Room that is nearly always enough for a run: requests and entries."""
    coming = float((inputs.by_pot[layout.ARRIVALS] * inputs.reached[:, -1]).sum())
    requests_ = requests.of.shape[1] + int(1.3 * coming) + 100
    return requests_, int(1.5 * requests_) + 200
