"""A round over a million waiting requests, the rules alone: from columns to proposal. Aim: under a second.

.venv/bin/python benchmarks/rules.py            1,000,000 requests
.venv/bin/python benchmarks/rules.py 100000     another number
"""

import resource
import sys
import time
from datetime import date

import numpy as np
import polars as pl

from veerkracht import region
from veerkracht.rulebook.order import positions
from veerkracht.rulebook.rounds import share_out
from veerkracht.rulebook.tables import STANDARD, WAITING
from veerkracht.rulebook.types import Programme

ON = date(2024, 1, 15)
REPEATS = 5
# A grant is about 44,000 euro a year; this reaches a tenth of the list.
CENTS_PER_REQUEST = 440_000


def waiting_list(programme: Programme, size: int) -> pl.DataFrame:
    """Requests as they could wait: all groups and routes, every fact known, one in fifty in a couple."""
    random = np.random.default_rng(1)
    ids = np.arange(1, size + 1)
    couples = ids.copy()
    couples[: size // 50 : 2] = ids[1 : size // 50 + 1 : 2]
    today = np.datetime64(ON)
    asked = today - random.integers(30, 4_000, size)
    points = np.array([point for scheme in programme.schemes for point in scheme.points.values()])
    routes = np.array(["", *dict.fromkeys(route.id for route in programme.routes)])
    held = np.where(random.random(size) < 0.34, 5.0, 0.0)
    columns = {
        "id": ids,
        "person": ids,
        "bundle": couples,
        "kind": np.where(held > 0, programme.kinds[-1], programme.kinds[0]),
        "state": np.full(size, WAITING),
        "request_date": asked,
        "birth_date": today - random.integers(17 * 365, 90 * 365, size),
        "area": np.full(size, ""),
        "recognised": random.random(size) < 0.99,
        "plan_approved_on": asked + 20,
        "complete": random.random(size) < 0.97,
        "converted": random.random(size) < 0.2,
        "priority_group": random.integers(1, len(programme.groups) + 1, size),
        "priority_date": asked,
        "route": np.where(random.random(size) < 0.03, random.choice(routes, size), ""),
        "scheme": np.full(size, ""),
        "category": np.full(size, ""),
        "points": random.choice(points, size) + held,
        "points_held": held,
        "partial": random.random(size) < 0.05,
    }
    return pl.DataFrame(columns, schema={name: kind for name, (kind, _) in STANDARD.items()})


def main(size: int) -> None:
    programme = next(iter(region.current().programmes.values()))
    table = waiting_list(programme, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    share_out(table.head(1_000), programme, ON, CENTS_PER_REQUEST)  # compiles, or reads from the cache
    seconds, processor = [], []
    for _ in range(REPEATS):
        started, worked = time.perf_counter(), time.process_time()
        result = share_out(table, programme, ON, size * CENTS_PER_REQUEST)
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    known = positions(table, programme, ON)
    started = time.perf_counter()
    positions(table, programme, ON, start=known)
    again = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    granted = int(result.lines["granted"].sum())
    print(f"{size:,} waiting requests of {programme.id}, {granted:,} granted")
    print(
        f"a round, rules alone    {min(seconds):6.2f} s best, {sorted(seconds)[REPEATS // 2]:.2f} s median of {REPEATS}"
    )
    print(f"processor time          {min(processor):6.2f} s, all cores together")
    print(f"the order, known before {again:6.2f} s")
    print(f"memory above the list   {(peak - before) / 1024:6.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
