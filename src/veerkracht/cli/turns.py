"""`veerkracht turns`: when each waiting request's turn is likely, computed from the register's list and kept."""

from datetime import date
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.numbers import day
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, progress, say, start_django
from veerkracht.cli.workers import Where, worker_options


@click.command(
    epilog="""\b
Examples:
  veerkracht turns                            after a round or an import, and each night
  veerkracht turns --plan constant-policy --runs 500 --as demo-officer
  veerkracht turns --as-of 2023-06-30         what was to be expected then; keeps nothing
"""
)
@click.option("--programme", help="Id of the programme.  [default: the region's first]")
@click.option("--plan", default="", help="Which plan is played.  [default: the one the region names for it]")
@click.option("--runs", default=200, show_default=True, help="How many times the years are played.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same turns.")
@click.option("--as-of", "on", type=Day(), help="From the list as it was on this day; shown, not kept.")
@worker_options
@as_user
@as_json
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
def command(
    programme: str | None,
    plan: str,
    runs: int,
    seed: int,
    on: date | None,
    where: Where,
    user: str | None,
    as_json: bool,
    language: str,
) -> None:
    """Play the coming years from the register's list, and keep for each waiting request when its turn is likely.

    It takes the place of what was kept before. The pages show it, and say when the list has changed since. Who computed
    it is logged.
    """
    start_django()
    from veerkracht import region
    from veerkracht.register.care import turns

    chosen = programme or next(iter(region.current().programmes))
    how: dict[str, Any] = {"seed": seed, "workers": where.workers, "executor": where.executor()}
    with progress(f"{chosen}: {runs} runs", runs) as tick:
        if on is None:
            played = turns.renew(chosen, plan, runs, by=acting(user), progress=tick, **how)
        else:
            played = turns.look_back(chosen, plan, runs, by=acting(user), on=on, progress=tick, **how)
    _show(played, as_json, language)
    if on is None:
        say(f"Turns kept: {played.list.height:,}, from the list of {day(played.start)}.")


def _show(played: Any, as_json: bool, language: str) -> None:
    from veerkracht.cli.forecast_tables import print_turns

    if not as_json:
        print_turns(played, language)
        return
    facts = {"programme": played.programme.id, "plan": played.plan.id, "start": played.start}
    print_json({**facts, "runs": played.runs, "seed": played.seed, "turns": played.turns().to_dicts()})
