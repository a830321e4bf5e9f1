"""What is said of a registration, and whether it can be. Raises `Invalid` at the field that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import rules
from veerkracht.register.lists.models import Entry
from veerkracht.register.people import areas
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.permissions import lists_by_area
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

# More homes than this asks nobody who wants to live there.
MOST_HOMES = 50


@dataclass(frozen=True)
class Asked:
    """What a family says once, for all homes that it asks.

    `wished_from`: the day from which the person wants to come (None: at once). `from_place`: where they stay now.
    `facts`: answers to what homes ask; `facts_at`: answers that are of one home, by the id of the service.
    """

    when_ready: str = Entry.Ready.NOW
    wished_from: date | None = None
    from_place: str = ""
    ward: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    facts_at: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def municipalities_of(by: Actor) -> frozenset[str]:
    """The municipalities (codes) from which an actor takes somebody in who is not in the register yet: those of their
    role; all of them for a role that records requests by case and not by area.
    """
    known = frozenset(areas.names())
    if by.area_codes is None or not lists_by_area(by, "request.ask"):
        return known
    return known & by.area_codes


def check_request(request: Request, services: Sequence[Service], standing: int) -> None:
    """Raise `Invalid` when a request can't be put on the lists of homes, beside the `standing` ones that it is on."""
    if not request.live:
        raise Invalid(
            Text(
                nl=f"Vraag {request.number} loopt niet meer.", en=f"Request {request.number} no longer runs."
            ),
            "request",
        )

    if not services:
        raise Invalid(
            Text(nl="Kies minstens één woonzorgcentrum.", en="Choose at least one home."), "services"
        )
    if standing + len(services) > MOST_HOMES:
        raise Invalid(
            Text(
                nl=f"Een vraag kan op de lijst van hoogstens {MOST_HOMES} woonzorgcentra staan.",
                en=f"A request can be on the lists of at most {MOST_HOMES} homes.",
            ),
            "services",
        )
    for service in services:
        if service.programme != request.programme or service.programme != rules.lists().programme:
            raise Invalid(
                Text(
                    nl=f"{service.name} houdt geen lijst voor deze vraag.",
                    en=f"{service.name} keeps no list for this request.",
                ),
                "services",
            )
    if len({service.pk for service in services}) < len(services):
        raise Invalid(
            Text(nl="Een woonzorgcentrum staat er twee keer.", en="A home is named twice."), "services"
        )


def check_asked(asked: Asked) -> None:
    """Raise `Invalid` for a readiness or a place to come from that is none."""
    check_ready(asked.when_ready)
    if asked.from_place:
        rules.check_choice(asked.from_place, rules.lists().from_places, "from_place")


def check_ready(when_ready: str) -> None:
    """Raise `Invalid` unless somebody comes now or later."""
    if when_ready not in Entry.Ready.values:
        raise Invalid(
            Text(
                nl=f"“{when_ready}” is niet bekend: kies now (nu) of later (voor later).",
                en=f"“{when_ready}” is not known: choose now or later.",
            ),
            "when_ready",
        )


def check_day(on: date, by: Actor) -> None:
    """Raise `Invalid` for a day to come, and for an earlier one from who asks for themself.

    The date counts, so only who works for an organisation says that somebody registered before today.
    """
    if on > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "on")
    if on < clock.today() and by.role == PERSON:
        raise Invalid(
            Text(nl="Een inschrijving telt vanaf vandaag.", en="A registration counts from today."), "on"
        )
