"""Fifty desks that look for a safe place and hold it, each in a process with connections of its own.

.venv/bin/python -m benchmarks.desk                                     on SQLite
.venv/bin/python -m benchmarks.desk --database postgresql               on a PostgreSQL of its own
.venv/bin/python -m benchmarks.desk --desks 10 --seconds 5              smaller

Three things are measured: how long a search takes among the shelters of a whole region; fifty desks that want one
place at one moment; and fifty desks that work as they do, each with a hold every few seconds.
"""

import argparse
import time
from typing import Any

import numpy as np

from benchmarks.holds import _all

SHELTERS, SEARCHES, CONTESTS = 200, 300, 10
# How long a worker is on the phone between two holds, in seconds: far less than in real life.
PAUSE = 5.0


def main(desks: int, seconds: float) -> None:
    from benchmarks.registers import machine
    from tests.robust.conftest import TODAY
    from veerkracht.register import clock, verify
    from veerkracht.register.crisis.models import SearchStep

    clock.stand_still_on(TODAY)
    print(machine())
    workers = _workers(desks)
    services = _shelters()
    print(f"{desks} desks, {SHELTERS} shelters with {4 * SHELTERS} places; milliseconds by the clock")
    print(f"  {'':<40}{'p50':>9}{'p95':>9}{'p99':>9}{'errors':>8}")
    searches = _searches(workers)
    _tell("a search: all matches in order", [_matching(workers[0], searches[workers[0]])])
    one = _shelter_for_one()
    for _ in range(CONTESTS):
        found = _searches(workers)
        answers = _all(_hold_once, [(found[name], one, name) for name in workers])
        won = sum(answer["won"] for answer in answers)
        assert won == 1, won
        _empty(one)
    _tell(f"all want one place, {CONTESTS} times", answers)
    found = _searches(workers)
    answers = _all(_work, [(found[name], services[place % len(services)], name, seconds, place / desks)
                           for place, name in enumerate(workers)])  # fmt: skip
    _tell("each holds every few seconds", answers)
    print(
        f"  one winner each time; {SearchStep.objects.count():,} steps; {len(verify.run())} invariants broken"
    )


def _workers(count: int) -> list[str]:
    from tests.crisis.making import make_worker

    return [make_worker(f"Desk {number}").user.username for number in range(count)]


def _shelters() -> list[int]:
    """Shelters over all municipalities, with four places each."""
    from tests.crisis.making import make_shelter
    from veerkracht.register.people import areas

    codes = areas.table()["code"].to_list()
    return [
        make_shelter(
            f"House {number}",
            area=codes[number * len(codes) // SHELTERS],
            sleeps=(4, 3, 2, 2),
            kinds=("safe-house", "crisis-shelter"),
            secret=number % 2 == 0,
            address=f"Lane {number}",
        ).pk
        for number in range(SHELTERS)
    ]


def _searches(workers: list[str]) -> dict[str, str]:
    """A new search of each worker, by who made it."""
    from tests.crisis.making import make_search
    from veerkracht.register.people.actors import actor_named

    return {
        name: make_search(
            actor_named(name), kind="safe-house", from_area="44021", avoid_names=("Somebody Dangerous",)
        ).number
        for name in workers
    }


def _matching(user: str, number: str) -> dict[str, Any]:
    from veerkracht.register import clock
    from veerkracht.register.crisis.access import get_search
    from veerkracht.register.crisis.queries.matches import matches
    from veerkracht.register.people.actors import actor_named

    by, took = actor_named(user), []
    for _ in range(SEARCHES):
        began = time.perf_counter()
        with clock.one_look():
            found = matches(by, get_search(by, number))
        took.append(time.perf_counter() - began)
    assert len(found.found) > SHELTERS // 2, len(found.found)
    return {"took": took, "errors": 0, "won": 0}


def _shelter_for_one() -> int:
    """A service with one place."""
    from tests.crisis.making import make_shelter

    return make_shelter("The last room", area="44021", sleeps=(2,), kinds=("safe-house",)).pk


def _hold_once(search: str, service: int, user: str) -> dict[str, Any]:
    from tests.crisis import acts
    from veerkracht.register.errors import Conflict

    began, won, errors = time.perf_counter(), 0, 0
    try:
        acts.hold(search, service, user)
        won = 1
    except Conflict:
        pass
    except Exception:  # noqa: BLE001  whatever it is, it counts
        errors = 1
    return {"took": [time.perf_counter() - began], "errors": errors, "won": won}


def _empty(service: int) -> None:
    from tests.crisis import acts
    from veerkracht.register.crisis.models import Search

    held = Search.objects.filter(state="held", holds__hold__unit__service=service).select_related("call__by")
    for search in held.distinct():
        acts.release(search.number, search.call.by.username)


def _work(search: str, service: int, user: str, seconds: float, phase: float) -> dict[str, Any]:
    """Hold, talk, give back, and so on; how long each hold took from the press to the answer."""
    from tests.crisis import acts

    time.sleep(phase * PAUSE)
    until, took, errors = time.perf_counter() + seconds, [], 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            acts.hold(search, service, user)
        except Exception:  # noqa: BLE001  whatever it is, it counts
            errors += 1
        took.append(time.perf_counter() - began)
        time.sleep(PAUSE / 2)
        acts.release(search, user)
        time.sleep(PAUSE / 2)
    return {"took": took, "errors": errors, "won": 0}


def _tell(name: str, answers: list[dict[str, Any]]) -> None:
    took = [1000 * one for answer in answers for one in answer["took"]]
    errors = sum(answer["errors"] for answer in answers)
    p50, p95, p99 = np.percentile(took, [50, 95, 99])
    print(f"  {name:<40}{p50:9.1f}{p95:9.1f}{p99:9.1f}{errors:8}", flush=True)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--desks", type=int, default=50)
    words.add_argument("--seconds", type=float, default=30)
    words.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = words.parse_args()
    from benchmarks.scratch import scratch

    with scratch(asked.database):
        main(asked.desks, asked.seconds)
