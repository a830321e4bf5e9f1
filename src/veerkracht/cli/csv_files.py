"""What the commands share that read facts from a CSV file, or write them to one."""

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import as_json
from veerkracht.cli.output import CommandError, print_json, read_at_most, say, table

_Fault = tuple[int, str, str, str]

# More than this nobody reads in a terminal; --json gives all.
_SHOWN = 40

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Only check the file and report; write nothing."
)


@dataclass(frozen=True)
class Given:
    """What a command that takes in a file is given."""

    file: Path
    dry_run: bool
    user: str | None
    as_json: bool

    def brought_by(
        self, action: Callable[..., Any], *, limits: Any = None, beside: Sequence[str] = ()
    ) -> int:
        """Take the file in and print its report, with the counts that it has beside those of every file.

        Returns the exit code: 1 when a row is wrong.
        """
        from veerkracht.register.csv_files import LIMITS

        data = read_at_most(self.file, (limits or LIMITS).bytes_to_read)
        report = action(data, self.file.name, by=acting(self.user), dry_run=self.dry_run)
        if self.as_json:
            print_json(report.as_json())
        else:
            self._print(report, beside)
        return 1 if report.faults else 0

    def _print(self, report: Any, beside: Sequence[str]) -> None:
        counts = {"rows": report.rows, "there already": report.already, "added": report.added}
        counts |= {name.replace("_", " "): getattr(report, name) for name in beside}
        table((report.file, "number"), counts.items())
        if report.faults:
            faults = [(one.line, one.field, one.found.en, one.expected.en) for one in report.faults]
            print_faults(faults, len(faults))
        elif self.dry_run:
            say_good()


def import_options(command: Callable[[Given], int]) -> Callable[..., int]:
    """FILE, --dry-run, --as and --json, which the command gets as one `Given`."""

    @wraps(command)
    def asked(file: Path, dry_run: bool, user: str | None, as_json: bool) -> int:
        return command(Given(file, dry_run, user, as_json))

    asked_with: Callable[..., int] = asked
    argument = click.argument("file", type=click.Path(path_type=Path))
    for option in (as_json, as_user, dry_run_option, argument):
        asked_with = option(asked_with)
    return asked_with


def print_faults(faults: Sequence[_Fault], total: int, where: str = "") -> None:
    """Print the first of `total` faults, and that nothing was written; `where` says in which fields all of them are."""
    shown = [(str(line), *words) for line, *words in faults[:_SHOWN]]
    table(("line", "field", "found", "expected"), shown)
    if total > len(shown):
        say(f"… and {total - len(shown):,} more faults{where}.")
    say("Nothing was written. Correct the file and try again.")


def say_good() -> None:
    say("The file is good. Nothing was written: this was a dry run.")


def write_csv(file: Path | None, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a table to a file, or to the terminal; returns the number of rows. Raises `CommandError` when it can't.

    The rows are read first: who may not have them leaves the file as it was.
    """
    found = list(rows)
    if file is None:
        _write(sys.stdout, heads, found)
        return len(found)
    try:
        with file.open("w", encoding="utf-8", newline="") as opened:
            _write(opened, heads, found)
    except OSError as error:
        raise CommandError(f"Can't write {file}: {error.strerror}.") from error
    return len(found)


def _write(to: TextIO, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from veerkracht.register.formulas import guarded

    writer = csv.writer(to)
    writer.writerow(heads)
    # A name that a spreadsheet would run as a formula is written as text.
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
