"""One home in one page, for everybody: its places, price, care, quality, and by which rules it says who is next.

Whoever reads it is nobody in particular: of what is at a secret address there is none, and no small number is told.
"""

from dataclasses import dataclass

from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.intensity.public import PublicIntensity, public_intensity
from veerkracht.register.lists.rules import rules_of
from veerkracht.register.quality.models import Signal
from veerkracht.register.quality.queries.public import PublicValue, public_values
from veerkracht.register.quality.signals import list_public_signals
from veerkracht.register.residence.queries.told_prices import PriceNow, prices_now
from veerkracht.register.residence.rules import rules_or_none as residence_or_none
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.queries.capacity import Capacity, capacity
from veerkracht.register.supply.queries.directory import Entry, entry
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class ListRules:
    """A home's rules in words, as they hold today. `wards`: with lists of their own, each with who may come there."""

    name: Text
    note: Text
    fictitious: bool
    conditions: tuple[Text, ...]
    priorities: tuple[Text, ...]
    points: tuple[Text, ...]
    orders: tuple[Text, ...]
    wards: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True)
class Profile:
    """`entry`: as the directory has it. `rules`: None for a home that said none. `intensity`: None: not measured."""

    entry: Entry
    places: Capacity
    prices: tuple[PriceNow, ...]
    rules: ListRules | None
    intensity: PublicIntensity | None
    quality: tuple[PublicValue, ...]
    signals: tuple[Signal, ...]


def profile(id: int) -> Profile:
    """A home in which people live. Raises `Refused` for any other service, the same as for one that isn't there."""
    known, found = residence_or_none(), entry(id)
    if known is None or found.programme not in known.programmes:
        raise Refused()
    service = Service.objects.get(pk=id)
    return Profile(
        entry=found,
        places=capacity([service])[id],
        prices=prices_now(service),
        rules=_rules(service),
        intensity=public_intensity(service),
        quality=public_values(service),
        signals=tuple(list_public_signals(service)),
    )


def _rules(service: Service) -> ListRules | None:
    try:
        found, today = rules_of(service), clock.today()
    except Invalid:
        return None
    return ListRules(
        name=found.name,
        note=found.note,
        fictitious=found.fictitious,
        conditions=tuple(one.reason for one in all_on(found.conditions, today)),
        priorities=tuple(one.text for one in all_on(found.priorities, today)),
        points=tuple(one.text for one in all_on(found.points, today)),
        orders=tuple(one.text for one in all_on(found.orders, today)),
        wards=tuple((one.name, one.reason) for one in all_on(found.wards, today)),
    )
