"""kill -9 at random moments, many times: after each, `verify` finds nothing broken, and the work can be done again.

.venv/bin/python -m benchmarks.faults                                        100 kills on SQLite
.venv/bin/python -m benchmarks.faults --kills 100 --database postgresql      on a PostgreSQL of its own
"""

import argparse
import random
import time
from pathlib import Path

from benchmarks.scratch import scratch

SEED = 2024


def main(kills: int, folder: Path) -> None:
    from benchmarks.registers import machine
    from tests.robust.conftest import TODAY, write_requests
    from tests.robust.killing import kill_at_random, works
    from tests.robust.pairs import pairs
    from veerkracht.register import clock

    clock.stand_still_on(TODAY)
    print(machine())
    print(f"  {'work':<12}{'killed':>8}{'done before':>14}{'broken':>8}{'seconds':>9}")
    with pairs(folder) as made:
        kinds = works(lambda count, mark: write_requests(folder, count, mark), made)
        for place, (name, make) in enumerate(kinds.items()):
            share = kills // len(kinds) + (place < kills % len(kinds))
            began = time.perf_counter()
            # Stops with what is broken at the first kill that breaks anything.
            tally = kill_at_random(make(), share, random.Random(SEED + place))
            took = time.perf_counter() - began
            print(f"  {name:<12}{tally.killed:>8}{tally.done:>14}{0:>8}{took:>9.0f}", flush=True)


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--kills", type=int, default=100)
    words.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = words.parse_args()
    with scratch(asked.database) as folder:
        main(asked.kills, folder)
