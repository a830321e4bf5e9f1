"""Options, and kinds of values, that many commands share."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click


class Day(click.ParamType):
    """A day: 2024-04-01 or 01-04-2024."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        parts = str(value).split("-")
        try:
            numbers = [int(part) for part in (parts if len(parts[0]) == 4 else reversed(parts))]
            return date(*numbers)
        except (ValueError, TypeError):
            self.fail(f"“{value}” is not a date: write 2024-04-01 or 01-04-2024.", param, ctx)


def printed_as_json(what: str) -> Callable[[Any], Any]:
    """The option `--json` of a command that prints `what`; the command gets it as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=f"Print {what} as JSON.")


as_json = printed_as_json("the answer")
