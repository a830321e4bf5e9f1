"""`veerkracht audit`: prove the log, and print what proves it elsewhere."""

import csv
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import Day, printed_as_json
from veerkracht.cli.output import CommandError, print_json, say, start_django

_COLUMNS = ("day", "first_id", "last_id", "entries", "hash")
_SAID = {
    "changed": "entry {id} ({day}) was changed, put in or moved",
    "missing": "entries before {id} ({day}) were taken out",
    "cut": "the log ends before entry {id}, of which a head was kept: its end was cut off",
    "rewritten": "at entry {id} ({day}) the log is not the one of which a head was kept: it was written anew",
}


@click.group(
    epilog="""\b
Examples:
  veerkracht audit heads --from 2024-01-01 > heads.csv     print or send this elsewhere, each day
  veerkracht audit verify --heads heads.csv                and prove the log against it
"""
)
def command() -> None:
    """Prove that nothing in the log was changed, taken out, put in or cut off."""


def _days(function: Any) -> Any:
    function = click.option("--to", "last", type=Day(), help="The last day.")(function)
    return click.option("--from", "first", type=Day(), help="The first day.")(function)


@command.command()
@_days
@as_user
@printed_as_json("the heads")
def heads(first: date | None, last: date | None, user: str | None, as_json: bool) -> None:
    """Print the head of each day as CSV: how far the log had come, and the hash that stands for all before it."""
    start_django()
    from veerkracht.register.keeping import audit

    found = audit.heads(acting(user), first, last)
    if as_json:
        print_json(found)
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_COLUMNS)
    out.writerows([getattr(one, column) for column in _COLUMNS] for one in found)


@command.command()
@_days
@click.option(
    "--heads", "file", type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Heads that were kept elsewhere, as `audit heads` prints them.",
)  # fmt: skip
@as_user
@printed_as_json("what was found")
def verify(first: date | None, last: date | None, file: Path | None, user: str | None, as_json: bool) -> int:
    """Read the log from begin to end and compare its chain with the heads that were kept.

    Exits with 0 when it holds, with 1 when an entry can't be trusted; the first one is named.
    """
    start_django()
    from veerkracht.register.keeping import audit

    report = audit.verify(acting(user), first, last, _kept(file) if file else {})
    if as_json:
        print_json({"report": report, "ok": report.broken is None})
    else:
        broken = report.broken
        if broken:
            click.echo(f"BROKEN: {_SAID[broken.fault].format(id=broken.entry_id, day=broken.day)}.")
        click.echo(
            f"{report.entries:,} entries read, {report.heads:,} heads compared, "
            f"{report.cleared:,} entries lawfully cleared."
        )
        if report.entries == 0 and not broken:
            say("There are no entries on these days.")
    return 1 if report.broken else 0


def _kept(file: Path) -> dict[int, str]:
    """The hashes in a file of heads, by the id of their entry."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if rows.fieldnames is None or not {"last_id", "hash"} <= set(rows.fieldnames):
            raise CommandError(f"{file}: no heads. Expected the columns {', '.join(_COLUMNS)}.")
        kept = {}
        for row in rows:
            if not (row["last_id"] or "").isdigit():
                raise CommandError(
                    f"{file}, line {rows.line_num}: last_id is {row['last_id']!r}, expected a number."
                )
            kept[int(row["last_id"])] = row["hash"]
    return kept
