"""Fifty places, two priority classes, load 0.95: events a second of our engine and of others, side by side in one run.

.venv/bin/python -m benchmarks.queues                       five times each, about a minute
.venv/bin/python -m benchmarks.queues --times 20 --cpu 1    twenty times each, held to processor 1

An event is a request that comes or a stay that ends. Ours is the engine of the forecast as it is, with its lists,
classes, patience, turnover, staff and counts, the rules passed in. The others are made for this queue alone: a plain
loop in C (`queues.c`, built here with gcc), cimba, SimPy and Ciw. What is not installed is left out, and said. They are
not among the requirements of Veerkracht; to have them beside it, in a folder of their own:

    uv pip install --target /tmp/others --no-deps ciw simpy cimba networkx tqdm setuptools \
        statsmodels patsy packaging pandas python-dateutil six
    .venv/bin/python -m benchmarks.queues --others /tmp/others

Time is that of the processor, for this process alone, and the best of all times; waits are over all times together,
with their standard error, beside Cobham's.
"""

import argparse
import contextlib
import ctypes
import io
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tests.forecast.services.networks import Class, Network, Station, Stream, erlang_c, inputs, tables

SERVERS, LOAD = 50, 0.95
RATE = SERVERS * LOAD / 2  # of each class, for a mean stay of 1
# Customers of one time: enough to take a good part of a second.
CUSTOMERS = {"ours": 8_000_000, "C": 8_000_000, "cimba": 1_000_000, "SimPy": 100_000, "Ciw": 40_000}
WARM_UP = 0.1
Waits = tuple[float, float]


class Missing(Exception):
    """An engine that isn't here, and why."""


class Time(NamedTuple):
    events: float
    seconds: float
    waits: Waits


def ours(customers: int, seed: int) -> Time:
    from veerkracht.forecast.services import layout as at
    from veerkracht.forecast.services.runs import Shared, play_chunk

    end = customers / (2 * RATE)
    net = Network(
        (Class(weight=0), Class(weight=1)),
        (Station(SERVERS),),
        (Stream(RATE, 0), Stream(RATE, 1)),
        records=(0.0, WARM_UP * end, end),
    )
    shared = Shared(tables(net), (inputs(net),), (), seed)
    play_chunk(shared, range(0))
    started = time.process_time()
    raw = play_chunk(shared, range(1))
    seconds = time.process_time() - started
    flows = raw.by_class[0, :, :, -1]
    waits = flows[at.DAYS_WAITED] / flows[at.ADMITTED]
    events = raw.by_class[0, [at.ASKED, at.ENDED]].sum()
    return Time(events, seconds, (waits[0], waits[1]))


@cache
def _library() -> ctypes.CDLL:
    gcc = shutil.which("gcc")
    if gcc is None:
        raise Missing("no gcc here")
    built = Path(tempfile.mkdtemp()) / "queues.so"
    source = Path(__file__).with_suffix(".c")
    subprocess.run(
        [gcc, "-O3", "-march=native", "-shared", "-fPIC", "-o", built, source, "-lm"], check=True, timeout=60
    )
    return ctypes.CDLL(str(built))


def plain_c(customers: int, seed: int) -> Time:
    waits, served = (ctypes.c_double * 2)(), (ctypes.c_int64 * 2)()
    of = (ctypes.c_uint64(seed), SERVERS, ctypes.c_double(RATE), ctypes.c_double(RATE))
    size = (ctypes.c_int64(int(WARM_UP * customers)), ctypes.c_int64(customers))
    play = _library().play
    started = time.process_time()
    if play(*of, *size, waits, served):
        raise Missing("its list overflowed")
    return Time(2.0 * customers, time.process_time() - started, (waits[0] / served[0], waits[1] / served[1]))


def with_simpy(customers: int, seed: int) -> Time:
    try:
        import simpy
    except ImportError as error:
        raise Missing("not installed") from error
    chance = random.Random(seed)
    world = simpy.Environment()
    places = simpy.PriorityResource(world, SERVERS)
    waits: tuple[list[float], list[float]] = ([], [])

    def stay(kind: int) -> Any:
        since = world.now
        with places.request(priority=kind) as place:
            yield place
            waits[kind].append(world.now - since)
            yield world.timeout(chance.expovariate(1.0))

    def come(kind: int) -> Any:
        while True:
            yield world.timeout(chance.expovariate(RATE))
            world.process(stay(kind))

    for kind in range(2):
        world.process(come(kind))
    started = time.process_time()
    world.run(until=customers / (2 * RATE))
    seconds = time.process_time() - started
    served = [kept[int(WARM_UP * len(kept)) :] for kept in waits]
    return Time(2.0 * sum(map(len, waits)), seconds, (float(np.mean(served[0])), float(np.mean(served[1]))))


