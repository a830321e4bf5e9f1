"""Where a command plays its runs: `--workers`, `--processes`, `--cluster`."""

import os
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click


@dataclass(frozen=True)
class Where:
    """As it was asked. `workers`: how many run at once on this machine."""

    workers: int
    processes: bool = False
    cluster: str | None = None

    def executor(self) -> Executor | None:
        """Where to play until the command ends; None for threads of this process.

        Raises `ForecastFault` for a cluster that isn't there.
        """
        if self.cluster:
            from veerkracht.forecast.cluster import Cluster

            return click.get_current_context().with_resource(Cluster(self.cluster))
        if self.processes:
            from veerkracht.forecast.many import check_size
            from veerkracht.forecast.processes import Processes

            check_size(1, self.workers)
            return click.get_current_context().with_resource(Processes(self.workers))
        return None


def worker_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where runs are played, handed to it as `where`."""

    @click.option("--workers", default=os.cpu_count() or 1, show_default=True, help="How many run at once.")
    @click.option("--processes", is_flag=True, help="Each in a process of its own, not in threads of one.")
    @click.option("--cluster", metavar="ADDRESS", help="On a Dask cluster, such as tcp://10.0.0.5:8786.")
    @wraps(command)
    def asked(*, workers: int, processes: bool, cluster: str | None, **words: Any) -> Any:
        if processes and cluster:
            raise click.UsageError("--processes and --cluster can't go together: choose where to play.")
        return command(where=Where(workers, processes, cluster), **words)

    return asked
