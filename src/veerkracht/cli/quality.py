"""`veerkracht quality`: import, export and show what organisations measured."""

import csv
import datetime
import sys
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.output import CommandError, print_json, read_at_most, say, start_django, table

# More than this nobody reads in a terminal; --json gives all.
_SHOWN = 40


@click.group(
    epilog="""\b
Examples:
  veerkracht quality show
  veerkracht quality show falls --period 2023-01-01
  veerkracht quality import values.csv --as demo-admission
  veerkracht quality export values.csv --as demo-analyst

What is measured is in the region's quality.toml; see docs/quality.md.
"""
)
def command() -> None:
    """Import, export and show quality indicators of organisations."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check the file and report; write nothing.")
@as_user
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(file: Path, dry_run: bool, user: str | None, as_json: bool) -> int:
    """Report the values in FILE (CSV): all of them, or none and why.

    What is there already just so is left alone. Exits with 0 when all rows are good, with 1 when one is not.
    """
    start_django()
    from veerkracht.register.quality.actions import import_values
    from veerkracht.register.quality.reading import LARGEST

    data = read_at_most(file, LARGEST + 1)
    report = import_values(data, file.name, by=acting(user), dry_run=dry_run)
    if as_json:
        print_json(report)
    else:
        _print(report, dry_run=dry_run)
    return 1 if report.faults else 0


@command.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@as_user
def export(file: Path | None, user: str | None) -> None:
    """Write the values that you may know to FILE (or the terminal), as import reads them."""
    start_django()
    from veerkracht.register.formulas import guarded
    from veerkracht.register.quality.queries import exported
    from veerkracht.register.quality.queries.exports import HEADS

    rows = list(exported(acting(user)))
    try:
        opened = file.open("w", encoding="utf-8", newline="") if file else sys.stdout
    except OSError as error:
        raise CommandError(f"Can't write {file}: {error.strerror}.") from error
    try:
        writer = csv.writer(opened)
        writer.writerow(HEADS)
        # A name that a spreadsheet would run as a formula is written as text.
        writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    finally:
        if file:
            opened.close()
    say(f"{len(rows):,} values.")


@command.command()
@click.argument("indicator", required=False)
@click.option(
    "--period",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="First day of the period, YYYY-MM-DD.  [default: the last]",
)
@as_user
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(indicator: str | None, period: datetime.datetime | None, user: str | None, as_json: bool) -> None:
    """Show every indicator, or the organisations that measured INDICATOR beside similar ones, by name."""
    start_django()
    from veerkracht.register.quality.queries import comparison, overview

    by = acting(user)
    if indicator is None:
        _print_overview(overview(by), as_json)
    else:
        _print_comparison(comparison(by, indicator, period.date() if period else None), as_json)


def _print(report: Any, *, dry_run: bool) -> None:
    counts = [("rows", report.rows), ("there already", report.already), ("added", report.added)]
    table((report.file, "number"), counts)
    if report.faults:
        shown = report.faults[:_SHOWN]
        table(
            ("line", "field", "found", "expected"),
            [(str(fault.line), fault.field, fault.found, fault.expected) for fault in shown],
        )
        if len(report.faults) > len(shown):
            say(f"… and {len(report.faults) - len(shown):,} more faults.")
        say("Nothing was written. Correct the file and try again.")
    elif dry_run:
        say("The file is good. Nothing was written: this was a dry run.")


def _print_overview(cards: list[Any], as_json: bool) -> None:
    if as_json:
        print_json([{"indicator": one.indicator.id, **_card(one)} for one in cards])
        return
    heads = ("indicator", "period", "reported", "together", "from", "to", "beyond limits")
    table(heads, [(one.indicator.id, *_card(one).values()) for one in cards])


def _card(one: Any) -> dict[str, Any]:
    low, high = (one.interval.low, one.interval.high) if one.interval else (None, None)
    return {
        "period": one.period,
        "reported": one.reported,
        "value": _rounded(one.value),
        "low": _rounded(low),
        "high": _rounded(high),
        "beyond": one.beyond,
    }


def _print_comparison(found: Any, as_json: bool) -> None:
    rows = [
        {
            "similar": ", ".join(text.en for text in group.traits) or found.indicator.similar.name.en,
            "organisation": point.name,
            "numerator": point.numerator,
            "denominator": point.denominator,
            "value": _rounded(point.value),
            "low": _rounded(point.interval.low) if point.interval else None,
            "high": _rounded(point.interval.high) if point.interval else None,
            "beside chance": point.verdict or point.state,
        }
        for group in found.groups
        for point in group.points
    ]
    if as_json:
        print_json({"indicator": found.indicator.id, "period": found.period, "organisations": rows})
    else:
        heads = tuple(rows[0]) if rows else ("organisation",)
        title = f"{found.indicator.name.en}, {found.period or 'nothing reported'}"
        table(heads, [tuple(row.values()) for row in rows], title=title)


def _rounded(value: float | None) -> str | None:
    return None if value is None else f"{value:.4f}"
