"""All homes at the totals that were published: building them, playing days of them, and proving every invariant after.

.venv/bin/python -m benchmarks.homes_day            one day
.venv/bin/python -m benchmarks.homes_day 7          so many days
"""

import resource
import shutil
import sys
import time

from benchmarks.registers import PROJECT, machine, open_home


def main(days: int) -> int:
    shutil.rmtree(PROJECT / "var" / "benchmarks" / "homes", ignore_errors=True)
    open_home("homes")
    from veerkracht.register import verify
    from veerkracht.register.residence.queries import occupancy, occupancy_over, together, together_over
    from veerkracht.register.supply.models import Service
    from veerkracht.register.world import build
    from veerkracht.register.world.homes_day import play_day

    print(machine())
    started = time.perf_counter()
    build(size=50, turns=False, force=True, all_homes=True)
    _say("building the world with all homes", started)
    homes = list(Service.objects.filter(residences__isnull=False).distinct())
    for what, count in (
        ("on the day", lambda: together(occupancy(homes).values())),
        ("over the year", lambda: together_over(occupancy_over(homes).values())),
    ):
        started = time.perf_counter()
        _say(f"occupancy {what}: {count()}", started)
    for _ in range(days):
        started = time.perf_counter()
        played = play_day()
        _say(
            f"{played.on}: {played.residents:,} residents of {played.homes} homes, {played.happened}, "
            f"refused {played.refused}",
            started,
        )
    started = time.perf_counter()
    broken = verify.run()
    _say(f"invariants broken: {len(broken)} of {len(verify.invariants())}", started)
    for one in broken:
        print(" ", one.name, one.count, one.where)
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")
    return len(broken)


def _say(what: str, started: float) -> None:
    print(f"  {time.perf_counter() - started:8.1f} s  {what}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
