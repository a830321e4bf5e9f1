"""Fifty desks that look for a safe place and hold it, each in a process with connections of its own.

.venv/bin/python -m benchmarks.desk                                     on SQLite
.venv/bin/python -m benchmarks.desk --database postgresql               on a PostgreSQL of its own
.venv/bin/python -m benchmarks.desk --desks 10 --seconds 5              smaller

Measured is: how long a search takes among the shelters of a whole region; fifty desks that press "hold" for one place
at one moment, ten times over; the same with all that is read before it (who presses, for which search, at which
service); and fifty desks that work as they do, each with a hold every few seconds. Each desk's process begins once, has
read the region and has its connections open before it is measured, as a server has.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.holds import together
from tests.robust.processes import CONTEXT

SHELTERS, SEARCHES, CONTESTS = 200, 300, 10
# How long a worker is on the phone between two holds, in seconds: far less than in real life.
PAUSE = 5.0
# Seconds after which a desk that does not come is not waited for.
_LONGEST = 120
Press = Callable[[], object]


def main(desks: int, seconds: float) -> None:
    from benchmarks.registers import machine
    from tests.robust.conftest import TODAY
    from veerkracht.register import clock, verify
    from veerkracht.register.crisis.models import SearchStep

    clock.stand_still_on(TODAY)
    print(machine())
    workers = _workers(desks)
    services, one = _shelters(), _shelter_for_one()
    print(f"{desks} desks, {SHELTERS} shelters with {4 * SHELTERS} places; milliseconds by the clock")
    print(f"  {'':<40}{'p50':>9}{'p95':>9}{'p99':>9}{'processor':>11}{'errors':>8}")
    searches = _searches(workers)
    _tell("a search: all matches in order", _matching(workers[0], searches[workers[0]]), 0)
    line = CONTEXT.Barrier(desks)
    found = together(_desk, [
        (line, searches[name], one, services[place % len(services)], name, seconds, place / desks)
        for place, name in enumerate(workers)
    ])  # fmt: skip
    won = np.array([desk["won"] for desk in found]).sum(axis=0).tolist()
    assert won == [1] * CONTESTS * len(WAYS), won
    errors = sum(desk["errors"] for desk in found)
    for name in WAYS:
        _tell(f"{name}, {CONTESTS} times", [took for desk in found for took in desk[name]], errors)
    _tell("each holds every few seconds", [took for desk in found for took in desk["worked"]], errors)
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


class _Watch:
    """Seconds since it was made, by the clock and by the processor."""

    def __init__(self) -> None:
        self.began = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self.began[0], time.process_time() - self.began[1]


def _matching(user: str, number: str) -> list[tuple[float, float]]:
    from veerkracht.register import clock
    from veerkracht.register.crisis.access import get_search
    from veerkracht.register.crisis.queries.matches import matches
    from veerkracht.register.people.actors import actor_named

    by, took = actor_named(user), []
    for _ in range(SEARCHES):
        watch = _Watch()
        with clock.one_look():
            found = matches(by, get_search(by, number))
        took.append(watch.read())
    assert len(found.found) > SHELTERS // 2, len(found.found)
    return took


def _shelter_for_one() -> int:
    """A service with one place."""
    from tests.crisis.making import make_shelter

    return make_shelter("The last room", area="44021", sleeps=(2,), kinds=("safe-house",)).pk


def _desk(
    line: Any, search: str, wanted: int, own: int, user: str, seconds: float, phase: float
) -> dict[str, Any]:
    """One desk's night: every contest, and then its own work."""
    _warm(search, own, user)
    found = {
        name: [_contest(line, ready(search, wanted, user), search, user) for _ in range(CONTESTS)]
        for name, ready in WAYS.items()
    }
    line.wait(_LONGEST)
    worked, errors = _work(search, own, user, seconds, phase)
    pressed = [one for contests in found.values() for one in contests]
    return {
        **{name: [took for took, _won, _error in contests] for name, contests in found.items()},
        "won": [won for _took, won, _error in pressed],
        "worked": worked,
        "errors": errors + sum(error for _took, _won, error in pressed),
    }


def _warm(search: str, service: int, user: str) -> None:
    """What a server has read and compiled before the night begins."""
    from tests.crisis import acts

    _hold(search, service, user)
    acts.release(search, user)


def _hold(search: str, service: int, user: str) -> None:
    """As a page does it: the time is looked up once."""
    from tests.crisis import acts
    from veerkracht.register import clock

    with clock.one_look():
        acts.hold(search, service, user)


def _at_hand(search: str, service: int, user: str) -> Press:
    """The hold itself: the search, the service and who presses are read before."""
    from tests.crisis import acts
    from veerkracht.register.crisis import actions
    from veerkracht.register.people.actors import actor_named
    from veerkracht.register.supply.models import Service

    by, wanted, looked_for = actor_named(user), Service.objects.get(pk=service), acts.search(search)

    def press() -> None:
        from veerkracht.register import clock

        with clock.one_look():
            actions.hold_for(looked_for, wanted, by=by)

    return press


def _with_reading(search: str, service: int, user: str) -> Press:
    return lambda: _hold(search, service, user)


WAYS: dict[str, Callable[[str, int, str], Press]] = {
    "all want one place": _at_hand,
    "the same, with what is read": _with_reading,
}


def _contest(line: Any, press: Press, search: str, user: str) -> tuple[tuple[float, float], int, int]:
    """Press with all others; who won gives back once everybody has pressed. How long it took, won, errors."""
    from tests.crisis import acts
    from veerkracht.register.errors import Conflict

    won = errors = 0
    line.wait(_LONGEST)
    watch = _Watch()
    try:
        press()
        won = 1
    except Conflict:
        pass
    except Exception:  # noqa: BLE001  whatever it is, it counts
        errors = 1
    took = watch.read()
    line.wait(_LONGEST)
    if won:
        acts.release(search, user)
    return took, won, errors


def _work(
    search: str, service: int, user: str, seconds: float, phase: float
) -> tuple[list[tuple[float, float]], int]:
    """Hold, talk, give back, and so on; how long each hold took from the press to the answer, and errors."""
    from tests.crisis import acts

    time.sleep(phase * PAUSE)
    until, took, errors = time.perf_counter() + seconds, [], 0
    while time.perf_counter() < until:
        watch = _Watch()
        try:
            _hold(search, service, user)
        except Exception:  # noqa: BLE001  whatever it is, it counts
            errors += 1
        took.append(watch.read())
        time.sleep(PAUSE / 2)
        acts.release(search, user)
        time.sleep(PAUSE / 2)
    return took, errors


def _tell(name: str, took: list[tuple[float, float]], errors: int) -> None:
    clock, processor = 1000 * np.array(took).T
    p50, p95, p99 = np.percentile(clock, [50, 95, 99])
    print(f"  {name:<40}{p50:9.1f}{p95:9.1f}{p99:9.1f}{np.median(processor):11.1f}{errors:8}", flush=True)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--desks", type=int, default=50)
    words.add_argument("--seconds", type=float, default=30)
    words.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = words.parse_args()
    from benchmarks.scratch import scratch

    with scratch(asked.database):
        main(asked.desks, asked.seconds)
