"""Plays many runs: chunks of them on an executor, with the same numbers wherever they are played.

`concurrent.futures.Executor` is the seam: threads of this process (compiled code lets go of Python's lock), other
processes, the workers of a cluster. What is played is a plain function of a module, `task(shared, chunk)`, that reads
what all chunks share and gives back the results of its runs; it writes nowhere else. A run's luck hangs on nothing but
the seed and its number, so that neither the chunks nor the workers show in the outcome.
"""

from abc import abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from veerkracht.forecast.faults import ForecastFault
from veerkracht.rulebook.types import Text

MOST_RUNS = 100_000
# A forecast that is interrupted is one of the runs that are done, if there are this many.
FEWEST_RUNS = 20
_CHUNKS_A_WORKER = 8
# So that who interrupts waits seconds, not minutes.
_LARGEST_CHUNK = 50
_MOST_DEATHS = 3

_keeps = ContextVar("_keeps", default=False)

Progress = Callable[[int, int], None]
Shared = TypeVar("Shared")
Result = TypeVar("Result")
Table = TypeVar("Table", bound=NamedTuple)

_RUNS = Text(
    "Een vooruitblik met {runs} berekeningen kan niet: verwacht werd 1 tot {most}.",
    "A forecast of {runs} runs can't be made: expected 1 to {most}.",
)
_WORKERS = Text(
    "Met {workers} werkers gebeurt er niets: verwacht werd 1 of meer.",
    "{workers} workers can't do anything: expected 1 or more.",
)
_DIED = Text(
    "Bij de berekeningen {first} tot {last} stopte driemaal een werker vanzelf. Meestal is er dan te weinig geheugen: "
    "probeer het met minder werkers.",
    "Three times a worker died while it played runs {first} to {last}. Most often there is then too little memory: "
    "try fewer workers.",
)
_INTERRUPTED = Text(
    "Onderbroken na {done} van de {asked} berekeningen: dit zijn de uitkomsten van die {done}.",
    "Interrupted after {done} of {asked} runs: these are the outcomes of those {done}.",
)


class Workers(Executor):
    """An executor outside this process: what all chunks read is sent there once, and it can begin anew.

    `workers`: how many chunks it plays at a time. `died`: the errors that say that a worker is gone.
    """

    workers: int
    died: tuple[type[BaseException], ...] = (BrokenExecutor,)

    @abstractmethod
    def sent(self, value: Any) -> AbstractContextManager[Any]:
        """Send a value to the workers; gives what stands for it among the arguments of a task."""

    @abstractmethod
    def renew(self) -> None:
        """Begin anew after a worker died."""


class Sent(NamedTuple):
    """Stands for a value that was sent: `read(where)` gives it, on the worker."""

    read: Callable[[str], Any]
    where: str


class Played(NamedTuple, Generic[Result]):
    """`results`: of every chunk, in the order of the runs. `runs`: how many were played, fewer than asked when it was
    interrupted.
    """

    results: list[Result]
    runs: int


def check_size(runs: int, workers: int = 1) -> None:
    """Raises `ForecastFault` for a number of runs or workers that can't be."""
    if runs < 1 or runs > MOST_RUNS:
        raise ForecastFault(_RUNS.fill(runs=runs, most=MOST_RUNS))
    if workers < 1:
        raise ForecastFault(_WORKERS.fill(workers=workers))


@contextmanager
def keeping_what_is_done() -> Iterator[None]:
    """Inside this, Ctrl-C gives a forecast of the runs that are done; elsewhere it ends all that plays them."""
    before = _keeps.set(True)
    try:
        yield
    finally:
        _keeps.reset(before)


def interrupted(done: int, asked: int) -> tuple[Text, ...]:
    """What is said of a forecast that has fewer runs than were asked; nothing when it has them all."""
    return (_INTERRUPTED.fill(done=done, asked=asked),) if done < asked else ()


def joined(results: list[Table]) -> Table:
    """Named tuples of arrays, or of such tuples, whose first axis is the run: all of them as one."""
    first = results[0]
    if len(results) == 1:
        return first
    return type(first)(*(_end_to_end(list(parts)) for parts in zip(*results, strict=True)))


def _end_to_end(parts: list[Any]) -> Any:
    return joined(parts) if isinstance(parts[0], tuple) else np.concatenate(parts)


