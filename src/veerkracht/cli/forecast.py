"""`veerkracht forecast`: what a plan does in the coming years, to everyone who waits and is helped."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.forecast_files import make_folder, plain, write
from veerkracht.cli.forecast_tables import print_forecast
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import INTERRUPTED, CommandError, print_json, progress, say, start_django
from veerkracht.cli.workers import Where, worker_options
from veerkracht.region import Region
from veerkracht.rulebook.types import Programme


@click.command(
    epilog="""\b
Examples:
  veerkracht forecast constant-policy
  veerkracht forecast care-and-welfare-525-million --against constant-policy --out report
  veerkracht forecast constant-policy --from-figures --start 2021-12-31 --years 2 --json
"""
)
@click.argument("plan")
@click.option("--against", metavar="PLAN", help="Another plan to set beside it, run by run.")
@click.option(
    "--programme", "programme_ids", multiple=True, help="Only this programme (all that can be forecast)."
)
@click.option("--start", "on", type=Day(), help="Start from the lists of this day (now).")
@click.option("--from-figures", is_flag=True, help="Start from published figures, not from the register.")
@click.option("--years", default=10, show_default=True, help="How far to look ahead.")
@click.option("--runs", default=200, show_default=True, help="How many times the years are played.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers.")
@worker_options
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write a report and data here.")
@as_json
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
def command(
    plan: str,
    against: str | None,
    programme_ids: tuple[str, ...],
    on: date | None,
    from_figures: bool,
    years: int,
    runs: int,
    seed: int,
    where: Where,
    out: Path | None,
    as_json: bool,
    language: str,
) -> int:
    """Play PLAN through the coming years, many times, from the lists as they stand.

    Shows who waits for each kind of help, what is granted, which places there are, what money is used and left, and
    when a turn is likely: the middle outcome, and the range that holds eight of ten. PLAN is a plan of the region, or
    the path of a plan file of your own. A list is read from the register when it is there, else from the region's
    published figures.
    """
    keep_compiled()
    from veerkracht import region as regions
    from veerkracht.forecast import compare
    from veerkracht.forecast.choices.setting import Setting
    from veerkracht.forecast.plans import plan_named

    if out:
        make_folder(out)
    here = regions.current()
    chosen = [here.programme(id) for id in programme_ids] or list(here.programmes.values())
    here, *plans = plan_named(here, plan)
    if against:
        here, other_plan = plan_named(here, against)
        plans.append(other_plan)
    day, starts = starts_of(here, chosen, on, from_figures=from_figures)
    here = here if from_figures else homes_of_register(here, chosen, day)
    size: dict[str, Any] = {"years": years, "runs": runs, "seed": seed, "workers": where.workers}
    setting = Setting(here, day, starts, **size, executor=where.executor(), programmes=programme_ids or None)
    made, other = _played(setting, plans)
    difference = compare(made, other) if other else None
    if out:
        write(out, replace(setting, runs=made.runs), made, other, difference)
    if as_json:
        print_json(plain(made, other, difference))
    else:
        print_forecast(here, made, difference, language)
    return _how_it_ended(made.runs, runs)


def _played(setting: Any, plans: list[str]) -> tuple[Any, Any]:
    """One plan, or two with as many runs each; when it was interrupted, with those that were done."""
    from veerkracht.forecast.many import keeping_what_is_done

    with keeping_what_is_done():
        made = _play(setting, plans[0])
        other = _play(replace(setting, runs=made.runs), plans[1]) if plans[1:] else None
    return (made.first(other.runs) if other else made), other


def _play(setting: Any, plan: str) -> Any:
    from veerkracht.forecast.whole import run_region

    with progress(f"{plan}: {setting.runs} runs", setting.runs) as tick:
        how = replace(setting.experiment, progress=tick)
        return run_region(setting.region, plan, setting.start, setting.starts, setting.programmes, how)


def _how_it_ended(done: int, asked: int) -> int:
    """The exit code: 130, as a shell expects, when the command was interrupted; then it also says so."""
    from veerkracht.forecast.many import interrupted

    for text in interrupted(done, asked):
        say(text.en)
    return INTERRUPTED if done < asked else 0


def keep_compiled() -> None:
    """Let the settings say where compiled code is kept, before any of it is read; without opening the register."""
    from django.conf import settings

    _ = settings.HOME


def starts_of(
    here: Region, chosen: Iterable[Programme], on: date | None, *, from_figures: bool
) -> tuple[date, dict[str, Any]]:
    """The day on which the forecast starts, and the lists of the register of that day, by programme."""
    in_rounds = [programme for programme in chosen if programme.handout == "round"]
    in_register = [] if from_figures else [programme for programme in in_rounds if _has_register(programme)]
    if in_register:
        starts = {programme.id: _register_start(programme, on) for programme in in_register}
        return next(iter(starts.values())).date, starts
    if not (on or in_rounds or from_figures) and (today := _day_of_homes(here, chosen)):
        return today, {}
    day = on or _last_figures(here, in_rounds or _all_in_rounds(here))
    say(f"Starting from the published figures of {day}.")
    return day, {}


def _day_of_homes(here: Region, chosen: Iterable[Programme]) -> date | None:
    """Today, when the register holds about all homes of one of these: how heavy their care is and who waits is known of
    today alone. Else None."""
    if not any(programme.id in here.supplies and _has_register(programme) for programme in chosen):
        return None
    from veerkracht.register import clock
    from veerkracht.register.care.queries.homes import with_registered_homes

    return None if with_registered_homes(here) is here else clock.today()


def homes_of_register(here: Region, chosen: Iterable[Programme], day: date) -> Region:
    """The region with the homes of the register in place of the published totals, where it holds about all of them."""
    if not any(programme.id in here.supplies and _has_register(programme) for programme in chosen):
        return here
    from veerkracht.register.care.queries.homes import with_registered_homes

    found = with_registered_homes(here, day)
    for id in found.supplies:
        if found.supplies[id] is not here.supplies[id]:
            for text in found.supplies[id].told:
                say(text.en)
    return found


def _all_in_rounds(here: Region) -> list[Programme]:
    return [programme for programme in here.programmes.values() if programme.handout == "round"]


def _last_figures(here: Region, in_rounds: list[Programme]) -> date:
    """The last day of which the region's figures hold all that a start needs."""
    from veerkracht.forecast.rounds.start import days_with_figures

    days = [set(days_with_figures(here, programme)) for programme in in_rounds]
    shared = set.intersection(*days) if days else set()
    if not shared:
        raise CommandError(f"{here.name.en} has no figures of a day from which all can start: give --start.")
    return max(shared)


def _has_register(programme: Programme) -> bool:
    """Whether the register holds a list of this programme."""
    start_django()
    from veerkracht.register.care.models import Request

    return Request.objects.filter(programme=programme.id).exists()


def _register_start(programme: Programme, on: date | None) -> Any:
    from veerkracht.register import clock
    from veerkracht.register.care import turns

    today = clock.today()
    if on is not None and on > today:
        raise CommandError(f"The register can't be read as of {on}: today is {today}.")
    if on is not None and on < programme.begins:
        raise CommandError(f"{programme.id} began on {programme.begins}: there is no list of {on}.")
    return turns.start(programme, on)
