"""`veerkracht staff`: figures on staff in and out, and which open places have staff."""

from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.csv_files import print_faults, write_csv
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
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_user
@as_json
def import_(file: Path, user: str | None, as_json: bool) -> int:
    """Take in FILE, a CSV of counts, of who came and went, or of training: all of it, or nothing and why.

    A file can be taken in twice: what stands there already is left alone. Exits with 1 when a row is wrong.
    """
    start_django()
    from veerkracht.register.staff.actions import import_figures

    report = import_figures(file.read_bytes(), by=acting(user))
    if as_json:
        print_json(_as_json(report))
    else:
        _print(report)
    return 0 if report.is_good else 1


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


def _print(report: Any) -> None:
    names = ("rows", "added", "corrected", "already")
    table(("staff", "number"), [(name, getattr(report, name)) for name in names])
    if report.is_good:
        return
    faults = [(one.line, one.fault.field, one.fault.found, one.fault.expected.en) for one in report.faults]
    print_faults(faults, report.faults_total)


def _as_json(report: Any) -> dict[str, Any]:
    names = ("kind", "rows", "added", "corrected", "already", "faults_total")
    faults = [
        {
            "line": one.line,
            "field": one.fault.field,
            "found": one.fault.found,
            "expected": one.fault.expected.en,
        }
        for one in report.faults
    ]
    return {**{name: getattr(report, name) for name in names}, "faults": faults}
