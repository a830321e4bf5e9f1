"""`veerkracht quality`: import, export and show what organisations measured."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.csv_files import Given, import_options, write_csv
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, say, start_django, table


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
@import_options
def import_(given: Given) -> int:
    """Report the values in FILE (CSV): all of them, or none and why.

    What is there already just so is left alone. Exits with 0 when all rows are good, with 1 when one is not.
    """
    start_django()
    from veerkracht.register.quality.actions import import_values

    return given.brought_by(import_values)


@command.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@as_user
def export(file: Path | None, user: str | None) -> None:
    """Write the values that you may know to FILE (or the terminal), as import reads them."""
    start_django()
    from veerkracht.register.quality.queries import exported
    from veerkracht.register.quality.queries.exports import HEADS

    say(f"{write_csv(file, HEADS, exported(acting(user))):,} values.")


@command.command()
@click.argument("indicator", required=False)
@click.option(
    "--period",
    type=Day(),
    help="First day of the period, YYYY-MM-DD.  [default: the last]",
)
@as_user
@as_json
def show(indicator: str | None, period: date | None, user: str | None, as_json: bool) -> None:
    """Show every indicator, or the organisations that measured INDICATOR beside similar ones, by name."""
    start_django()
    from veerkracht.register.quality.queries import comparison, overview

    by = acting(user)
    if indicator is None:
        _print_overview(overview(by), as_json)
    else:
        _print_comparison(comparison(by, indicator, period), as_json)


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
