"""`veerkracht assessments`: take in and write results of assessments, and tell who has one that expires."""

from pathlib import Path

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.csv_files import Given, import_options, write_csv
from veerkracht.cli.output import say, start_django


@click.group(
    epilog="""\b
Examples:
  veerkracht assessments import katz.csv --as demo-admission --dry-run
  veerkracht assessments export katz.csv --as demo-admission
  veerkracht assessments remind                       each night, by cron

Instruments and their items are in the region's assessments.toml; see docs/assessments.md.
"""
)
def command() -> None:
    """Take in and write results of assessments; tell who has one that expires."""


@command.command("import")
@import_options
def import_(given: Given) -> int:
    """Record the results in FILE (CSV): all of them, or none and why.

    Columns: person (P-…), instrument, on, author, author_kind; if you like version and valid_until; and one for each
    item that is answered, flags as yes or no. Exits with 0 when all rows are good, with 1 when one is not.
    """
    start_django()
    from veerkracht.register.assessments.actions import import_assessments

    return given.brought_by(import_assessments)


@command.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@as_user
def export(file: Path | None, user: str | None) -> None:
    """Write the last result of each instrument, of whom you may know, to FILE (or the terminal), as import reads it."""
    start_django()
    from veerkracht.register.assessments.queries import exports

    say(f"{write_csv(file, exports.heads(), exports.exported(acting(user))):,} results.")


@command.command()
def remind() -> None:
    """Tell whose result expires soon, and who speaks for them, once for each result: for every night."""
    start_django()
    from veerkracht.register.assessments.actions import remind as tell

    say(f"{tell(by=acting(None)):,} told.")
