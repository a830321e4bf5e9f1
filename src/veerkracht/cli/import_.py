"""`veerkracht import`: requests from a file, all of them or none and why."""

from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.csv_files import dry_run_option, print_faults, say_good
from veerkracht.cli.options import as_json
from veerkracht.cli.output import print_json, progress, start_django, table


@click.command(
    "import",
    epilog="""\b
Examples:
  veerkracht import requests.csv --dry-run
  veerkracht import requests.csv --as demo-officer
  veerkracht import requests.parquet --json

The columns are in docs/import-export.md. Exits with 0 when all rows are good, with 1 when one is not.
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--programme", help="Id of the programme.  [default: the region's first]")
@dry_run_option
@as_user
@as_json
def command(file: Path, programme: str | None, dry_run: bool, user: str | None, as_json: bool) -> int:
    """Read the requests in FILE (CSV or Parquet) into the register: all of them, or none and why.

    Every row is checked first, and every fault reported with its line, field, what was found and what was expected.
    A file can be imported twice: rows that are there already are left alone.
    """
    start_django()
    from veerkracht import region
    from veerkracht.register.care.exchange.importing import import_file

    chosen = programme or next(iter(region.current().programmes))
    with progress("Reading") as tick:
        report = import_file(file, by=acting(user), programme=chosen, dry_run=dry_run, tick=tick)
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)
    return 0 if report.is_good else 1


def _print(report: Any) -> None:
    counts = [
        ("rows", report.rows),
        ("good", report.good),
        ("of which in the register already", report.already),
        ("bad", report.bad),
        ("requests added", report.added),
        ("persons added", report.persons_added),
    ]
    table((report.file, "number"), counts)
    if not report.is_good:
        by_field = ", ".join(f"{name} {count:,}" for name, count in report.faults_by_field.items())
        faults = [(one.line, one.field, one.found, one.expected) for one in report.faults]
        print_faults(faults, report.faults_total, f" ({by_field})")
    elif report.dry_run:
        say_good()
