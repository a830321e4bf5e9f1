"""`veerkracht publish`: the figures of a quarter day, for everybody."""

from datetime import date

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import Day, printed_as_json
from veerkracht.cli.output import print_json, say, start_django


@click.command(
    epilog="""\b
Examples:
  veerkracht publish --on 2023-12-31
  veerkracht publish --on 2023-12-31 --programme personal-budget --as signer
"""
)
@click.option(
    "--on",
    required=True,
    type=Day(),
    help="The last day of a quarter, YYYY-MM-DD.",
)
@click.option("--programme", help="One programme only.  [default: every programme that had begun]")
@as_user
@printed_as_json("what was published")
def command(on: date, programme: str | None, user: str | None, as_json: bool) -> None:
    """Publish who waits and who is helped at the end of a quarter, protected as the region chose.

    What is published stays; publishing the same again changes nothing. See docs/open-figures.md.
    """
    start_django()
    from veerkracht import region
    from veerkracht.register.published.actions import publish

    by = acting(user)
    known = region.current().programmes
    chosen = [programme] if programme else [one.id for one in known.values() if one.begins <= on]
    releases = [publish(one, by=by, on=on) for one in chosen]
    if as_json:
        print_json([{"programme": one.programme, "on": one.on, "version": one.version} for one in releases])
        return
    for one in releases:
        say(f"{one.programme}, {one.on}: version {one.version} is public.")
