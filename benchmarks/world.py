"""Building the demo world: drawing, writing, playing the coming years. Aim: under 60 s at full size.

.venv/bin/python -m benchmarks.world             as published
.venv/bin/python -m benchmarks.world 300         another number of waiting requests
"""

import resource
import shutil
import sys
import time

from benchmarks.registers import PROJECT, machine, open_home


def main(size: int | None) -> None:
    shutil.rmtree(PROJECT / "var" / "benchmarks" / "world", ignore_errors=True)
    open_home("world")
    from veerkracht.register.world import build

    begun: list[tuple[str, float]] = []

    def progress(done: float, total: float | None = None, what: str | None = None) -> None:
        if what:
            begun.append((what, time.perf_counter()))

    started = time.perf_counter()
    world = build(size=size, progress=progress, force=True)
    ended = time.perf_counter()
    print(machine())
    print(
        f"{world.waiting:,} waiting, {world.holders:,} holders, {world.requests:,} requests, {world.steps:,} steps"
    )
    for (what, at), (_, until) in zip(begun, [*begun[1:], ("", ended)], strict=True):
        print(f"  {what:<40}{until - at:8.1f} s")
    print(f"  {'all':<40}{ended - started:8.1f} s")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
