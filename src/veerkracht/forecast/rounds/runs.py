"""Plays all runs of a programme that hands out in rounds."""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numba
import numpy as np
from numba import types

from veerkracht.forecast.arrays import Real, Small, Whole
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.many import joined, play_chunks
from veerkracht.forecast.rounds import layout
from veerkracht.forecast.rounds.layout import Inputs, Out, Requests, Rules, Work
from veerkracht.forecast.rounds.play import play
from veerkracht.rulebook.ranking import rank
from veerkracht.rulebook.sharing import share

_COMPILING = Lock()


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


@lru_cache(maxsize=1)
def _rank_type() -> Any:
    whole = types.int64[::1]
    return types.FunctionType(whole(types.int64[:, ::1], whole))


@lru_cache(maxsize=1)
def _share_type() -> Any:
    whole, flag = types.int64[::1], types.boolean
    result = types.Tuple((types.boolean[::1], whole, whole))
    return types.FunctionType(result(whole, whole, whole, whole, whole, whole, types.int64, flag, flag, flag))


@lru_cache(maxsize=4)
def _compiled(argument_types: tuple[Any, ...]) -> Callable[..., bool]:
    """The engine for these arguments. The rules come in as function types, so that the compiled code can be
    kept between two starts of the program; a bare compiled function would be a new type at every start."""
    kernel: Callable[..., bool] = numba.njit(
        types.boolean(_rank_type(), _share_type(), types.int64, types.int64, *argument_types),
        cache=True,
        nogil=True,
    )(play)
    return kernel


def engine(requests: Requests, rules: Rules, inputs: Inputs, work: Work, out: Out) -> Callable[..., bool]:
    """The compiled engine for arguments like these."""
    # Threads that begin together would each compile it.
    with _COMPILING:
        return _compiled(tuple(numba.typeof(argument) for argument in (requests, rules, inputs, work, out)))


def play_all(
    requests: Requests,
    rules: Rules,
    of_run: tuple[Inputs, ...],
    how: Experiment,
) -> Raw:
    """Play as many runs as there are inputs, or fewer when it is interrupted inside `many.keeping_what_is_done`."""
    plan = _Plan(requests, rules, of_run, how.seed)
    # Compile (or read what was compiled) here, before several processes do it at once.
    engine(requests, rules, of_run[0], layout.work(1, 1), _nothing(plan, 1).of(0))
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
    kernel = engine(plan.requests, plan.rules, plan.of_run[chunk.start], work, raw.of(0))
    for row, run in enumerate(chunk):
        while not kernel(
            rank, share, plan.seed, run, plan.requests, plan.rules, plan.of_run[run], work, raw.of(row)
        ):
            room = (room[0] * 2, room[1] * 2)
            work = layout.work(*room)
    return raw


def _room(requests: Requests, rules: Rules, inputs: Inputs) -> tuple[int, int]:
    """Room that is nearly always enough for a run: requests and entries."""
    coming = float((inputs.by_pot[layout.ARRIVALS] * inputs.reached[:, -1]).sum())
    requests_ = requests.of.shape[1] + int(1.3 * coming) + 100
    return requests_, int(1.5 * requests_) + 200
