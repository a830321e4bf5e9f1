"""`veerkracht verify`: prove that the register holds together."""

import click

from veerkracht.cli.options import printed_as_json
from veerkracht.cli.output import print_json, start_django


@click.command(
    epilog="""\b
Examples:
  veerkracht verify
  veerkracht verify --json        for a nightly check

Exits with 0 when everything holds, with 1 when something is broken.
"""
)
@printed_as_json("every invariant that was checked")
def command(as_json: bool) -> int:
    """Prove that what is kept for speed equals the steps and postings behind it, and that nothing is there that
    must never be: every invariant by its name. Changes nothing.
    """
    start_django()
    from veerkracht.register import verify

    names = list(verify.invariants())
    broken = verify.run()
    if as_json:
        print_json({"checked": names, "broken": broken, "ok": not broken})
    else:
        for one in broken:
            more = f" … and {one.count - len(one.where)} more" if one.count > len(one.where) else ""
            click.echo(f"BROKEN {one.name} ({one.count}): {one.text.en}\n       {'; '.join(one.where)}{more}")
        click.echo(f"{len(names)} invariants checked, {len(broken) or 'none'} broken.")
    return 1 if broken else 0
