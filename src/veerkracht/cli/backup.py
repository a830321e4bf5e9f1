"""`veerkracht backup`: copy everything that is kept, while people work."""

from pathlib import Path

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import printed_as_json
from veerkracht.cli.output import print_json, say, start_django


@click.command(
    epilog="""\b
Examples:
  veerkracht backup /backup/2026-02-14
  veerkracht backup /backup/$(date +%F) --json     for a nightly backup

Put it back with `veerkracht restore`. How often, where to, and what else to keep: docs/running.md.
"""
)
@click.argument("folder", type=click.Path(path_type=Path))
@printed_as_json("what was written")
@as_user
def command(folder: Path, as_json: bool, user: str | None) -> None:
    """Write the register, the log and all documents to a new FOLDER, with a manifest of fingerprints and numbers of
    rows. People can go on working.

    Keys are not in it: keep those apart.
    """
    start_django()
    from veerkracht.register.backup.making import back_up
    from veerkracht.register.log.record import record

    folder = folder.expanduser().resolve()
    actor = acting(user)
    made = back_up(folder, progress=lambda what: say(f"Copying {what} …"))
    record(actor, "export", "backup", detail={"folder": folder.name, "files": len(made.files)})
    if as_json:
        print_json(made)
        return
    total = sum(sum(tables.values()) for tables in made.rows.values())
    click.echo(f"{len(made.files)} files with {total:,} rows are in {folder}.")
    click.echo("Not in it:")
    for words in made.not_included:
        click.echo(f"- {words}")
