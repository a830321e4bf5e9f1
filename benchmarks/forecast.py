"""The forecast of a region of Flanders' size: 200 runs of ten years, all its programmes. Aim: under 60 s and 2 GiB.

.venv/bin/python -m benchmarks.forecast              published figures of 31-12-2023, on one and on two workers
.venv/bin/python -m benchmarks.forecast 0.1 1 10     with so many times the people, places and staff; 20 runs each

Each size is played in a process of its own, so that its peak of memory is its own.
"""

import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import polars as pl

YEARS, RUNS, FEW_RUNS = 10, 200, 20
START = date(2023, 12, 31)
PLAN = "care-and-welfare-525-million"
# Units of what there are more of in a larger region. Money stays: its rounds serve the fewer.
COUNTED = {
    "persons",
    "persons a year",
    "places",
    "cases",
    "requests",
    "requests a year",
    "grants a year",
    "budgets a year",
    "full-time equivalents",
    "full-time equivalents a year",
}
# Numbers of these that stay what they are: of one request, of one group of places.
FOR_EACH = {"persons.per-request", "growth.units"}


def main(sizes: list[str]) -> None:
    if not sizes:
        play(1.0, RUNS, (1, 2))
    elif len(sizes) == 1:
        play(float(sizes[0]), FEW_RUNS, (2,))
    else:
        for size in sizes:
            subprocess.run([sys.executable, "-m", "benchmarks.forecast", size], check=True)


def play(times: float, runs: int, workers: tuple[int, ...]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veerkracht.config.settings")
    from django.conf import settings

    from benchmarks.registers import machine

    _ = settings.HOME  # says where compiled code is kept, before any of it is read
    begin = time.perf_counter()
    from veerkracht import region
    from veerkracht.forecast.experiment import Experiment
    from veerkracht.forecast.whole import run_region

    here = region.current()
    print(f"read the region and the modules: {time.perf_counter() - begin:.2f} s")
    if times != 1.0:
        here = larger(here, times)
    run_region(here, PLAN, START, how=Experiment(1, 1))  # reads what was compiled, or compiles it
    for count in workers:
        began, busy = time.perf_counter(), time.process_time()
        made = run_region(here, PLAN, START, how=Experiment(YEARS, runs, workers=count))
        took, busy = time.perf_counter() - began, time.process_time() - busy
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        waiting = sum(
            float(values[:, 0].mean())
            for name, values in made.values.items()
            if name.endswith("waiting.persons")
        )
        print(
            f"{machine()}; {times:g} x Flanders, {waiting:,.0f} waiting, {len(made.values)} series; "
            f"{runs} runs of {YEARS} years, {count} worker(s): {took:.1f} s ({busy:.1f} s of processor), "
            f"{1000 * busy / runs:,.0f} ms of processor a run, peak {peak:,.0f} MiB"
        )


def larger(here, times):  # type: ignore[no-untyped-def]
    """The region with so many times its people, places and staff."""
    counted = pl.col("unit").is_in(list(COUNTED))
    figures = here.figures.frame.with_columns(
        pl.when(counted).then(pl.col(name) * times).otherwise(pl.col(name)).alias(name)
        for name in ("value", "low", "high")
    )
    return replace(
        here,
        figures=replace(here.figures, frame=figures),
        programmes={
            id: replace(programme, parameters=_more(programme.parameters, times))
            for id, programme in here.programmes.items()
        },
        supplies={id: _supply(supply, times) for id, supply in here.supplies.items()},
        population=_population(here.population, times),
        staff=replace(here.staff, parameters=_more(here.staff.parameters, times)),
    )


def _more(parameters, times):  # type: ignore[no-untyped-def]
    return tuple(
        replace(
            one,
            value=one.value * times,
            low=None if one.low is None else one.low * times,
            high=None if one.high is None else one.high * times,
            assumption=one.assumption and replace(one.assumption, low=None, high=None),
        )
        if one.unit in COUNTED and one.id not in FOR_EACH
        else one
        for one in parameters
    )


def _supply(supply, times):  # type: ignore[no-untyped-def]
    growth = tuple(
        replace(one, units=one.units * times, low=one.low * times, high=one.high * times)
        for one in supply.growth
    )
    return replace(supply, growth=growth)


def _population(population, times):  # type: ignore[no-untyped-def]
    counts = tuple(replace(count, persons=count.persons * times) for count in population.counts)
    totals = replace(population.totals, persons=population.totals.persons * times)
    return replace(population, counts=counts, totals=totals)


if __name__ == "__main__":
    main(sys.argv[1:])
