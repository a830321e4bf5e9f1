"""`veerkracht publish`: the figures of a quarter day, for everybody."""

import datetime

import click

from veerkracht.cli.acting import acting, as_user
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
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The last day of a quarter, YYYY-MM-DD.",
)
@click.option("--programme", help="One programme only.  [default: every programme that had begun]")
@as_user
@click.option("--json", "as_json", is_flag=True, help="Print what was published as JSON.")
def command(on: datetime.datetime, programme: str | None, user: str | None, as_json: bool) -> None:
    """Publish who waits and who is helped at the end of a quarter, protected as the region chose.

    What is published stays; publishing the same again changes nothing. See docs/open-figures.md.
    """
    start_django()
    from veerkracht import region
    from veerkracht.register.published.actions import publish

    by, day = acting(user), on.date()
    known = region.current().programmes
    chosen = [programme] if programme else [one.id for one in known.values() if one.begins <= day]
    releases = [publish(one, by=by, on=day) for one in chosen]
    if as_json:
        print_json([{"programme": one.programme, "on": one.on, "version": one.version} for one in releases])
        return
    for one in releases:
        say(f"{one.programme}, {one.on}: version {one.version} is public.")
