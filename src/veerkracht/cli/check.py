"""`veerkracht check`: read a region's files and report every fault in them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.numbers import day
from veerkracht.cli.options import printed_as_json
from veerkracht.cli.output import print_json, table
from veerkracht.region import Region, RegionFault, Stale, current_folder, read, stale
from veerkracht.region.cases import CaseResult, run_cases


@click.command(
    "check",
    epilog="""\b
Examples:
  veerkracht check                     the region in use (VEERKRACHT_REGION)
  veerkracht check regions/flanders
  veerkracht check my-region --json    for other programs

Exits with 0 when all is well, with 1 when there is a fault.
""",
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@printed_as_json("what was read and every fault")
def command(folder: Path | None, as_json: bool) -> int:
    """Read the files of a region in FOLDER, run its cases, and report every fault at once.

    A fault names the file, the line, the field, what was found and what was expected. A number that nobody has checked
    for longer than the region allows is named as stale, which is no fault. Nothing is changed.
    """
    region, faults = read(folder or current_folder())
    results: list[CaseResult] = []
    # A case says nothing about rules that can't be read.
    if region is not None and not faults:
        results, faults = run_cases(region)
        faults = sorted([*faults, *(difference for result in results for difference in result.differences)])
    old = stale(region, date.today()) if region is not None else []
    if as_json:
        print_json({"read": _counts(region, results), "faults": faults, "stale": old, "ok": not faults})
    else:
        _print(region, results, faults)
        _print_stale(region, old)
    return 1 if faults else 0


def _counts(region: Region | None, results: list[CaseResult]) -> dict[str, Any]:
    if region is None:
        return {}
    programmes = region.programmes.values()
    return {
        "region": region.id,
        "areas": region.areas.height,
        "programmes": len(region.programmes) + len(region.programmes_now),
        "conditions": sum(len(programme.conditions) for programme in programmes),
        "figures": region.figures.frame.height,
        "series": len(region.figures.names()),
        "plans": len(region.plans),
        "measures": sum(len(plan.measures) for plan in region.plans.values()),
        "texts": len(region.texts),
        "cases": len(results),
        "cases_passed": sum(result.passed for result in results),
    }


def _print(region: Region | None, results: list[CaseResult], faults: list[RegionFault]) -> None:
    if region is not None:
        counts = _counts(region, results)
        click.echo(f"{region.name.en or region.folder.name} ({region.folder})")
        table(("read", "number"), [(key.replace("_", " "), counts[key]) for key in list(counts)[1:]])
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}.")
        if region is not None and not results:
            click.echo("The cases were not run: they say nothing about rules with faults.")
    else:
        click.echo("No faults.")


def _print_stale(region: Region | None, old: list[Stale]) -> None:
    """A line for each day on which stale numbers of one owner were last checked."""
    if region is None or not old:
        return
    together: dict[tuple[date, str], list[str]] = defaultdict(list)
    for one in old:
        together[one.still_valid_on, one.owner].append(one.id)
    count = "1 number is" if len(old) == 1 else f"{len(old)} numbers are"
    click.echo(f"{count} stale: last checked over {region.stale_after_months} months ago.")
    for (checked, owner), ids in together.items():
        click.echo(f"  {owner}, last checked on {day(checked)}: {', '.join(ids)}")
