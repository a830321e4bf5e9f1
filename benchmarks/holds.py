"""Fifty people at once who hold places and give them back, each in a process with connections of its own.

.venv/bin/python -m benchmarks.holds                                     on SQLite
.venv/bin/python -m benchmarks.holds --database postgresql               on a PostgreSQL of its own
.venv/bin/python -m benchmarks.holds --clients 10 --seconds 5            smaller
"""

import argparse
import time
from typing import Any

import numpy as np

from benchmarks.scratch import scratch
from tests.robust.processes import CONTEXT, names_here, point_at

CONTESTS = 10
# Seconds after which a process that says nothing has died: then this ends, and does not wait for it.
_LONGEST = 240


def main(clients: int, seconds: float) -> None:
    from benchmarks.registers import machine
    from tests import factories
    from tests.robust.conftest import TODAY
    from veerkracht.register import clock, verify
    from veerkracht.register.supply.models import HoldStep

    clock.stand_still_on(TODAY)
    users = [factories.make_user("admission").username for _ in range(clients)]
    units = [unit.pk for unit in factories.make_units(count=clients)]
    print(machine())
    print(f"{clients} clients; milliseconds by the clock")
    print(f"  {'':<34}{'a second':>10}{'p50':>9}{'p99':>9}{'errors':>8}")
    began = time.perf_counter()
    answers = together(
        _keep_holding, [(unit, user, seconds) for unit, user in zip(units, users, strict=True)]
    )
    _tell("each a place of their own", answers, time.perf_counter() - began)
    for _ in range(CONTESTS):
        answers = together(_hold_once, [(units[0], user) for user in users])
        won = sum(bool(answer["won"]) for answer in answers)
        assert won == 1, won
        _free(users[0])
    _tell(f"all the same place, {CONTESTS} times", answers, 0)
    print(
        f"  one winner each time; {HoldStep.objects.count():,} steps; {len(verify.run())} invariants broken"
    )


def together(work: Any, words: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    ready, answers = CONTEXT.Barrier(len(words)), CONTEXT.Queue()
    started = [
        CONTEXT.Process(target=_in_turn, args=(names_here(), ready, answers, work, one)) for one in words
    ]
    for process in started:
        process.start()
    try:
        return [answers.get(timeout=_LONGEST) for _ in words]
    finally:
        for process in started:
            process.join(2)
            process.kill()


def _in_turn(names: dict[str, str], ready: Any, answers: Any, work: Any, words: tuple[Any, ...]) -> None:
    from django.db import connections

    point_at(names)
    for connection in connections.all():
        connection.ensure_connection()
    ready.wait(_LONGEST)
    answers.put(work(*words))
    connections.close_all()


def _keep_holding(unit: int, user: str, seconds: float) -> dict[str, Any]:
    """Hold and give back for so long; how long each hold took."""
    from tests.robust import acts
    from veerkracht.register.people.actors import actor_named
    from veerkracht.register.supply import actions

    by, until, took, errors = actor_named(user), time.perf_counter() + seconds, [], 0
    place = acts.place_of(unit)
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            held = actions.hold_place(place, by=by, minutes=60)
        except Exception:  # noqa: BLE001  whatever it is, it counts
            errors += 1
            continue
        took.append(time.perf_counter() - began)
        actions.release_hold(held, by=by)
    return {"took": took, "errors": errors, "won": 0}


def _hold_once(unit: int, user: str) -> dict[str, Any]:
    from tests.robust import acts
    from veerkracht.register.errors import Conflict

    began, won, errors = time.perf_counter(), 0, 0
    try:
        acts.hold(unit, user)
        won = 1
    except Conflict:
        pass
    except Exception:  # noqa: BLE001
        errors = 1
    return {"took": [time.perf_counter() - began], "errors": errors, "won": won}


def _free(user: str) -> None:
    from veerkracht.register.people.actors import actor_named
    from veerkracht.register.supply import actions
    from veerkracht.register.supply.models import Hold

    for hold in Hold.objects.filter(state="held"):
        actions.release_hold(hold, by=actor_named(user))


def _tell(name: str, answers: list[dict[str, Any]], seconds: float) -> None:
    took = [1000 * one for answer in answers for one in answer["took"]]
    errors = sum(answer["errors"] for answer in answers)
    rate = f"{len(took) / seconds:10.0f}" if seconds else " " * 10
    p50, p99 = np.percentile(took, [50, 99])
    print(f"  {name:<34}{rate}{p50:9.1f}{p99:9.1f}{errors:8}", flush=True)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--clients", type=int, default=50)
    words.add_argument("--seconds", type=float, default=20)
    words.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = words.parse_args()
    with scratch(asked.database):
        main(asked.clients, asked.seconds)
