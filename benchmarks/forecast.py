"""The forecast of a list of Flanders' size: 200 runs of ten years. Aim: under 10 seconds with the engine compiled.

.venv/bin/python -m benchmarks.forecast              the published list of 31-12-2023, twice, on one and two workers
.venv/bin/python -m benchmarks.forecast 10           ten times as many people and as much money
"""

import os
import resource
import sys
import time
from dataclasses import replace
from datetime import date

import polars as pl

YEARS, RUNS = 10, 200
START = date(2023, 12, 31)


def main(times: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veerkracht.config.settings")
    from django.conf import settings

    _ = settings.HOME  # says where compiled code is kept, before any of it is read
    begin = time.perf_counter()
    from benchmarks.registers import machine
    from veerkracht import forecast, region
    from veerkracht.rulebook.types import Programme

    here = region.current()
    programme: Programme = here.programme("personal-budget")
    start = forecast.start_from_figures(here, programme, START)
    if times > 1:
        programme, start = _larger(programme, start, times)
    print(f"{machine()}; {start.waiting.height:,} waiting, {start.holders:,} holders")
    print(f"read the region and the compiled engine's modules: {time.perf_counter() - begin:.2f} s")
    for workers in (1, 1, 2):
        began, busy = time.perf_counter(), time.process_time()
        made = forecast.run(here, programme, "constant-policy", start, YEARS, RUNS, seed=1, workers=workers)
        took, busy = time.perf_counter() - began, time.process_time() - busy
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{RUNS} runs of {YEARS} years, {workers} worker(s): {took:.2f} s "
            f"({busy:.2f} s of processor), peak {peak:,.0f} MiB"
        )
    began = time.perf_counter()
    turns = made.turns()
    print(f"the turn of {turns.height:,} requests: {time.perf_counter() - began:.2f} s")


def _larger(programme, start, times):  # type: ignore[no-untyped-def]
    """The same list and stream of requests so many times over; money stays, so that the list grows the faster."""
    copies = [
        start.waiting.with_columns(pl.col("id", "person", "bundle") + copy * start.waiting.height)
        for copy in range(times)
    ]
    flows = tuple(
        replace(
            one, value=one.value * times, low=(one.low or 0) * times, high=(one.high or one.value) * times
        )
        if one.id.startswith("arrivals.") and one.id != "arrivals.growth"
        else one
        for one in programme.parameters
    )
    larger = replace(start, waiting=pl.concat(copies), holders=start.holders * times)
    return replace(programme, parameters=flows), larger


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
