"""What a stay costs over some days: the day price by its parts, and what is paid beside it."""

from dataclasses import dataclass
from datetime import date, timedelta

from veerkracht.region.residence import LOWERS
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import access
from veerkracht.register.residence.models import Residence, ResidenceEvent
from veerkracht.register.residence.prices import Prices, standing
from veerkracht.register.residence.queries.days import Span
from veerkracht.register.residence.rules import rules
from veerkracht.rulebook.types import Text

_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Line:
    """So many days at so many cents; what lowers the bill is below zero. `payer`: who pays it, where somebody does."""

    what: Text
    days: int
    cents_a_day: int
    payer: str = ""

    @property
    def cents(self) -> int:
        return self.days * self.cents_a_day


@dataclass(frozen=True)
class Bill:
    """`days`: on which somebody had a place; `away`: of those, in hospital, say. `unpriced`: days of which nobody said
    what they cost.
    """

    first: date
    last: date
    days: int
    away: int
    unpriced: int
    lines: tuple[Line, ...]

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)


def bill(actor: Actor, residence: Residence, first: date, last: date) -> Bill:
    """What a resident pays from a day up to and including another, by what is known; five queries.

    Raises `Refused` for another's home, and `Invalid` for days in the wrong order or more than a year.
    """
    access.require_of("stay.read", actor, residence.service)
    return bill_of(residence, first, last)


def bill_of(residence: Residence, first: date, last: date) -> Bill:
    """As `bill`, for a residence that the reader may see: who asks looks to that.

    Raises `Invalid` for days that are upside down or too many.
    """
    if not first <= last <= first + LONGEST:
        raise Invalid(_WRONG_DAYS, "last")
    over = Span(max(first, residence.from_date), min(last + _DAY, residence.until_date or last + _DAY))
    events = list(residence.events.select_related("stay__unit").order_by("pk"))
    prices = standing([residence.service_id])
    days, unpriced = _priced(residence, events, prices, over)
    lines = [*days, *_contributions(residence, over)]
    return Bill(first, last, over.days(first, None), _away(events, over), unpriced, tuple(lines))


def _priced(
    residence: Residence, events: list[ResidenceEvent], prices: Prices, over: Span
) -> tuple[list[Line], int]:
    """The parts of each price that held, with the days on which it did; and the days without one."""
    counted: dict[int, int] = {}
    found = {row.pk: row for row in prices.rows}
    unpriced = 0
    for day in over.each(over.first, over.end):
        price = prices.on(residence.service_id, _unit_kind(events, day), day)
        if price is None:
            unpriced += 1
        else:
            counted[price.pk] = counted.get(price.pk, 0) + 1
    names = rules().parts
    lines = [
        Line(names[part.part].name if part.part in names else Text(part.part, part.part), days, part.cents)
        for key, days in counted.items()
        for part in sorted(found[key].parts.all(), key=lambda one: one.pk)
    ]
    return lines, unpriced


def _unit_kind(events: list[ResidenceEvent], day: date) -> str:
    """The kind of place that somebody had on a day."""
    kind = ""
    for event in events:
        if event.stay is not None and event.holds_from <= day:
            kind = event.stay.unit.kind
    return kind


def _away(events: list[ResidenceEvent], over: Span) -> int:
    total, since = 0, None
    for event in events:
        if event.kind == ResidenceEvent.Kind.LEFT:
            since = event.holds_from
        elif since is not None and event.kind in (ResidenceEvent.Kind.RETURNED, ResidenceEvent.Kind.ENDED):
            total += over.days(since, event.holds_from)
            since = None
    return total + (over.days(since, None) if since else 0)


def _contributions(residence: Residence, over: Span) -> list[Line]:
    known = rules().contributions
    lines = []
    for one in residence.contributions.order_by("from_date", "pk"):
        kind = known.get(one.kind)
        days = over.days(one.from_date, one.until_date + _DAY if one.until_date else None)
        if kind is not None and days:
            sign = -1 if kind.effect == LOWERS else 1
            lines.append(Line(kind.name, days, sign * one.cents_a_day, one.payer))
    return lines


_WRONG_DAYS = Text(
    nl="Kies een laatste dag die niet voor de eerste valt, hoogstens een jaar later.",
    en="Choose a last day that is not before the first, at most a year later.",
)
