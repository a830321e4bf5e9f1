"""`veerkracht bundle`: right of access."""

from pathlib import Path

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.output import say, start_django


@click.command(
    epilog="""\b
Examples:
  veerkracht bundle P-0000012 --out file.zip --reason "asked by letter of 3 May" --as rita
  veerkracht bundle P-0000012 --out file.zip
"""
)
@click.argument("number")
@click.option(
    "--out", "file", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The ZIP to write."
)
@click.option("--reason", default="", help="Why it is handed out; the person reads it.")
@as_user
def command(number: str, file: Path, reason: str, user: str | None) -> None:
    """Write all that is known about a person to a ZIP: a page to read, the same as JSON, and their documents.

    An address in hiding is not in it: only the person gets that, from their own page.
    """
    start_django()
    from veerkracht.register.keeping.bundle import bundle
    from veerkracht.register.keeping.queries.people import get_person

    by = acting(user)
    content = bundle(by, get_person(by, "file.bundle", number), purpose=reason)
    # A file that was there keeps who may read it, so it goes first.
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(content)
    say(f"{len(content):,} bytes written to {file}, for the eyes of {number} only.")
