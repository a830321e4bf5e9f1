"""Real processes on the databases of a test: many at the same moment, or one that is killed."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any

from django.db import connections

from veerkracht.register.errors import RegisterFault

# Forked from a process without threads or connections; started once, on first use.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.robust.preload"])
Call = tuple[Any, ...]
Names = Mapping[str, str | Mapping[str, str]]
_REGION = "VEERKRACHT_REGION"
# Seconds after which a process that says nothing hangs, which no test forgives.
LONGEST = 900


def at_once(*calls: Call) -> list[str]:
    """Run functions (each with its arguments, as a tuple) at one moment, each in a process of its own.

    What each came to, sorted: "done", the name of its fault, or what no person should ever read.
    """
    names, ready, outcomes = names_here(), CONTEXT.Barrier(len(calls)), CONTEXT.Queue()
    started = [CONTEXT.Process(target=_run, args=(names, ready, outcomes, call)) for call in calls]
    for process in started:
        process.start()
    try:
        return sorted(outcomes.get(timeout=LONGEST) for _ in calls)
    finally:
        for process in started:
            process.join(LONGEST)
            process.kill()


@contextmanager
def beside(*call: Any) -> Iterator[BaseProcess]:
    """A process that runs a function with its arguments; killed at the end, if it is still there."""
    process = CONTEXT.Process(target=_open, args=(names_here(), call))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join(LONGEST)


def run_on(names: Names, *call: Any) -> Any:
    """What a function gives in a process that has other databases, by alias. Fails when it does."""
    answers = CONTEXT.SimpleQueue()
    process = CONTEXT.Process(target=_answer, args=(names, answers, call))
    process.start()
    process.join(LONGEST)
    assert process.exitcode == 0, f"{call[0].__name__} failed; why stands above"
    return answers.get()


def _answer(names: Names, answers: Any, call: Call) -> None:
    point_at(names)
    answers.put(call[0](*call[1:]))
    # A file of SQLite is whole in itself only when the last one has closed it.
    connections.close_all()


def start_on(names: Names, *call: Any) -> BaseProcess:
    """A process that has other databases and runs a function on them."""
    process = CONTEXT.Process(target=_open, args=(names, call))
    process.start()
    return process


def names_here() -> dict[str, str]:
    """The databases of this process by alias, and the region in use: the fork server was started with another."""
    databases = {alias: str(connections[alias].settings_dict["NAME"]) for alias in ("default", "log")}
    return {**databases, _REGION: os.environ.get(_REGION, "")}


def point_at(names: Names) -> None:
    """By the name of a database on the same server, or by all that is other."""
    for alias, name in names.items():
        if alias == _REGION:
            # As it was there: unset, or the folder of a region.
            os.environ.pop(_REGION, None) if name == "" else os.environ.update({_REGION: str(name)})
            continue
        other = {"NAME": name} if isinstance(name, str) else name
        connections[alias].settings_dict.update(other)


def _open(names: Names, call: Call) -> None:
    point_at(names)
    function: Callable[..., Any] = call[0]
    function(*call[1:])


def _run(names: Names, ready: Any, outcomes: Any, call: Call) -> None:
    point_at(names)
    for connection in connections.all():
        connection.ensure_connection()
    ready.wait(LONGEST)
    try:
        call[0](*call[1:])
        outcome = "done"
    except RegisterFault as fault:
        outcome = type(fault).__name__
    except Exception as error:  # noqa: BLE001  whatever it is, the test has to see it
        outcome = repr(error)
    finally:
        connections.close_all()
    outcomes.put(outcome)
