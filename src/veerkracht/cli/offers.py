"""`veerkracht offers`: a home's day, who is next, and writing off what nobody answered."""

from typing import Any

import click

from veerkracht.cli.acting import acting, as_user, named
from veerkracht.cli.options import as_json
from veerkracht.cli.output import on_the_wall, print_json, say, start_django, table
from veerkracht.cli.paging import every_row


@click.group(
    epilog="""\b
Examples:
  veerkracht offers homes --as demo-admission
  veerkracht offers day 12 --as demo-admission
  veerkracht offers next 7 --as demo-admission
  veerkracht offers lapse
  veerkracht offers vacancies

To offer a place is to sign for it: that is done on the pages. `lapse` and `vacancies` are for every morning; see
docs/offers.md.
"""
)
def command() -> None:
    """Vacancies of homes and the offers that run."""


@command.command()
@as_user
@as_json
def homes(user: str | None, as_json: bool) -> None:
    """List the homes whose places you offer, with what waits there."""
    start_django()
    from veerkracht.register.offers.queries import homes as queries

    by = acting(user)
    found = every_row(lambda after: queries.homes(by, after))
    if as_json:
        print_json(found)
        return
    heads = ("id", "home", "ready", "coming", "offers", "first ends")
    table(
        heads, [(one.id, one.name, one.ready, one.coming, one.offers, on_the_wall(one.ends)) for one in found]
    )


@command.command()
@click.argument("home", type=int)
@as_user
@as_json
def day(home: int, user: str | None, as_json: bool) -> None:
    """Show the vacancies and running offers of HOME (its id), and what waits there."""
    start_django()
    from veerkracht.register.offers.access import get_service
    from veerkracht.register.offers.queries.day import home_day

    by = acting(user)
    found = home_day(by, get_service(by, home))
    if as_json:
        parts = ("on", "unlisted", "vacancies", "offers", "reminders")
        print_json({name: getattr(found, name) for name in parts})
        return
    table(("waits", "number"), [(one.what, one.count) for one in found.reminders], title=found.service.name)
    table(
        ("vacancy", "place", "free from", "ready on", "waits for"),
        [(one.id, one.name, one.from_date, one.ready_on, one.waits_for) for one in found.vacancies],
    )
    table(
        ("free, no vacancy", "why", "opens again"),
        [(one.name, one.why or "from tomorrow morning", one.reopens_on or "") for one in found.unlisted],
    )
    table(
        ("offer", "for", "place", "state", "until", "arrives"),
        [
            (
                one.id,
                _names(one.people),
                ", ".join(one.rooms),
                one.state,
                on_the_wall(one.until),
                one.arrives_on,
            )
            for one in found.offers
        ],
    )


@command.command("next")
@click.argument("vacancy", type=int)
@as_user
@as_json
def next_(vacancy: int, user: str | None, as_json: bool) -> None:
    """Show who is next for VACANCY (its id), in the order of the home's own rules."""
    start_django()
    from veerkracht.register.offers.access import get_vacancy
    from veerkracht.register.offers.queries.proposal import proposal

    by = named(user)
    found = proposal(by, get_vacancy(by, vacancy))
    if as_json:
        print_json({"how_many": found.how_many, "first": found.first, "candidates": found.candidates})
        return
    table(
        ("place", "entry", "who", "points", "can't now because"),
        [
            (one.place, one.entry, _names(one.people), one.points, one.hindrance.en if one.hindrance else "")
            for one in found.candidates
        ],
    )


@command.command()
@as_user
def lapse(user: str | None) -> None:
    """Write down which offers nobody answered in time, so that their places go to the next."""
    start_django()
    from veerkracht.register.offers.actions import lapse_offers

    say(f"Offers that lapsed: {len(lapse_offers(by=acting(user))):,}.")


@command.command()
@as_user
def vacancies(user: str | None) -> None:
    """Make a vacancy of each place that came free, is new, opened again or has staff again, and of no other."""
    start_django()
    from veerkracht.register.offers.actions import keep_vacancies

    kept = keep_vacancies(by=acting(user))
    say(f"Vacancies opened: {kept.opened:,}, filled: {kept.filled:,}, withdrawn: {kept.withdrawn:,}.")


def _names(people: Any) -> str:
    return " + ".join(one.en for one in people)
