"""`veerkracht restore`: put a backup back."""

import os
from pathlib import Path

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.output import say, start_django


@click.command(
    epilog="""\b
Examples:
  veerkracht restore /backup/2026-02-14
  veerkracht restore /backup/2026-02-14 --into /srv/tried          a home of its own, to try whether it works
  veerkracht restore /backup/2026-02-14 --into postgresql://user@host/tried

Stop the server first. The keys are not in a backup: put them back in the home yourself.
"""
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--into", metavar="PLACE", help="A home, or the address of a PostgreSQL database.  [default: this one]"
)
@click.option("--force", is_flag=True, help="In place of the data that are there.")
@as_user
def command(folder: Path, into: str | None, force: bool, user: str | None) -> int:
    """Put the register, the log and the documents of a backup in FOLDER back, and verify what is there then.

    Nothing is touched when a file of the backup is not what was written, or when there are data already.
    """
    _aim(into)
    start_django(up_to_date=False)
    from veerkracht.cli.databases import bring_up_to_date
    from veerkracht.register import verify
    from veerkracht.register.backup.restoring import restore
    from veerkracht.register.log.record import record

    made = restore(folder.resolve(), force=force, progress=lambda what: say(f"Putting back {what} …"))
    # A backup of an older version is brought to this one.
    bring_up_to_date()
    record(acting(user), "change", "backup", detail={"restored": made.made_at.isoformat()})
    broken = verify.run()
    for one in broken:
        click.echo(f"BROKEN {one.name} ({one.count}): {one.text.en}")
    click.echo(f"Restored as of {made.made_at:%Y-%m-%d %H:%M} UTC; {len(broken) or 'no'} invariants broken.")
    return 1 if broken else 0


def _aim(into: str | None) -> None:
    """Before the settings are read, which say where the data are."""
    if into is None:
        return
    is_address = "://" in into
    os.environ["VEERKRACHT_DATABASE"] = into if is_address else ""
    os.environ["VEERKRACHT_LOG_DATABASE"] = ""
    if not is_address:
        os.environ["VEERKRACHT_HOME"] = into
