"""The homes that a family can choose from when it asks: what the directory says of each, and how it orders its list."""

from dataclasses import dataclass

from veerkracht.register import clock
from veerkracht.register.lists import access, rules
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.queries import directory
from veerkracht.rulebook.types import Text

# More homes than this nobody compares at once; a part of a name finds the others.
SHOWN = 40


@dataclass(frozen=True)
class Home:
    """A home to choose. `told`: as everybody reads it in the directory. `order`: who goes first there; no text where
    nobody said. `fictitious`: its rules are an example.
    """

    service: Service
    told: directory.Entry
    order: Text
    fictitious: bool


@dataclass(frozen=True)
class Homes:
    """By name. `has_more`: not all are here."""

    homes: tuple[Home, ...]
    has_more: bool


def homes_to_choose(actor: Actor, person: Person | None, area: str, name: str = "") -> Homes:
    """The homes around a municipality (its code), or with a part of a name; a fixed number of queries. `person` None:
    for somebody who is not in the register yet.

    Raises `Refused` for who may not ask for this person.
    """
    found = list(access.homes_to_ask(actor, person, area, name)[: SHOWN + 1])
    shown, today = found[:SHOWN], clock.today()
    homes = tuple(
        Home(service, told, *rules.how_ordered(service, today))
        for service, told in zip(shown, directory.entries(shown), strict=True)
    )
    return Homes(homes, len(found) > len(shown))
