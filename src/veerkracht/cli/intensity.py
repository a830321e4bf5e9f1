"""`veerkracht intensity`: how heavy the care of residents is, its staff and money; which assessments expire."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.csv_files import write_csv
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, say, start_django, table
from veerkracht.cli.paging import every_row

_ON = click.option("--on", type=Day(), help="On this day, YYYY-MM-DD.  [default: today]")
_HEADS = ("residents", "unknown", "expired", "heavy", "without norm", "staff short", "gap (euro a year)")


@click.group(
    epilog="""\b
Examples:
  veerkracht intensity show
  veerkracht intensity show --level zone --on 2023-12-31
  veerkracht intensity homes homes.csv --as demo-analyst
  veerkracht intensity past
  veerkracht intensity expiring --days 60
  veerkracht intensity missing ltcf-after-admission

What counts when is in the region's assessments.toml; see docs/care-intensity.md and docs/assessments.md.
"""
)
def command() -> None:
    """How heavy the care of residents is, its staff and money, and which assessments expire."""


@command.command()
@click.option("--programme", default="", help="Id of the programme.  [default: the first that is measured]")
@click.option("--level", type=click.Choice(["province", "zone"]), default="province", show_default=True)
@_ON
@as_user
@as_json
def show(programme: str, level: str, on: date | None, user: str | None, as_json: bool) -> None:
    """Show care intensity by area: residents, heavy care, staff, and what is not financed at the norm."""
    start_django()
    from veerkracht.register.intensity.queries import per_area

    found = per_area(acting(user), programme, on=on, level=level)
    rows = [{"area": one.name, **_facts(one)} for one in (*found.areas, found.total)]
    rows[-1]["area"] = "together"
    if as_json:
        print_json({"on": found.on, "programme": found.rules.programme.id, "areas": rows})
        return
    table(("area", "homes", *_HEADS), [[_cell(value) for value in row.values()] for row in rows])


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--programme", default="", help="Id of the programme.  [default: the first that is measured]")
@_ON
@as_user
def homes(file: Path, programme: str, on: date | None, user: str | None) -> None:
    """Write every home that you may know to FILE (CSV); what is too small to tell is left empty."""
    start_django()
    from veerkracht.register.intensity.exports import HEADS, rows

    say(f"{write_csv(file, HEADS, rows(acting(user), programme, on=on)):,} homes.")


@command.command("past")
@as_json
def past_(as_json: bool) -> None:
    """Show how many residents with heavy care were not financed at the norm, as it follows from published figures."""
    start_django()
    from veerkracht.register.intensity.queries import past

    found = past()
    rows = [
        {
            "on": one.on,
            "low": round(one.without_norm.low),
            "residents": round(one.without_norm.value),
            "high": round(one.without_norm.high),
            "published": None if one.published is None else round(one.published),
            "euro a year": None if one.cost is None else round(one.cost.value),
        }
        for one in (found.days if found else ())
    ]
    if as_json:
        print_json(rows)
    else:
        heads = tuple(rows[0]) if rows else ("on",)
        table(heads, [["" if value is None else _cell(value) for value in row.values()] for row in rows])


@command.command()
@click.option("--days", default=60, show_default=True, help="Those that expire within so many days, or did.")
@as_user
@as_json
def expiring(days: int, user: str | None, as_json: bool) -> None:
    """List assessments that expire soon or did, soonest first: who has to be measured again."""
    start_django()
    from veerkracht.register.assessments.queries import expiring as listed

    by = acting(user)
    rows = every_row(lambda after: listed(by, days, after=after))
    if as_json:
        print_json([{"person": row.person_number, **_reminder(row)} for row in rows])
    else:
        # By number: a terminal and its history are no place for names.
        heads = ("person", "instrument", "result", "measured on", "counts until", "days left")
        table(heads, [(row.person_number, *map(_cell, _reminder(row).values())) for row in rows])


@command.command("missing")
@click.argument("duty", required=False)
@as_user
@as_json
def missing_(duty: str | None, user: str | None, as_json: bool) -> None:
    """List residents who should have been measured by DUTY and were not; without DUTY the duties that hold."""
    start_django()
    from veerkracht.register.assessments.queries import duties, missing

    if duty is None:
        table(
            ("duty", "instrument", "within days"),
            [(one.id, one.instrument, one.within_days) for one in duties()],
        )
        return
    by = acting(user)
    rows = every_row(lambda after: missing(by, duty, after=after))
    told = [(row.person_number, row.home, row.came_on, row.due_on, row.days_late) for row in rows]
    heads = ("person", "home", "came on", "due on", "days late")
    if as_json:
        print_json([dict(zip(heads, row, strict=True)) for row in told])
    else:
        table(heads, told)


def _reminder(row: Any) -> dict[str, Any]:
    return {
        "instrument": row.instrument,
        "result": row.outcome or None,
        "measured on": row.on,
        "counts until": row.valid_until,
        "days left": row.days_left,
    }


def _facts(area: Any) -> dict[str, Any]:
    found, shown = area.found, not area.is_hidden
    return {
        "homes": found.homes,
        "residents": found.residents.total,
        "unknown": found.residents.unknown,
        "expired": found.residents.expired if shown else None,
        "heavy": found.heavy if shown else None,
        "without norm": found.without_norm if shown else None,
        "staff short": round(found.staff_short.value, 1) if shown and found.staff_short else None,
        "gap": round(found.gap_cost.value) if shown and found.gap_cost else None,
    }


def _cell(value: Any) -> Any:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int | float) else value
