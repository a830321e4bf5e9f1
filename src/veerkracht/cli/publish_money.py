"""`veerkracht publish-money`: what was voted, committed and paid, for everybody."""

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import printed_as_json
from veerkracht.cli.output import print_json, say, start_django


@click.command(
    epilog="""\b
Examples:
  veerkracht publish-money
  veerkracht publish-money --year 2023 --as demo-budget-officer
"""
)
@click.option("--year", type=int, help="The last budget year.  [default: this year]")
@as_user
@printed_as_json("what was published")
def command(year: int | None, user: str | None, as_json: bool) -> None:
    """Publish what was announced, voted, committed and paid as a Fiscal Data Package and as 360Giving.

    What is published stays; publishing the same again changes nothing. See docs/open-money.md.
    """
    start_django()
    from veerkracht.register.published.actions import publish_money

    release = publish_money(by=acting(user), year=year)
    if as_json:
        print_json({"version": release.version, "year": release.year, **release.summary})
        return
    say(f"Version {release.version} is public: {', '.join(sorted(release.files))}.")
