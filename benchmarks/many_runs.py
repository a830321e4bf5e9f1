"""Where runs are played: threads, processes and the workers of a Dask cluster side by side, with the same numbers.

.venv/bin/python -m benchmarks.many_runs             the region in use, all programmes, 200 runs of ten years
.venv/bin/python -m benchmarks.many_runs 40 personal-budget
"""

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from datetime import date
from typing import Any

import numpy as np

YEARS, WORKERS = 10, 2
START = date(2023, 12, 31)


def main(runs: int, programmes: tuple[str, ...]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veerkracht.config.settings")
    from django.conf import settings

    _ = settings.HOME  # says where compiled code is kept, before any of it is read
    from benchmarks.registers import machine
    from veerkracht import region
    from veerkracht.forecast.experiment import Experiment
    from veerkracht.forecast.processes import Processes
    from veerkracht.forecast.whole import run_region

    here = region.current()

    def play(executor: Executor | None, workers: int) -> dict[str, Any]:
        made = run_region(
            here,
            "constant-policy",
            START,
            programmes=programmes or None,
            how=Experiment(YEARS, runs, workers=workers, executor=executor),
        )
        return made.values

    print(f"{machine()}; {runs} runs of {YEARS} years of {', '.join(programmes or here.programmes)}")
    expected = play(None, 1)
    ways: dict[str, tuple[int, Callable[[], Any]]] = {
        "this thread": (1, nullcontext),
        f"{WORKERS} threads": (WORKERS, nullcontext),
        f"{WORKERS} processes": (WORKERS, lambda: Processes(WORKERS)),
        f"Dask, {WORKERS} workers": (WORKERS, _cluster),
    }
    for name, (workers, begin) in ways.items():
        began, busy = time.perf_counter(), _processor()
        with begin() as executor:
            times = []
            for _turn in range(3):
                found = play(executor, workers)
                times.append(time.perf_counter() - began)
                began = time.perf_counter()
        same = all(np.array_equal(found[one], expected[one]) for one in expected)
        print(
            f"{name}: {times[0]:.2f} s with its beginning, then {min(times[1:]):.2f} s; "
            f"{_processor() - busy:.1f} s of processor for all three; the same numbers: {'yes' if same else 'NO'}"
        )


def _processor() -> float:
    """Seconds that this process and those it began and that have ended kept a processor busy."""
    whole = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in whole)


@contextmanager
def _cluster() -> Iterator[Any]:
    """Two workers, each a process, on this machine."""
    from distributed import LocalCluster

    from veerkracht.forecast.cluster import Cluster

    with (
        LocalCluster(WORKERS, threads_per_worker=1, dashboard_address=None, silence_logs=50) as local,
        Cluster(local.scheduler_address) as found,
    ):
        yield found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, tuple(sys.argv[2:]))
