"""Watches the queries of a request: how many, how long, and which were slow; their text without values."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connections

from veerkracht.web.operations import metrics

_log = logging.getLogger("veerkracht.slow-query")
_LONGEST = 8000
# What stands in the text of a query for one person or one day: texts between quotes, and whole numbers.
_VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")


@dataclass
class Queries:
    """What the queries of a request took, in seconds, per database."""

    count: int = 0
    seconds: float = 0.0
    by_database: dict[str, list[float]] = field(default_factory=dict)

    def add(self, database: str, seconds: float) -> None:
        self.count += 1
        self.seconds += seconds
        self.by_database.setdefault(database, []).append(seconds)


@contextmanager
def watched() -> Iterator[Queries]:
    """Counts the queries of this thread until the end."""
    found = Queries()
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(_watcher(alias, found)))
        yield found
    for alias, times in found.by_database.items():
        metrics.QUERIES.labels(alias).inc(len(times))
        metrics.QUERY_SECONDS.labels(alias).inc(sum(times))


def _watcher(alias: str, found: Queries) -> Callable[..., Any]:
    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = time.perf_counter() - start
            found.add(alias, seconds)
            if seconds * 1000 >= settings.SLOW_QUERY_MS:
                metrics.SLOW_QUERIES.labels(alias).inc()
                facts = {"database": alias, "ms": round(seconds * 1000), "sql": without_values(sql)}
                _log.warning("A query was slow", extra={"facts": facts})

    return watch


def without_values(sql: str) -> str:
    """A query as it is written, every value in it replaced by a question mark."""
    return _VALUE.sub("?", sql)[:_LONGEST]
