"""A round over a million waiting requests, from database to proposal. Aim: under 5 s; the rules alone under 1 s.

.venv/bin/python -m benchmarks.round             1,000,000 requests
.venv/bin/python -m benchmarks.round 100000      another number
"""

import resource
import sys
import time
from collections.abc import Callable
from statistics import median

from benchmarks.registers import MILLION, machine, many

REPEATS = 3
CENTS = 20_000_000_00


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> str:
    """The median by the clock, and of the processor (all cores together), which other work does not blur."""
    taken, worked = [], []
    for _ in range(repeats):
        started, cpu = time.perf_counter(), time.process_time()
        work()
        taken.append(time.perf_counter() - started)
        worked.append(time.process_time() - cpu)
    return f"{median(taken):8.2f} s{median(worked):8.2f} s"


def main(size: int) -> None:
    many(size)
    from django.db import transaction

    from veerkracht.register import clock
    from veerkracht.register.care import actions
    from veerkracht.register.care.programmes import programme_of
    from veerkracht.register.care.proposals import propose
    from veerkracht.register.care.queries.columns import waiting_table
    from veerkracht.register.people.actors import actor_named
    from veerkracht.rulebook.rounds import share_out

    officer = actor_named("demo-officer")
    rules = programme_of("personal-budget")
    on = clock.today()
    table = waiting_table(rules.id)
    money = CENTS * max(1, table.height // 20_000)
    share_out(table.head(1_000), rules, on, CENTS)  # compiles, or reads from the cache

    def prepare() -> None:
        with transaction.atomic():
            actions.prepare_round(rules.id, by=officer, on=on, money_cents=money)
            transaction.set_rollback(True)

    print(machine())
    print(f"{table.height:,} waiting requests, {money / 100_000_000:,.0f} million euro a year")
    print(f"  {'':<32}{'clock':>8}  {'processor':>9}")
    print(f"  from database to columns        {seconds(lambda: waiting_table(rules.id))}")
    print(f"  the rules alone                 {seconds(lambda: share_out(table, rules, on, money))}")
    print(f"  from database to proposal       {seconds(lambda: propose(rules, on, money))}")
    print(f"  and written down to be signed   {seconds(prepare, 1)}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MILLION)
