"""Plays all runs: chunks of them on an executor, the same numbers on any number of workers.

`concurrent.futures.Executor` is the seam: threads here (the compiled loop lets go of Python's lock), a cluster's
executor elsewhere. A run writes only its own row, and its luck hangs on nothing but the seed and its number.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import nullcontext
from functools import lru_cache
from typing import Any

import numba
import numpy as np
from numba import types

from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.rounds import layout
from veerkracht.forecast.rounds.layout import Inputs, Out, Requests, Rules, Work
from veerkracht.forecast.rounds.play import play
from veerkracht.rulebook.ranking import rank
from veerkracht.rulebook.sharing import share

MOST_RUNS = 100_000
_CHUNKS_A_WORKER = 8
Progress = Callable[[int, int], None]


class Raw:
    """What all runs gave. The first axis of every array is the run."""

    def __init__(self, runs: int, requests: int, rounds: int, pots: int, records: int) -> None:
        self.counts = np.zeros((runs, layout.COUNTS, pots, records))
        self.totals = np.zeros((runs, layout.TOTALS, records))
        self.ledger = np.zeros((runs, rounds, 6), np.int64)
        self.outcome = np.zeros((runs, requests), np.int16)

    def of(self, run: int) -> Out:
        return Out(self.counts[run], self.totals[run], self.ledger[run], self.outcome[run])


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
    return _compiled(tuple(numba.typeof(argument) for argument in (requests, rules, inputs, work, out)))


def play_all(
    requests: Requests,
    rules: Rules,
    of_run: tuple[Inputs, ...],
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Raw:
    """Play as many runs as there are inputs. `progress(done, total)` is called in between.

    `executor`: where to play; without one, `workers` threads.
    """
    check_size(len(of_run), workers)
    pots, records = rules.pot.shape[1], rules.record.shape[1]
    raw = Raw(len(of_run), requests.of.shape[1], rules.turn.shape[1], pots, records)
    # Compile (or read what was compiled) before the threads begin, or each would do so.
    engine(requests, rules, of_run[0], layout.work(1, 1), raw.of(0))
    pool = nullcontext(executor) if executor else ThreadPoolExecutor(workers)
    done = 0
    with pool as pool_:
        tasks = [
            pool_.submit(_play_chunk, requests, rules, of_run, seed, chunk, raw)
            for chunk in _chunks(len(of_run), workers)
        ]
        for task in as_completed(tasks):
            done += task.result()
            if progress:
                progress(done, len(of_run))
    return raw


def check_size(runs: int, workers: int) -> None:
    """Raises `ForecastFault` for a number of runs or workers that can't be."""
    if runs < 1 or runs > MOST_RUNS:
        raise ForecastFault(f"A forecast of {runs} runs can't be made: expected 1 to {MOST_RUNS:,}.")
    if workers < 1:
        raise ForecastFault(f"{workers} workers can't do anything: expected 1 or more.")


def _chunks(runs: int, workers: int) -> Iterator[range]:
    size = max(1, -(-runs // (workers * _CHUNKS_A_WORKER)))
    for first in range(0, runs, size):
        yield range(first, min(runs, first + size))


def _play_chunk(
    requests: Requests, rules: Rules, of_run: tuple[Inputs, ...], seed: int, chunk: range, raw: Raw
) -> int:
    room = _room(requests, rules, of_run[chunk.start])
    work = layout.work(*room)
    kernel = engine(requests, rules, of_run[chunk.start], work, raw.of(chunk.start))
    for run in chunk:
        while not kernel(rank, share, seed, run, requests, rules, of_run[run], work, raw.of(run)):
            room = (room[0] * 2, room[1] * 2)
            work = layout.work(*room)
    return len(chunk)


def _room(requests: Requests, rules: Rules, inputs: Inputs) -> tuple[int, int]:
    """Room that is nearly always enough for a run: requests and entries."""
    years = (rules.end - rules.start) / 365.25
    coming = float(inputs.by_pot[layout.ARRIVALS].sum()) * years * (1 + max(0.0, inputs.growth)) ** years
    requests_ = requests.of.shape[1] + int(1.3 * coming) + 100
    return requests_, int(1.5 * requests_) + 200