def with_ciw(customers: int, seed: int) -> Time:
    try:
        import ciw
    except ImportError as error:
        raise Missing("not installed") from error
    kinds = ("first", "second")
    network = ciw.create_network(
        arrival_distributions={kind: [ciw.dists.Exponential(rate=RATE)] for kind in kinds},
        service_distributions={kind: [ciw.dists.Exponential(rate=1.0)] for kind in kinds},
        number_of_servers=[SERVERS],
        priority_classes={"first": 0, "second": 1},
    )
    ciw.seed(seed)
    world = ciw.Simulation(network)
    end = customers / (2 * RATE)
    started = time.process_time()
    world.simulate_until_max_time(end)
    seconds = time.process_time() - started
    records = [one for one in world.get_all_records() if one.service_end_date == one.service_end_date]
    served = {kind: [one.waiting_time for one in records if one.customer_class == kind] for kind in kinds}
    late = {
        kind: [
            one.waiting_time
            for one in records
            if one.customer_class == kind and one.arrival_date > WARM_UP * end
        ]
        for kind in kinds
    }
    events = 2.0 * sum(map(len, served.values()))
    return Time(events, seconds, (float(np.mean(late["first"])), float(np.mean(late["second"]))))


@cache
def _cimba_model() -> Any:
    try:
        from benchmarks.queues_cimba import Queue
    except ImportError as error:
        raise Missing(f"not installed ({error})") from error
    return Queue


def with_cimba(customers: int, seed: int) -> Time:
    queue = _cimba_model()
    import cimba

    end = customers / (2 * RATE)
    model = queue()
    model.warm_up = WARM_UP * end
    with contextlib.redirect_stdout(io.StringIO()):
        cimba.Experiment(model, window=cimba.Window(duration=10.0), seed=seed).run(workers=1)  # compiles
        experiment = cimba.Experiment(model, window=cimba.Window(duration=end), seed=seed)
        started = time.process_time()
        result = experiment.run(workers=1)[model]
        seconds = time.process_time() - started
    waits = (float(result.first_wait.values.mean()), float(result.second_wait.values.mean()))
    return Time(float(result.events.values.sum()), seconds, waits)


ENGINES: dict[str, Callable[[int, int], Time]] = {
    "C": plain_c,
    "ours": ours,
    "cimba": with_cimba,
    "SimPy": with_simpy,
    "Ciw": with_ciw,
}


def _theory() -> Waits:
    common = erlang_c(SERVERS, SERVERS * LOAD) / SERVERS / (1 - LOAD / 2)
    return common, common / (1 - LOAD)


def _play(times: int) -> tuple[dict[str, list[Time]], dict[str, str]]:
    """Each in turn, again and again, so that what else the machine does strikes all alike."""
    kept: dict[str, list[Time]] = {name: [] for name in ENGINES}
    missing: dict[str, str] = {}
    for turn in range(times):
        for name, engine in ENGINES.items():
            if name not in missing:
                try:
                    kept[name].append(engine(CUSTOMERS[name], turn + 1))
                except Missing as reason:
                    missing[name] = str(reason)
    return kept, missing


def _line(name: str, times: list[Time], best: dict[str, float]) -> str:
    waits = np.array([one.waits for one in times])
    error = waits.std(axis=0, ddof=1) / np.sqrt(len(times)) if len(times) > 1 else np.full(2, np.nan)
    shown = "   ".join(f"{mean:.4f} ± {of:.4f}" for mean, of in zip(waits.mean(axis=0), error, strict=True))
    of_c = f"{best[name] / best['C']:.4f}" if "C" in best else "?"
    return f"{name:<8}{best[name]:>12.3f}{of_c:>12}   {shown}"


def main(times: int) -> None:
    warnings.simplefilter("ignore")
    with contextlib.suppress(Missing):
        # Its types must be known to Numba before anything else is compiled.
        with_cimba(1_000, 1)
    busy = os.getloadavg()[0]
    kept, missing = _play(times)
    best = {name: max(one.events / one.seconds / 1e6 for one in of) for name, of in kept.items() if of}
    print(
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    print(
        f"load of the machine: {busy:.1f} at the start, {os.getloadavg()[0]:.1f} at the end; best of {times}"
    )
    print(f"{'':<8}{'M events/s':>12}{'of plain C':>12}   mean wait of the first and of the second class")
    first, second = _theory()
    print(f"{'theory':<8}{'':>24}   {first:.4f}            {second:.4f}")
    for name in best:
        print(_line(name, kept[name], best))
    for name, reason in missing.items():
        print(f"{name:<8} left out: {reason}")
    if "Ciw" in best:
        print(f"ours is {best['ours'] / best['Ciw']:,.0f} times Ciw")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--cpu", type=int)
    options.add_argument("--others", type=Path)
    given = options.parse_args()
    if given.cpu is not None:
        os.sched_setaffinity(0, {given.cpu})
    if given.others:
        sys.path.append(str(given.others))
    main(given.times)
