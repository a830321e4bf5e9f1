"""`veerkracht calibrate`: fit the uncertain numbers of a programme to the figures known on a day."""

import os
from datetime import date
from typing import Any

import click

from veerkracht.cli.forecast import keep_compiled
from veerkracht.cli.options import Day, printed_as_json
from veerkracht.cli.output import CommandError, print_json, progress, say, table


@click.command(
    epilog="""\b
Examples:
  veerkracht calibrate
  veerkracht calibrate --start 2019-12-31 --start 2020-12-31 --runs 200
"""
)
@click.option(
    "--start", "starts", type=Day(), multiple=True, help="With the figures known on this day (the last)."
)
@click.option("--programme", "programmes", multiple=True, help="This programme (those the region names).")
@click.option("--runs", "sets", default=250, show_default=True, help="How many sets of numbers are kept.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same sets.")
@click.option("--workers", default=os.cpu_count() or 1, show_default=True, help="How many run at once.")
@printed_as_json("what each number became")
def command(
    starts: tuple[date, ...],
    programmes: tuple[str, ...],
    sets: int,
    seed: int,
    workers: int,
    as_json: bool,
) -> None:
    """Fit the uncertain numbers to the figures that were known on a day, and keep what stays uncertain.

    The years before that day are played again with many sets of numbers; the sets that remain agree with the figures.
    They are kept in the region's folder, where forecasts from that day or later find them. Says which numbers the
    figures do not pin down.
    """
    keep_compiled()
    from veerkracht import region as regions
    from veerkracht.forecast.calibration import making
    from veerkracht.forecast.experiment import Experiment
    from veerkracht.forecast.fitted import ensemble
    from veerkracht.forecast.hindcast.playing import played_together

    here = regions.current()
    made = []
    wanted = programmes or (here.hindcasts.calibrated if here.hindcasts else ())
    if not wanted:
        raise CommandError(f"{here.name.en} names no programme to calibrate: say which with --programme.")
    for part in played_together(here, wanted):
        for day in starts or (_last(here, part),):
            with progress(f"{', '.join(part)} on {day}", None) as tick:
                how = Experiment(runs=sets, seed=seed, workers=workers, progress=tick)
                found = making.calibrate(here, part, day, how)
            say(f"Kept in {ensemble.store(found, here)}")
            made.append(found)
    if as_json:
        print_json([_plain(found) for found in made])
    else:
        for found in made:
            _print(found)


def _last(here: Any, part: tuple[str, ...]) -> date:
    """The last day with figures from which these programmes can start."""
    from veerkracht.forecast.calibration.windows import start_days

    days = start_days(here, tuple(map(here.programme, part)))
    if not days:
        raise CommandError(f"There are no figures of {', '.join(part)} to calibrate with.")
    return days[-1]


def _plain(found: Any) -> dict[str, Any]:
    return {
        "programmes": found.programmes,
        "start": found.start,
        "sets": len(found.sets),
        "seed": found.seed,
        "figures": [
            {
                "series": one.series,
                "date": one.on,
                "value": one.value,
                "source": one.source,
                "published": one.published,
            }
            for one in found.figures
        ],
        "numbers": found.report().to_dicts(),
    }


def _print(found: Any) -> None:
    headers = ("Number", "Before (9 in 10)", "After", "Width left", "Goes with")
    rows = [
        (
            row["name"],
            f"{row['low']:.4g} to {row['high']:.4g}",
            f"{row['p50']:.4g} ({row['p5']:.4g} to {row['p95']:.4g})",
            f"{row['kept']:.0%}",
            f"{row['with']} ({row['correlation']:+.1f})" if abs(row["correlation"]) > 0.3 else "",
        )
        for row in found.report().iter_rows(named=True)
    ]
    print(
        f"\n{', '.join(found.programmes)} on {found.start}: {len(found.sets)} sets, {len(found.figures)} figures."
    )
    known = set(found.report().filter(found.report()["identified"]).get_column("name"))
    table(headers, [row for row in rows if row[0] in known], title="Narrowed by the figures")
    unknown = ", ".join(row[0] for row in rows if row[0] not in known)
    print(f"\nNot pinned down by any figure, kept as wide as they were: {unknown or 'none'}.")
