"""Runs in other processes: the same numbers, also when a process is killed while it plays."""

import os
import signal
from collections.abc import Iterator
from itertools import chain
from multiprocessing import parent_process
from pathlib import Path

import numpy as np
import pytest

from tests.forecast.services import networks
from tests.forecast.services.test_luck_and_workers import NET
from tests.forecast.test_many import played
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.many import Workers, play_chunks
from veerkracht.forecast.processes import Processes


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes(2) as pool:
        yield pool


@pytest.fixture(scope="module")
def process() -> Iterator[Processes]:
    """One alone, for what dies: each new one costs a second."""
    with Processes(1) as pool:
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


def test_places_and_teams_in_processes_too(processes: Workers):
    here, there = networks.play(NET, 6), networks.play(NET, 6, executor=processes)
    assert all(np.array_equal(a, b) for a, b in zip(here, there, strict=True))


def test_what_a_dead_process_played_is_played_again(process: Workers, tmp_path: Path):
    note = tmp_path / "died"
    got = play_chunks(killed_once, str(note), 40, executor=process)
    assert (note.exists(), got.runs, flat(got.results)) == (True, 40, list(range(40)))


def test_a_process_that_dies_on_the_same_runs_is_a_fault_and_the_next_plays_on(process: Workers):
    with pytest.raises(ForecastFault) as fault:
        play_chunks(killed_always, "", 16, executor=process)
    assert str(fault.value) == (
        "Three times a worker died while it played runs 9 to 10. Most often there is then too little memory: "
        "try fewer workers."
    )
    assert flat(play_chunks(killed_once, __file__, 16, executor=process).results) == list(range(16))
