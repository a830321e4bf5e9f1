"""All homes at the totals that were published: building them, playing days of them, and proving every invariant after.

.venv/bin/python -m benchmarks.homes_day                          one day, on SQLite
.venv/bin/python -m benchmarks.homes_day --days 7                 so many days
.venv/bin/python -m benchmarks.homes_day --database postgresql    on a PostgreSQL of its own
"""

import argparse
import resource
import time

from benchmarks.scratch import scratch


def main(days: int) -> int:
    from benchmarks.registers import machine
    from veerkracht.register import verify
    from veerkracht.register.residence.queries import occupancy, occupancy_over, together, together_over
    from veerkracht.register.residence.rules import rules
    from veerkracht.register.supply.models import Service
    from veerkracht.register.world import build
    from veerkracht.register.world.homes_day import play_day

    print(machine())
    watch = Watch()
    build(size=50, turns=False, all_homes=True)
    watch.say("building the world with all homes")
    homes = list(Service.objects.filter(programme__in=rules().programmes))
    for what, count in (
        ("on the day", lambda: together(occupancy(homes).values())),
        ("over the year", lambda: together_over(occupancy_over(homes).values())),
    ):
        watch = Watch()
        watch.say(f"occupancy {what}: {count()}")
    for _ in range(days):
        watch = Watch()
        played = play_day()
        watch.say(
            f"{played.on}: {played.residents:,} residents of {played.homes} homes, {played.happened}, "
            f"refused {played.refused}"
        )
    watch = Watch()
    broken = verify.run()
    watch.say(f"invariants broken: {len(broken)} of {len(verify.invariants())}")
    for one in broken:
        print(" ", one.name, one.count, one.where)
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")
    return len(broken)


class Watch:
    """The clock and the processor since it was started: on a busy machine they differ."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def say(self, what: str) -> None:
        clock, processor = time.perf_counter() - self.clock, time.process_time() - self.processor
        print(f"  {clock:8.1f} s clock {processor:8.1f} s processor  {what}", flush=True)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--days", type=int, default=1)
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = words.parse_args()
    with scratch(given.database):
        found = main(given.days)
    raise SystemExit(found)
