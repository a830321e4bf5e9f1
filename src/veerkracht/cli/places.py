"""`veerkracht places`: import, export and count places, what is expected free, the growth calendar, the directory."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.csv_files import Given, import_options, write_csv
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import CommandError, print_json, say, start_django, table

_AHEAD = timedelta(days=90)


@click.group(
    epilog="""\b
Examples:
  veerkracht places show
  veerkracht places show --by zone --programme residential-care --on 2024-06-30
  veerkracht places import places.csv --as demo-admission
  veerkracht places export places.csv --without-secret
  veerkracht places growth
  veerkracht places import-awards calendar.csv --dry-run
  veerkracht places directory directory.jsonld

The words and the columns are in docs/places.md.
"""
)
def command() -> None:
    """Import, export and count places; the growth calendar; the public directory."""


@command.command()
@click.option(
    "--by", "level", default="province", show_default=True, help="province, region, zone or municipality."
)
@click.option("--programme", default="", help="Only of this kind of help.")
@click.option("--on", type=Day(), help="Places on this day, YYYY-MM-DD.  [default: today]")
@click.option("--ahead", type=Day(), help="Expected free on this day.  [default: in 90 days]")
@as_user
@as_json
def show(
    level: str,
    programme: str,
    on: date | None,
    ahead: date | None,
    user: str | None,
    as_json: bool,
) -> None:
    """Recognised, open, closed, staffed, taken, held and free places by area, and how many are expected free."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.supply.queries.by_area import by_area

    found = by_area(
        acting(user),
        programme,
        on,
        level,
        ahead=ahead or clock.today() + _AHEAD,
    )
    if as_json:
        print_json(found)
        return
    heads = (
        "area",
        "services",
        "recognised",
        "open",
        "closed",
        "staffed",
        "taken",
        "held",
        "free",
        "expected",
    )
    table(heads, [_area(one) for one in found])


@command.command("import")
@import_options
def import_(given: Given) -> int:
    """Add the places in FILE (CSV) and change the closings it tells otherwise: all of it, or nothing and why.

    What is there already just so is left alone. Exits with 0 when all rows are good, with 1 when one is not.
    """
    start_django()
    from veerkracht.register.supply.actions import import_places
    from veerkracht.register.supply.reading import LIMITS

    return given.brought_by(import_places, limits=LIMITS, beside=["services_added", "closings_changed"])


@command.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--programme", default="", help="Only of this kind of help.")
@click.option("--without-secret", is_flag=True, help="Leave out what is at a secret address.")
@as_user
def export(file: Path | None, programme: str, without_secret: bool, user: str | None) -> None:
    """Write the places that you may know of to FILE (or the terminal), as import reads them.

    Refused when a service at a secret address is among them, unless these are left out.
    """
    start_django()
    from veerkracht.register.supply.exports import HEADS, exported

    rows = exported(acting(user), programme, without_secret=without_secret)
    say(f"{write_csv(file, HEADS, rows):,} places.")


@command.command("import-awards")
@import_options
def import_awards_(given: Given) -> int:
    """Add the awards of the growth calendar in FILE (CSV), a row a step: all of them, or none and why.

    What is there already just so is left alone; an award that is there gets the steps that are new. Exits as import.
    """
    start_django()
    from veerkracht.register.supply.actions import import_awards

    return given.brought_by(import_awards, beside=["awards_added"])


@command.command("export-awards")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--programme", default="", help="Only of this kind of help.")
@click.option("--without-secret", is_flag=True, help="Leave out what is at a secret address.")
@as_user
def export_awards(file: Path | None, programme: str, without_secret: bool, user: str | None) -> None:
    """Write the growth calendar that you may know of to FILE (or the terminal), as import-awards reads it.

    Refused when a service at a secret address is among them, unless these are left out.
    """
    start_django()
    from veerkracht.register.supply.growth_exports import HEADS, exported

    rows = exported(acting(user), programme, without_secret=without_secret)
    say(f"{write_csv(file, HEADS, rows):,} steps of awards.")


@command.command()
@click.option("--programme", default="", help="Only of this kind of help.")
@as_user
@as_json
def growth(programme: str, user: str | None, as_json: bool) -> None:
    """What was awarded in the growth calendar, what became of it, and how many quarters it took."""
    start_django()
    from veerkracht.register.supply.queries.growth import lead_times, years

    by = acting(user)
    found, leads = years(by, programme), lead_times(by, programme)
    if as_json:
        print_json({"years": found, "lead_times": leads})
        return
    counts = ("awarded", "postponed", "lapsed", "realised", "left")
    table(("year", *counts), [(str(one.year), *(getattr(one, name) for name in counts)) for one in found])
    heads = ("year", "kind", "median quarters", "shortest", "longest", "places", "of")
    quarters = ("median", "shortest", "longest")
    table(
        heads,
        [
            (str(one.year), one.kind, *(f"{getattr(one, name):.1f}" for name in quarters), one.places, one.of)
            for one in leads
        ],
    )


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--address", default="", help="Where the directory stands, to make addresses of its services.")
def directory(file: Path, address: str) -> None:
    """Write the public directory to FILE as linked data (CPSV-AP, JSON-LD). Nothing at a secret address is in it."""
    start_django()
    from veerkracht.register.supply.linked_data import graph
    from veerkracht.register.supply.queries.directory import all_entries

    found = all_entries()
    try:
        file.write_text(
            json.dumps(graph(found, address), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    except OSError as error:
        raise CommandError(f"Can't write {file}: {error.strerror}.") from error
    say(f"{len(found):,} services.")


def _area(one: Any) -> tuple[Any, ...]:
    staffed = "?" if one.unknown_staffed == one.open and one.open else one.staffed
    likely = one.expected.likely if one.expected else None
    expected = "?" if likely is None else f"{likely[1]} ({likely[0]} to {likely[2]})"
    closed = sum(one.closed.values())
    counts = (one.services, one.recognised, one.open, closed, staffed, one.occupied, one.held, one.free)
    return (one.name or "–", *counts, expected)
