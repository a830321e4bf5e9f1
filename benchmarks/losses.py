"""Five zones of crisis shelters that overflow into each other: searches a second of our engine and of others.

.venv/bin/python -m benchmarks.losses                            a quarter of a minute
.venv/bin/python -m benchmarks.losses --others /tmp/others        SimPy beside it (see benchmarks.queues)

The same network for all: ten places in each zone, a load of 0.95 a place, half of the searches in their own zone only,
the others in all zones in order. Ours is the engine of the forecast as it is; a loop in plain Python (a heap of
departures) and SimPy are made for this network alone. The share without a place is beside the time: all must agree.
Time is that of the processor for this process alone, the best of three.
"""

import argparse
import heapq
import random
import sys
import time
from collections.abc import Callable

from veerkracht.forecast.losses import Asked, LossNetwork, Searches, Zone, more_places, played

ZONES, PLACES, LOAD, DAYS, YEAR = 5, 10, 0.95, 6.0, 365.25
A_YEAR = LOAD * PLACES / DAYS * YEAR  # of each zone
YEARS = {"ours": 400.0, "Python": 20.0, "SimPy": 5.0}
Played = tuple[float, float]  # searches, share without a place


def _order(zone: int) -> tuple[int, ...]:
    return tuple((zone + step) % ZONES for step in range(ZONES))


def ours(years: float) -> Played:
    searches = tuple(
        Searches(f"{zone}", order, A_YEAR / 2, DAYS)
        for zone in range(ZONES)
        for order in ((zone,), _order(zone))
    )
    lost = played(
        (LossNetwork(tuple(Zone(f"{zone}", PLACES) for zone in range(ZONES)), searches),), years=years
    )
    return float(lost.searched.sum()) * years, float(lost.share[0])


def _searches(rng: random.Random) -> tuple[float, tuple[int, ...], float]:
    """How long until the next search, where it looks, and how long it stays."""
    zone = rng.randrange(ZONES)
    order = _order(zone) if rng.random() < 0.5 else (zone,)
    return rng.expovariate(ZONES * A_YEAR / YEAR), order, rng.expovariate(1 / DAYS)


def in_python(years: float) -> Played:
    rng, now, busy, ends = random.Random(1), 0.0, [0] * ZONES, []
    asked = none = 0
    while now < years * YEAR:
        wait, order, days = _searches(rng)
        now += wait
        while ends and ends[0][0] <= now:
            busy[heapq.heappop(ends)[1]] -= 1
        asked += 1
        found = next((zone for zone in order if busy[zone] < PLACES), None)
        if found is None:
            none += 1
        else:
            busy[found] += 1
            heapq.heappush(ends, (now + days, found))
    return float(asked), none / asked


def in_simpy(years: float) -> Played:
    import simpy

    rng, env = random.Random(1), simpy.Environment()
    zones = [simpy.Resource(env, PLACES) for _ in range(ZONES)]
    counted = [0, 0]

    def stay(zone, days):
        with zone.request() as place:
            yield place
            yield env.timeout(days)

    def come():
        while True:
            wait, order, days = _searches(rng)
            yield env.timeout(wait)
            counted[0] += 1
            found = next((zones[zone] for zone in order if zones[zone].count < PLACES), None)
            if found is None:
                counted[1] += 1
            else:
                env.process(stay(found, days))

    env.process(come())
    env.run(until=years * YEAR)
    return float(counted[0]), counted[1] / counted[0]


def best(play: Callable[[float], Played], years: float) -> tuple[float, Played]:
    times = []
    for _ in range(3):
        begin = time.process_time()
        found = play(years)
        times.append(time.process_time() - begin)
    return min(times), found


def whole() -> None:
    """What a reader of the page waits for, on one processor: the first kind of the region."""
    from datetime import date

    from veerkracht import region

    here = region.current()
    for shelters in here.losses.values():
        begin = time.process_time()
        found = more_places(shelters, Asked(date(2023, 12, 31)))
        seconds = time.process_time() - begin
        print(f"more-places {shelters.kind}: {found.kept} of {found.drawn} draws kept, {seconds:.1f} s")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--others", help="A folder with what is not among the requirements.")
    others = asked.parse_args().others
    if others:
        sys.path.append(others)
    ours(1.0)  # compiled before it is timed
    for name, play in {"ours": ours, "Python": in_python, "SimPy": in_simpy}.items():
        try:
            seconds, (searches, share) = best(play, YEARS[name])
        except ModuleNotFoundError as missing:
            print(f"{name}: left out ({missing})")
            continue
        print(
            f"{name:8} {searches / seconds / 1e6:8.3f} million searches a second; without a place {share:.2%}"
        )
    whole()


if __name__ == "__main__":
    main()
