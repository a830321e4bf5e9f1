"""Processes of this machine to play runs in: one that dies takes nothing with it but the chunk it played."""

import multiprocessing
import pickle
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from veerkracht.forecast.many import Sent, Workers

Result = TypeVar("Result")


class Processes(Workers):
    """So many processes, kept from one forecast to the next.

    What all chunks read is written to a file once and read once by each process. Threads do without both and begin at
    once (see docs/many-runs.md): processes are for what must survive a crash of compiled code.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._folder = tempfile.TemporaryDirectory(prefix="veerkracht-runs-")
        self._pool = self._begin()
        self._sent = 0

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
        self._folder.cleanup()

    @contextmanager
    def sent(self, value: Any) -> Iterator[Sent]:
        self._sent += 1
        file = Path(self._folder.name) / f"{self._sent}.pickle"
        with file.open("wb") as out:
            pickle.dump(value, out, pickle.HIGHEST_PROTOCOL)
        try:
            yield Sent(_read, str(file))
        finally:
            file.unlink(missing_ok=True)

    def renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._begin()

    def _begin(self) -> ProcessPoolExecutor:
        # Begun afresh, not copied: a copy of a process that has threads may hang on a lock that nobody will open.
        fresh = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, fresh, initializer=_leave_ctrl_c_to_the_parent)


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@lru_cache(maxsize=1)
def _read(file: str) -> Any:
    with Path(file).open("rb") as saved:
        return pickle.load(saved)  # noqa: S301  written by this very program, in a folder of its own  # nosec B301
