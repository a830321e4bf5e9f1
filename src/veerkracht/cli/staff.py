"""`veerkracht staff`: figures on staff in and out, and which open places have staff."""

from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.csv_files import Given, import_options, write_csv
from veerkracht.cli.options import as_json
from veerkracht.cli.output import print_json, say, start_django, table


@click.group(
    "staff",
    epilog="""\b
Examples:
  veerkracht staff import counts.csv
  veerkracht staff export --what flows --out flows.csv
  veerkracht staff places --programme residential-care

The columns are in docs/staff.md.
""",
)
def command() -> None:
    """Take in and write figures on staff, and show which open places have staff."""


@command.command("import")
@import_options
def import_(given: Given) -> int:
    """Take in FILE, a CSV of counts, of who came and went, or of training: all of it, or nothing and why.

    A file can be taken in twice: what stands there already is left alone. Exits with 1 when a row is wrong.
    """
    start_django()
    from veerkracht.register.staff.actions import import_figures

    return given.brought_by(import_figures, beside=["corrected"])


@command.command("export")
@click.option(
    "--what", type=click.Choice(["counts", "flows", "training"]), default="counts", show_default=True
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write."
)
@as_user
@as_json
def export(what: str, out: Path, user: str | None, as_json: bool) -> None:
    """Write the latest versions to a CSV file that `staff import` takes in again. Who exported is logged."""
    start_django()
    from veerkracht.register.staff.queries.exporting import KINDS, rows

    kind = KINDS[what]
    written = write_csv(out, kind.columns, rows(acting(user), kind))
    if as_json:
        print_json({"file": out, "what": what, "rows": written})
    else:
        say(f"{written:,} rows of {what} written to {out}.")


@command.command("places")
@click.option("--programme", default="", help="Id of the programme.  [default: all]")
@as_user
@as_json
def places(programme: str, user: str | None, as_json: bool) -> None:
    """Show how many places of each service are recognised, open and staffed."""
    start_django()
    from veerkracht import region
    from veerkracht.register.staff.queries.places import HEADS, exported

    if programme:
        region.current().programme(programme)
    rows = exported(acting(user), programme)
    if as_json:
        print_json([dict(zip(HEADS, row, strict=True)) for row in rows])
        return
    shown = (
        "service",
        "recognised",
        "open",
        "staffed",
        "occupied",
        "held",
        "offerable",
        "missing_fte",
        "unknown",
    )
    places = [HEADS.index(name) for name in shown]
    table(shown, [[_cell(row[place]) for place in places] for row in rows])


def _cell(value: Any) -> Any:
    if value is None:
        return "unknown"
    return f"{value:.2f}" if isinstance(value, float) else value
