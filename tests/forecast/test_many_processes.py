"""Runs in other processes: the same numbers, also when a process is killed while it plays."""

import os
import signal
from collections.abc import Iterator
from itertools import chain
from multiprocessing import parent_process
from pathlib import Path

import numpy as np
import pytest

from tests.forecast.test_many import played
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.many import Workers, play_chunks
from veerkracht.forecast.processes import Processes


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2) as pool:
        yield pool


def killed_once(note: str, chunk: range) -> list[int]:
    """Its process is killed at the first try of run 8, as the system does when memory runs out."""
    if 8 in chunk and parent_process() and _first_time(Path(note)):
        os.kill(os.getpid(), signal.SIGKILL)
    return list(chunk)


def killed_always(_: str, chunk: range) -> list[int]:
    if 8 in chunk and parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return list(chunk)


def _first_time(note: Path) -> bool:
    if note.exists():
        return False
    note.touch()
    return True


def flat(results: list[list[int]]) -> list[int]:
    return list(chain.from_iterable(results))


def test_processes_give_the_numbers_of_threads(processes: Workers):
    here, there = played(30), played(30, processes)
    assert here.values.keys() == there.values.keys()
    assert all(np.array_equal(here.values[name], there.values[name]) for name in here.values)
    assert np.array_equal(here.ledger, there.ledger)
    assert np.array_equal(here.outcome, there.outcome)


def test_what_a_dead_process_played_is_played_again(processes: Workers, tmp_path: Path):
    note = tmp_path / "died"
    got = play_chunks(killed_once, str(note), 40, executor=processes)
    assert (note.exists(), got.runs, flat(got.results)) == (True, 40, list(range(40)))


def test_processes_that_die_on_the_same_runs_are_a_fault(processes: Workers):
    with pytest.raises(ForecastFault) as fault:
        play_chunks(killed_always, "", 32, executor=processes)
    assert str(fault.value) == (
        "Three times a worker died while it played runs 9 to 10. Most often there is then too little memory: "
        "try fewer workers."
    )


def test_after_a_fault_the_same_processes_play_on(processes: Workers):
    with pytest.raises(ForecastFault):
        play_chunks(killed_always, "", 32, executor=processes)
    assert flat(play_chunks(killed_once, __file__, 16, executor=processes).results) == list(range(16))