def play_chunks(
    task: Callable[[Shared, range], Result],
    shared: Shared,
    runs: int,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Played[Result]:
    """Play runs 0 to `runs`, chunk by chunk. `progress(done, runs)` is called in between.

    `task`: a function of a module. `executor`: where to play (without one, `workers` threads of this process); on
    `Workers` a chunk whose worker dies is played again. Inside `keeping_what_is_done`, Ctrl-C waits for the chunks
    under way and gives the runs that are done, as if no more had been asked; below `FEWEST_RUNS`, or when it comes
    twice, `KeyboardInterrupt` goes on.
    Raises `ForecastFault` for a number of runs or workers that can't be, and when workers keep dying.
    """
    check_size(runs, workers)
    pool = nullcontext(executor) if executor else ThreadPoolExecutor(workers)
    with pool as pool_, _sent(pool_, shared) as stand_in:
        at_once = getattr(pool_, "workers", workers)
        playing = _Playing(task, stand_in, pool_, at_once, list(chunks(runs, at_once)), progress)
        return playing.play()


def chunks(runs: int, workers: int) -> Iterator[range]:
    """Runs in chunks: enough of them to keep every worker busy to the end, and none too long."""
    size = min(_LARGEST_CHUNK, max(1, -(-runs // (workers * _CHUNKS_A_WORKER))))
    for first in range(0, runs, size):
        yield range(first, min(runs, first + size))


@contextmanager
def _sent(pool: Executor, value: Any) -> Iterator[Any]:
    if isinstance(pool, Workers):
        with pool.sent(value) as stand_in:
            yield stand_in
    else:
        yield value


def _play(task: Callable[[Any, range], Result], shared: Any, chunk: range) -> Result:
    return task(shared.read(shared.where) if isinstance(shared, Sent) else shared, chunk)


class _Playing(Generic[Result]):
    """The chunks on their way: waiting, under way, done."""

    def __init__(
        self,
        task: Callable[[Any, range], Result],
        shared: Any,
        pool: Executor,
        at_once: int,
        waiting: list[range],
        progress: Progress | None,
    ) -> None:
        self._task, self._shared, self._pool, self._progress = task, shared, pool, progress
        # One more than are played at a time: so nobody waits, and a death touches few chunks.
        self._window = at_once + 1
        self._waiting = deque(waiting)
        self._under_way: dict[Future[Result], range] = {}
        self._done: dict[int, Result] = {}
        self._deaths: Counter[range] = Counter()
        self._all = waiting
        self._died = pool.died if isinstance(pool, Workers) else ()

    def play(self) -> Played[Result]:
        try:
            while self._waiting or self._under_way:
                self._submit()
                self._collect()
        except KeyboardInterrupt:
            if not _keeps.get():
                self._cancel()
                raise
            return self._interrupted()
        return Played([self._done[chunk.start] for chunk in self._all], self._all[-1].stop)

    def _submit(self) -> None:
        while self._waiting and self._has_room_for(self._waiting[0]):
            chunk = self._waiting[0]
            try:
                future = self._pool.submit(_play, self._task, self._shared, chunk)
            except self._died:
                # It broke since the last look; what is under way says so too.
                if not self._under_way:
                    self._renew([chunk])
                return
            self._under_way[future] = chunk
            self._waiting.popleft()

    def _has_room_for(self, chunk: range) -> bool:
        if self._deaths[chunk] or any(self._deaths[other] for other in self._under_way.values()):
            # Alone, so that it shows of which chunk the workers die.
            return not self._under_way
        return len(self._under_way) < self._window

    def _collect(self) -> None:
        finished, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        lost = [self._under_way[future] for future in finished if not self._kept(future)]
        for future in finished:
            self._under_way.pop(future, None)
        if lost:
            # When one worker dies, all that was handed to its pool is lost with it.
            lost += self._under_way.values()
            self._under_way.clear()
            self._renew(lost)
        if self._progress and self._done:
            self._progress(self._runs_done(), self._all[-1].stop)

    def _kept(self, future: Future[Result]) -> bool:
        """Keep the result of a chunk; False when its worker died. Raises what the task raised."""
        try:
            self._done[self._under_way[future].start] = future.result()
        except self._died:
            return False
        return True

    def _renew(self, lost: list[range]) -> None:
        for chunk in lost:
            self._deaths[chunk] += 1
            if self._deaths[chunk] >= _MOST_DEATHS:
                raise ForecastFault(_DIED.fill(first=chunk.start + 1, last=chunk.stop))
        self._waiting.extendleft(sorted(lost, key=lambda chunk: chunk.start, reverse=True))
        if isinstance(self._pool, Workers):
            self._pool.renew()

    def _interrupted(self) -> Played[Result]:
        """The runs from the first on that are done, after those under way; Ctrl-C once more, and none of them."""
        self._cancel()
        wait(self._under_way)
        for future in self._under_way:
            try:
                self._kept(future)
            except CancelledError:
                continue
        first = []
        for chunk in self._all:
            if chunk.start not in self._done:
                break
            first.append(chunk)
        if not first or first[-1].stop < FEWEST_RUNS:
            raise KeyboardInterrupt
        return Played([self._done[chunk.start] for chunk in first], first[-1].stop)

    def _cancel(self) -> None:
        for future in self._under_way:
            future.cancel()

    def _runs_done(self) -> int:
        return sum(len(chunk) for chunk in self._all if chunk.start in self._done)
