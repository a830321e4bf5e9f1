"""A forecast that starts from a register with all homes: reading them, and playing them, beside what was published.

.venv/bin/python -m benchmarks.homes_forecast                        20 runs of ten years, on SQLite
.venv/bin/python -m benchmarks.homes_forecast --runs 200             so many runs
.venv/bin/python -m benchmarks.homes_forecast --home FOLDER          of a home with a world that is there already
"""

import argparse
import os
import resource
from contextlib import nullcontext
from datetime import date, timedelta

from benchmarks.homes_day import Watch
from benchmarks.scratch import scratch

PLAN = "constant-policy"
# What is shown of the outcome, beside the published figure of the same name.
_SHOWN = (
    "places.recognised", "places.staffed", "residents.total", "residents.heavy-share", "occupancy", "waiting.persons",
)  # fmt: skip


def main(runs: int, *, builds: bool) -> int:
    from benchmarks.registers import machine
    from veerkracht import region
    from veerkracht.forecast.experiment import Experiment
    from veerkracht.forecast.services import making
    from veerkracht.register import clock
    from veerkracht.register.care.queries.homes import with_registered_homes
    from veerkracht.register.world import build

    print(machine())
    if builds:
        watch = Watch()
        build(size=50, turns=False, all_homes=True)
        watch.say("building the world with all homes")
    here, today = region.current(), clock.today()
    watch = Watch()
    found = with_registered_homes(here, today)
    watch.say("reading the homes of the register")
    own = [id for id, supply in found.supplies.items() if supply is not here.supplies[id]]
    for id in own:
        for text in found.supplies[id].told:
            print("   ", text.en)
    for what, size in (("first, compiling or reading what was compiled", 1), ("playing", runs)):
        watch = Watch()
        programmes = tuple(found.programme(id) for id in own)
        made = making.run(found, programmes, PLAN, today, Experiment(runs=size))
        watch.say(f"{what}: {size} runs of ten years")
    for id in own:
        _show(made.series(), found.figures, id, today)
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")
    return 0 if own else 1


def _show(series, figures, programme: str, start: date) -> None:
    print(f"  {'':38}{'at the start':>14}{'after a year':>20}{'after ten':>20}   published last")
    for name in (f"{programme}.{one}" for one in _SHOWN):
        rows = series.filter(series["series"] == name).select("p10", "p50", "p90").rows()
        # Published before the start: of the start itself the register says it.
        said = figures.series(name, until=start - timedelta(days=1))
        told = f"{_said(said.item(-1, 'value'))} on {said.item(-1, 'date')}" if said.height else "–"
        ends = [f"{_said(low)} – {_said(high)}" for low, _middle, high in (rows[2], rows[-1])]
        print(f"  {name:38}{_said(rows[0][1]):>14}{ends[0]:>20}{ends[1]:>20}   {told}")


def _said(value: float) -> str:
    return f"{value:,.0f}" if value > 1 else f"{value:.3f}"


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--runs", type=int, default=20)
    words.add_argument("--home", help="the folder of a home with a world; without one, a world is built")
    given = words.parse_args()
    if given.home:
        os.environ["VEERKRACHT_HOME"] = given.home
    if given.home:
        from veerkracht.cli.output import start_django

        start_django()
    with nullcontext() if given.home else scratch("sqlite"):
        code = main(given.runs, builds=not given.home)
    raise SystemExit(code)
