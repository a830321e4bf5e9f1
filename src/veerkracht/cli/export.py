"""`veerkracht export`: the list, steps, budgets or rounds as CSV or Parquet."""

from datetime import date
from pathlib import Path

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import Day, printed_as_json
from veerkracht.cli.output import print_json, say, start_django


@click.command(
    "export",
    epilog="""\b
Examples:
  veerkracht export --out requests.csv --as demo-officer
  veerkracht export --out requests.parquet
  veerkracht export --on 2023-06-30 --known 2023-07-15 --out then.csv
  veerkracht export --what steps --out steps.csv

The columns are in docs/import-export.md. `veerkracht import` takes a file of requests as it is.
""",
)
@click.option(
    "--out", "file", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write."
)
@click.option(
    "--what",
    type=click.Choice(["requests", "steps", "budgets", "rounds"]),
    default="requests",
    show_default=True,
    help="Requests that ask or wait, every step, budgets, or rounds with their lines.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "parquet"]),
    help="[default: what the file's name ends in, else csv]",
)
@click.option("--on", type=Day(), help="The list of this day instead of today's.")
@click.option("--known", type=Day(), help="As it was known at the end of this day.  [default: as known now]")
@click.option("--programme", help="Id of the programme.  [default: the region's first]")
@as_user
@printed_as_json("what was written")
def command(
    file: Path,
    what: str,
    form: str | None,
    on: date | None,
    known: date | None,
    programme: str | None,
    user: str | None,
    as_json: bool,
) -> None:
    """Write requests, steps, budgets or rounds to a file. Who exported what is logged."""
    start_django()
    from veerkracht import region
    from veerkracht.register.care.exchange.exporting import export_file

    chosen = programme or next(iter(region.current().programmes))
    written = export_file(
        file, by=acting(user), programme=chosen, what=what, format=form or "", on=on, known=known
    )
    if as_json:
        print_json(written)
    else:
        say(f"{written.rows:,} rows of {what} written to {written.file}.")
