"""`veerkracht plan`: which plans there are, what one does and costs, and how to write and check a new one."""

from pathlib import Path

import click

from veerkracht.cli.options import as_json
from veerkracht.cli.output import CommandError, print_json, say
from veerkracht.region import RegionFault

LANGUAGE = click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)


@click.group(
    "plan",
    epilog="""\b
Examples:
  veerkracht plan list
  veerkracht plan show care-and-welfare-525-million
  veerkracht plan new more-places --on-top-of constant-policy --file more-places.toml
  veerkracht plan check more-places.toml
""",
)
def command() -> None:
    """List, show, check and write plans: dated measures of money, places, teams, pay, training and rules.

    A plan is the id of one of the region's plans, or the path of a plan file (*.toml).
    """


@command.command("list")
@as_json
@LANGUAGE
def list_(as_json: bool, language: str) -> None:
    """Which plans the region has."""
    from veerkracht import region as regions
    from veerkracht.cli import plan_tables

    plans = regions.current().plans.values()
    if as_json:
        print_json([plan_tables.brief(plan) for plan in plans])
    else:
        plan_tables.plans(plans, language)


@command.command("show", epilog="Example:  veerkracht plan show constant-policy --language nl")
@click.argument("plan")
@as_json
@LANGUAGE
def show(plan: str, as_json: bool, language: str) -> None:
    """What PLAN does: its measures, what they cost in each year, on top of what, and what that rests on.

    A cost is of that whole year: what began before goes on. Its range holds nine chances in ten. What is unknown is in
    no sum.
    """
    from veerkracht import region as regions
    from veerkracht.cli import plan_tables
    from veerkracht.forecast.plans import plan_named
    from veerkracht.forecast.plans.describe import plain

    here, id = plan_named(regions.current(), plan)
    said = plain(here, id)
    if as_json:
        print_json(said)
    else:
        plan_tables.one_plan(said, language)


@command.command("check", epilog="Example:  veerkracht plan check my-plan.toml")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
def check(files: tuple[Path, ...], as_json: bool) -> int:
    """Check plan FILES, inside or outside the region's folder; reports every fault at once, with its line.

    Exits with 0 when all can be played, with 1 when there is a fault.
    """
    from veerkracht import region as regions
    from veerkracht.region.one_plan import read_plan_text

    here = regions.current()
    faults: list[RegionFault] = []
    for file in files:
        found = read_plan_text(here, _text(file), str(file))[1]
        faults += found
        if not found and not as_json:
            click.echo(f"{file}: no faults.")
    if as_json:
        print_json({"faults": faults, "ok": not faults})
    else:
        for fault in faults:
            click.echo(str(fault))
    return 1 if faults else 0


@command.command("new", epilog="Example:  veerkracht plan new more-places --file more-places.toml")
@click.argument("name")
@click.option("--on-top-of", metavar="PLAN", default="", help="The plan whose measures hold too.")
@click.option(
    "--file", type=click.Path(path_type=Path), help="Write it here (a new file), not on the screen."
)
def new(name: str, on_top_of: str, file: Path | None) -> None:
    """Write a plan file called NAME with an example of every kind of measure, to be filled in."""
    from veerkracht import region as regions
    from veerkracht.region.ids import ID, ID_FORM
    from veerkracht.region.plan_template import plan_template

    if not ID.fullmatch(name):
        raise CommandError(f"“{name}” can't be the name of a plan: expected {ID_FORM}, such as more-places.")
    text = plan_template(regions.current(), name, on_top_of)
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise CommandError(f"{file} is there already: choose another file.") from error
    except OSError as error:
        raise CommandError(f"Can't write {file}: {error.strerror}.") from error
    say(f"Written to {file}. Check it with: veerkracht plan check {file}")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise CommandError(f"Can't read {file}: {error.strerror}. Expected a plan file (*.toml).") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8: expected text in UTF-8.") from error
