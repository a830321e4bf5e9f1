"""What the commands that weigh choices share: where they start, how often they play, how they show a range."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import CommandError, say
from veerkracht.cli.workers import Where, worker_options


@dataclass(frozen=True)
class Asked:
    """What somebody typed that is not about one question."""

    start: date | None
    from_figures: bool
    years: int
    runs: int
    seed: int
    where: Where
    as_json: bool
    language: str

    def setting(self, *words: str) -> tuple[Any, list[str]]:
        """The region from the start that was asked, and the ids of the plans that words name, each an id or a file.

        Prints from what it starts.
        """
        from veerkracht.cli.forecast import homes_of_register, keep_compiled, starts_of

        keep_compiled()
        from veerkracht import region as regions
        from veerkracht.forecast.choices import Setting
        from veerkracht.forecast.plans import plan_named

        here, plans = regions.current(), []
        for word in words:
            here, id = plan_named(here, word)
            plans.append(id)
        day, starts = starts_of(here, here.programmes.values(), self.start, from_figures=self.from_figures)
        here = here if self.from_figures else homes_of_register(here, here.programmes.values(), day)
        workers, executor = self.where.workers, self.where.executor()
        return Setting(here, day, starts, self.years, self.runs, self.seed, workers, executor), plans


def options(runs: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of `Asked`, handed to it as `asked`. `runs`: without --runs."""
    shared = [
        click.option("--start", type=Day(), help="Start from the lists of this day (now)."),
        click.option("--from-figures", is_flag=True, help="Start from published figures, not the register."),
        click.option("--years", default=10, show_default=True, help="How far to look ahead."),
        click.option("--runs", default=runs, show_default=True, help="How many times the years are played."),
        click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers."),
        worker_options,
        as_json,
        click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True),
    ]

    def give(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def asked(**words: Any) -> None:
            own = {name: words.pop(name) for name in Asked.__dataclass_fields__}
            command(asked=Asked(**own), **words)

        for option in reversed(shared):
            asked = option(asked)
        return asked

    return give


def save_plan(path: Path, plan: Any) -> None:
    """Write a plan that was found as a plan file, with the name of the file as its id."""
    from veerkracht.forecast.choices import plan_file

    try:
        path.write_text(plan_file(replace(plan, id=path.stem)), "utf-8")
    except OSError as error:
        raise CommandError(f"Can't write {path}: {error.strerror}.") from error
    say(f"Written: {path}. Try it with: veerkracht forecast {path}")
