"""What every command shares: how results, progress and errors are shown, with or without a terminal."""

import dataclasses
import datetime
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from veerkracht.cli.saying import CommandError, say
from veerkracht.rulebook.errors import Fault

# Wide enough for a table where there is no terminal (a pipe, cron, CI), whatever it thinks its width is.
WIDTH_WITHOUT_TERMINAL = 120
# The exit code of a command that somebody stopped: 128 and the number of the signal.
INTERRUPTED = 130


def console(stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def table(headers: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Print a table; a column whose cells are all numbers is set to the right."""
    cells = [[_cell(value) for value in row] for row in rows]
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for place, header in enumerate(headers):
        numbers = bool(cells) and all(_is_number(row[place]) for row in cells)
        shown.add_column(header, justify="right" if numbers else "left", overflow="fold")
    for row in cells:
        shown.add_row(*row)
    console().print(shown)


def on_the_wall(at: datetime.datetime | None) -> str:
    """A moment to the minute as the clocks of the region say it, with how far they are from UTC; "" for none."""
    from django.utils.timezone import localtime

    return localtime(at).isoformat(timespec="minutes") if at else ""


def print_json(value: Any) -> None:
    """Print results as JSON; dates as ISO 8601, decimals as numbers in text, paths as text."""
    print(json.dumps(value, default=plain, ensure_ascii=False, indent=2))


def plain(value: Any) -> Any:
    """What JSON has no word for, in words that it has."""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if hasattr(value, "tolist"):  # a NumPy number or array
        return value.tolist()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} can't be written as JSON")


@contextmanager
def progress(what: str, total: int | None = None) -> Any:
    """Show that something is under way. Gives a function `tick(done, total=None, what=None)`.

    On a terminal a bar; elsewhere a line at the start and at each full quarter, never a storm of lines.
    """
    if sys.stderr.isatty():
        yield from _bar(what, total)
    else:
        yield _quarters(what, total)


def _bar(what: str, total: int | None) -> Any:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)

        def tick(done: float, total: float | None = None, what: str | None = None) -> None:
            bar.update(task, completed=done, total=total, description=what)

        yield tick


def _quarters(first: str, total_at_start: int | None) -> Callable[..., None]:
    say(f"{first} …")
    said = {"what": first, "quarter": 0, "total": total_at_start}

    def tick(done: float, total: float | None = None, what: str | None = None) -> None:
        if what and what != said["what"]:
            said.update(what=what, quarter=0)
            say(f"{what} …")
        said["total"] = total or said["total"]
        quarter = int(4 * done / said["total"]) if said["total"] else 0
        if quarter > said["quarter"]:
            said["quarter"] = quarter
            say(f"{said['what']}: {25 * quarter} %")

    return tick


def start_django(*, up_to_date: bool = True) -> None:
    """Open the register for a command: settings, and both databases up to date (unless they are to be replaced).

    Called inside the command, so that `--help` doesn't pay for it.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veerkracht.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from error
    from django.utils import translation

    from veerkracht.cli.databases import bring_up_to_date

    # The command line speaks English, whatever language the pages begin in.
    translation.activate("en")

    if up_to_date:
        bring_up_to_date()


def exit_code_of(work: Callable[[], Any]) -> int:
    """Run a command; what goes wrong in ways we foresaw becomes its message, the rest keeps its traceback."""
    try:
        result = work()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; keep Python from complaining at its own exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Fault as fault:
        say(f"Error: {fault}")
        return 1
    return result if isinstance(result, int) else 0


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _is_number(text: str) -> bool:
    bare = text.strip("–-+% ").replace(",", "").replace(".", "")
    return bare.isdigit() or text == "–"


def read_at_most(file: Path, most: int) -> bytes:
    """The first bytes of a file, so many at most. Raises `CommandError` when it can't be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        raise CommandError(f"Can't read {file}: {error.strerror}.") from error
