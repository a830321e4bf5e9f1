"""Many runs: the same numbers wherever they are played; what is done is kept, what dies is played again."""

import dataclasses
import pickle
import signal
from concurrent.futures import Executor, Future
from typing import NamedTuple

import numpy as np
import pytest

from tests.forecast import worlds
from tests.forecast.test_theory import BUSY
from veerkracht import forecast
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.many import chunks, joined, keeping_what_is_done, play_chunks
from veerkracht.forecast.whole import run_region
from veerkracht.rulebook.types import Text


class Inner(NamedTuple):
    square: np.ndarray


class Outcome(NamedTuple):
    number: np.ndarray
    inner: Inner


def squares(base: int, chunk: range) -> Outcome:
    numbers = np.array(chunk)
    return Outcome(numbers, Inner(numbers**base))


class Interrupting(Executor):
    """Plays at once what it is given; somebody presses Ctrl-C before the chunk with this number."""

    def __init__(self, at: int) -> None:
        self.at, self.begun = at, 0

    def submit(self, task, *words, **named) -> Future:
        self.begun += 1
        if self.begun == self.at:
            signal.raise_signal(signal.SIGINT)
        future: Future = Future()
        future.set_result(task(*words, **named))
        return future


def played(runs: int, executor: Executor | None = None) -> forecast.Forecast:
    of = worlds.programme(BUSY)
    how = Experiment(5, runs, executor=executor)
    return forecast.run(worlds.region(of), of.id, "nothing", worlds.start(worlds.waiting(10)), how)


@pytest.mark.parametrize("workers", [1, 2, 3, 64])
@pytest.mark.parametrize("runs", [1, 2, 7, 200])
def test_every_run_is_played_once_and_comes_back_in_order(runs, workers):
    got = play_chunks(squares, 2, runs, workers=workers)
    made = joined(got.results)
    assert got.runs == runs
    assert made.number.tolist() == list(range(runs))
    assert made.inner.square.tolist() == [run**2 for run in range(runs)]


def test_no_chunk_is_so_long_that_nobody_can_stop_it():
    assert max(len(chunk) for chunk in chunks(100_000, 2)) == 50


def test_progress_comes_to_the_end():
    told: list[tuple[int, int]] = []
    play_chunks(squares, 2, 40, workers=2, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (40, 40)


def test_what_goes_wrong_in_a_run_comes_out():
    with pytest.raises(ZeroDivisionError):
        play_chunks(divide, 0, 10, workers=2)


def divide(by: int, chunk: range) -> float:
    return chunk.start / by


@pytest.mark.parametrize(
    ("runs", "workers", "said"),
    [
        (0, 1, "A forecast of 0 runs can't be made: expected 1 to 100,000."),
        (100_001, 1, "A forecast of 100,001 runs can't be made: expected 1 to 100,000."),
        (1, 0, "0 workers can't do anything: expected 1 or more."),
        (1, -2, "-2 workers can't do anything: expected 1 or more."),
    ],
)
def test_sizes_that_can_not_be(runs, workers, said):
    with pytest.raises(ForecastFault) as fault:
        play_chunks(squares, 2, runs, workers=workers)
    assert str(fault.value) == said


def test_who_interrupts_keeps_the_runs_that_are_done():
    """Chunks of five runs; Ctrl-C comes as the sixth is handed over: the five before it are kept."""
    with Interrupting(at=6) as executor, keeping_what_is_done():
        made = played(40, executor)
    whole = played(made.runs)
    assert made.runs == 25
    assert all(np.array_equal(made.values[name], whole.values[name]) for name in whole.values)
    assert np.array_equal(made.outcome, whole.outcome)
    assert made.rests_on[0] == Text(
        "Onderbroken na 25 van de 40 berekeningen: dit zijn de uitkomsten van die 25.",
        "Interrupted after 25 of 40 runs: these are the outcomes of those 25.",
    )


def test_interrupted_in_the_second_part_every_part_has_the_same_runs():
    """Eight chunks of five runs play the first programme; Ctrl-C comes after five of the second."""
    first = worlds.programme(BUSY)
    region = worlds.region(first)
    second = dataclasses.replace(first, id="other-help")
    region = dataclasses.replace(region, programmes={first.id: first, second.id: second})
    starts = {id: worlds.start(worlds.waiting(10)) for id in region.programmes}

    def play(runs: int, executor: Executor | None = None):
        how = Experiment(2, runs, executor=executor)
        return run_region(region, "nothing", worlds.START, starts, how=how)

    with Interrupting(at=14) as executor, keeping_what_is_done():
        made = play(40, executor)
    whole = play(25)
    assert (made.runs, {part.runs for part in made.parts}) == (25, {25})
    assert all(np.array_equal(made.values[name], whole.values[name]) for name in whole.values)
    assert made.rests_on[0].en == "Interrupted after 25 of 40 runs: these are the outcomes of those 25."


def test_who_interrupts_too_early_gets_nothing():
    with Interrupting(at=4) as executor, keeping_what_is_done(), pytest.raises(KeyboardInterrupt):
        played(40, executor)


def test_unless_it_is_asked_nothing_is_kept():
    with Interrupting(at=6) as executor, pytest.raises(KeyboardInterrupt):
        played(40, executor)


def test_a_fault_survives_the_way_back_from_another_process():
    fault = pickle.loads(pickle.dumps(ForecastFault(Text("Nee.", "No."))))  # noqa: S301
    assert (str(fault), fault.text) == ("No.", Text("Nee.", "No."))
