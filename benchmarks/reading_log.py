"""What the log costs: reading a file with and without it, writing it with eight processes at once, and proving it.

.venv/bin/python -m benchmarks.reading_log             proves a million entries
.venv/bin/python -m benchmarks.reading_log 100000      another number

Pages with and without the log are read in turns in one run, so that a busy machine slows both.
"""

import multiprocessing
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.registers import MILLION, machine, many

WAITING = 3_000
TURNS, PAGES = 6, 40
PROCESSES, EACH = 8, 200


def main(size: int) -> None:
    many(WAITING)
    print(machine())
    pages()
    for name, write in (("one by one", _one_by_one), ("fifty at once", _together)):
        print(f"  {PROCESSES} processes, {name:<20}{appends(write):9,.0f} entries/s")
    proof(size)


def pages() -> None:
    """Files of people, read by an officer through the whole of Django."""
    from django.conf import settings
    from django.test import Client

    from veerkracht.register.care.models import Request
    from veerkracht.register.log import chain
    from veerkracht.register.people.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(username="demo-officer"))
    numbers = list(Request.objects.order_by("id").values_list("number", flat=True)[:PAGES])
    append, taken = chain.append, {"with": 0.0, "without": 0.0}

    def read() -> float:
        begun = time.perf_counter()
        for number in numbers:
            assert client.get(f"/nl/file/{number}/").status_code == 200
        return time.perf_counter() - begun

    read()
    for _ in range(TURNS):
        taken["with"] += read()
        chain.append = lambda entries: None  # type: ignore[assignment]
        try:
            taken["without"] += read()
        finally:
            chain.append = append
    for name, seconds in taken.items():
        each = 1000 * seconds / (TURNS * PAGES)
        print(
            f"  files read {name:<8} the log   {TURNS * PAGES / seconds:9.1f} pages/s  {each:7.2f} ms a page"
        )


def appends(write: Callable[[int], None]) -> float:
    """Entries a second that eight processes write together, from the first that starts to the last that is done."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, initializer=_ready, initargs=(context.Barrier(PROCESSES),)) as pool:
        times = pool.map(_measured, [write] * PROCESSES, chunksize=1)
    return PROCESSES * EACH / (max(end for _, end in times) - min(begun for begun, _ in times))


def _ready(barrier: Any) -> None:
    global _barrier
    _barrier = barrier
    many(WAITING)


def _measured(write: Callable[[int], None]) -> tuple[float, float]:
    _barrier.wait()
    begun = time.time()
    write(EACH)
    return begun, time.time()


def _one_by_one(count: int) -> None:
    from veerkracht.register.log.record import record
    from veerkracht.register.people.actors import Actor

    for _ in range(count):
        record(Actor.for_command("benchmark"), "read", "request", purpose="to measure")


def _together(count: int) -> None:
    from veerkracht.register.log import chain
    from veerkracht.register.log.record import drafted
    from veerkracht.register.people.actors import Actor

    actor = Actor.for_command("benchmark")
    for start in range(0, count, 50):
        several = range(min(50, count - start))
        chain.append([drafted(actor, "read", "request", purpose="to measure") for _ in several])


def proof(size: int) -> None:
    """Fill the log up to `size` entries and prove it."""
    from veerkracht.register import clock
    from veerkracht.register.log import chain
    from veerkracht.register.log.models import LogEntry
    from veerkracht.register.log.record import drafted
    from veerkracht.register.log.verifying import heads, verify
    from veerkracht.register.people.actors import Actor

    actor = Actor.for_command("benchmark")
    detail = {"programme": "personal-budget", "list": "waiting"}
    facts = {
        "at": clock.now(),
        "person_id": 7,
        "purpose": "to measure",
        "detail": detail,
        "fields": ["identity", "money", "request"],
    }
    begun, before = time.perf_counter(), LogEntry.objects.count()
    while (left := size - LogEntry.objects.count()) > 0:
        chain.append([drafted(actor, "read", "request", **facts) for _ in range(min(left, 5_000))])
    if size > before:
        written = (size - before) / (time.perf_counter() - begun)
        print(f"  one process, five thousand at once  {written:9,.0f} entries/s")
    begun = time.perf_counter()
    report = verify()
    seconds = time.perf_counter() - begun
    assert report.broken is None
    print(
        f"  {report.entries:,} entries proved in {seconds:.1f} s: {report.entries / seconds:,.0f} entries/s"
    )
    begun = time.perf_counter()
    found = heads()
    print(f"  heads of {len(found)} days in {time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MILLION)
