"""What a day cost and costs in a home: of each price the version that holds; and what everybody may read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.residence.access import get_priced
from veerkracht.register.residence.prices import standing
from veerkracht.register.residence.rules import lives_there, rules, rules_or_none
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service, Unit
from veerkracht.register.supply.queries.directory import entry
from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.day_prices import Passing, PriceRule
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class ToldPrice:
    """`parts`: in cents, by the region's names of parts. `unit_kind`: "" for every kind without a price of its own.

    `version`, `why`: how often it was written down, and why again. `is_last`: of its kind of place.
    """

    id: int
    from_date: date
    unit_kind: str
    cents: int
    parts: dict[str, int]
    ground: str
    reference: str
    version: int
    why: str
    by: str
    is_last: bool


@dataclass(frozen=True)
class PriceNow:
    """What a day costs since a day, in cents, with its parts by their names. `unit_kind`: "" for every other kind."""

    unit_kind: str
    cents: int
    from_date: date
    parts: tuple[tuple[Text, int], ...]


@dataclass(frozen=True)
class PricePage:
    """What a home costs. `rule`: how prices may rise today; None: no rule holds. `kinds`: of its places."""

    home: Service
    prices: tuple[ToldPrice, ...]
    rule: PriceRule | None
    passings: tuple[Passing, ...]
    kinds: tuple[str, ...]
    may_set: bool


def prices(actor: Actor, service: int) -> list[ToldPrice]:
    """The prices of a home, by kind of place and day. Raises `Refused` for a home that isn't there for who asks."""
    return _told(get_priced(actor, service))


def prices_on(actor: Actor, service: int, on: date | None = None) -> list[ToldPrice]:
    """What a day costs in a home on a day (today), by kind of place; for whom `prices` is."""
    day = on or clock.today()
    return _that_hold(prices(actor, service), day)


def public_prices(service: int) -> tuple[PriceNow, ...]:
    """What a day costs today in a home of the public directory, for everybody. Raises `Refused` for any other service,
    the same as for one that isn't there.
    """
    home = Service.objects.get(pk=entry(service).id)
    if not lives_there(home):
        raise Refused()
    return prices_now(home)


def prices_now(service: Service) -> tuple[PriceNow, ...]:
    """What a day costs in a home today, as everybody may read it: who asks looks to whether the home is told of."""
    known = rules_or_none()
    names = known.parts if known else {}
    return tuple(
        PriceNow(
            unit_kind=one.unit_kind,
            cents=one.cents,
            from_date=one.from_date,
            parts=tuple(
                (names[id].name if id in names else Text(id, id), cents) for id, cents in one.parts.items()
            ),
        )
        for one in _that_hold(_told(service), clock.today())
    )


def _that_hold(prices: Iterable[ToldPrice], day: date) -> list[ToldPrice]:
    """Of each kind of place the last price that begins on or before a day."""
    begun = sorted((one for one in prices if one.from_date <= day), key=lambda one: one.from_date)
    return [one for _kind, one in sorted({one.unit_kind: one for one in begun}.items())]


def price_page(actor: Actor, service: int) -> PricePage:
    """The prices of a home with the rule on their rises, for whom `prices` is."""
    home, known = get_priced(actor, service), rules()
    kinds = Unit.objects.filter(service=home).exclude(kind="").values_list("kind", flat=True)
    return PricePage(
        home=home,
        prices=tuple(_told(home)),
        rule=value_on_or_none(known.price_rules, clock.today()),
        passings=known.passings,
        kinds=tuple(kinds.order_by("kind").distinct()),
        may_set=may("price.set", actor, home.programme) and is_of(actor, home),
    )


def _told(home: Service) -> list[ToldPrice]:
    rows = standing([home.pk]).rows
    last = {row.unit_kind: row.pk for row in rows}
    return [
        ToldPrice(
            id=row.pk,
            from_date=row.from_date,
            unit_kind=row.unit_kind,
            cents=row.cents,
            parts={part.part: part.cents for part in row.parts.all()},
            ground=row.ground,
            reference=row.reference,
            version=row.version,
            why=row.why,
            by=row.by_name,
            is_last=last[row.unit_kind] == row.pk,
        )
        for row in rows
    ]
