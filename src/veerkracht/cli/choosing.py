"""What the commands that weigh choices share: where they start, how often they play, how they show a range."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

import click

from veerkracht.cli.round import Day
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

    def setting(self) -> Any:
        """The region from the start that was asked; prints from what it starts."""
        from veerkracht.cli.forecast import keep_compiled, starts_of

        keep_compiled()
        from veerkracht import region as regions
        from veerkracht.forecast.choices import Setting

        here = regions.current()
        day, starts = starts_of(here, here.programmes.values(), self.start, from_figures=self.from_figures)
        return Setting(
            here, day, starts, self.years, self.runs, self.seed, self.where.workers, self.where.executor()
        )


def options(runs: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of `Asked`, handed to it as `asked`. `runs`: without --runs."""
    shared = [
        click.option("--start", type=Day(), help="Start from the lists of this day (now)."),
        click.option("--from-figures", is_flag=True, help="Start from published figures, not the register."),
        click.option("--years", default=10, show_default=True, help="How far to look ahead."),
        click.option("--runs", default=runs, show_default=True, help="How many times the years are played."),
        click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers."),
        worker_options,
        click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON."),
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
