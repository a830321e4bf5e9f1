"""`veerkracht hindcast`: how good forecasts from days of the past would have been."""

from dataclasses import replace
from datetime import date
from typing import Any

import click
import polars as pl

from veerkracht.cli.forecast import keep_compiled
from veerkracht.cli.options import Day, printed_as_json
from veerkracht.cli.output import print_json, progress, say, table
from veerkracht.cli.workers import Where, worker_options

_VARIANTS = ("as-known-then", "as-it-was-decided")
_NAIVE = {"same": "same", "trend": "trend", "yardstick": "others"}


@click.command(
    epilog="""\b
Examples:
  veerkracht hindcast
  veerkracht hindcast --start 2019-12-31 --start 2020-12-31 --variant as-known-then --json
  veerkracht hindcast --store
"""
)
@click.option("--start", "starts", type=Day(), multiple=True, help="From this day (those the region names).")
@click.option(
    "--programme", "programmes", multiple=True, help="Only this programme (all that can be played)."
)
@click.option("--variant", type=click.Choice([*_VARIANTS, "both"]), default="both", show_default=True)
@click.option("--runs", default=200, show_default=True, help="How many times the years are played.")
@click.option("--sets", default=250, show_default=True, help="Sets of numbers of a calibration; 0: none.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers.")
@worker_options
@click.option("--store", is_flag=True, help="Keep the track record in the region, for the pages.")
@printed_as_json("series and scores")
def command(
    starts: tuple[date, ...],
    programmes: tuple[str, ...],
    variant: str,
    runs: int,
    sets: int,
    seed: int,
    where: Where,
    store: bool,
    as_json: bool,
) -> None:
    """Make forecasts anew from days of the past, and score them on what came.

    Each knows only what was known on its first day. As known then: with what was decided by that day. As it was
    decided: with the later decisions, so that only the model is scored. Beside each stand the errors of "it stays the
    same", of "same trend", and of forecasts that others made.
    """
    keep_compiled()
    from veerkracht import region as regions
    from veerkracht.forecast.experiment import Experiment
    from veerkracht.forecast.hindcast import playing, track
    from veerkracht.forecast.many import check_size

    # Once, and not for each programme from each day.
    check_size(runs, where.workers)
    here = regions.current()
    variants = _VARIANTS if variant == "both" else (variant,)
    how = Experiment(playing.YEARS, runs, seed, where.workers, where.executor())
    with progress("Looking back", 100) as tick:
        asked = replace(how, progress=tick)
        made = playing.hindcast(here, starts, programmes, variants, sets, asked)
    for text in made.skipped:
        say(f"Not played: {text}")
    if store:
        track.store(made, here)
        say(f"Kept in {here.folder / track.FOLDER / track.FILE}")
    if as_json:
        print_json(made.plain())
    else:
        _print(made)


def _print(made: Any) -> None:
    starts = ", ".join(f"{day}" for day in made.starts)
    print(f"Forecasts from {starts}, {made.runs} runs each, scored on what came.")
    for variant in made.points.get_column("variant").unique(maintain_order=True):
        of = made.summary().filter(pl.col("variant") == variant)
        table(_HEADERS, [_cells(row) for row in of.iter_rows(named=True)], title=f"\n{variant}")
    print(
        "\nCRPS: an error that also counts the width of the ranges. Of same, trend, others: the CRPS as a share of the "
        "error of “it stays the\nsame”, of “it goes on as in the last year” and of a forecast by others; below 100% is "
        "better."
    )


_HEADERS = (
    "Series",
    "Points",
    "Size",
    "Error",
    "Bias",
    "CRPS",
    *(f"Of {name}" for name in _NAIVE.values()),
    "In 50%",
    "In 80%",
    "In 95%",
)


def _cells(row: dict[str, Any]) -> list[str]:
    against = [row[f"than_{name}"] for name in _NAIVE]
    return [
        row["series"],
        f"{row['points']}",
        f"{row['size']:,.0f}",
        f"{row['error']:,.0f}",
        f"{row['bias']:+,.0f}",
        f"{row['crps']:,.0f}",
        *("-" if share is None else f"{share:.0%}" for share in against),
        *(f"{row[f'inside_{percent}']}" for percent in (50, 80, 95)),
    ]
