"""Who decided what, and when: what was announced, decided and stated, and how credits were voted and moved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from veerkracht.region.money import Envelope, Measure, Money
from veerkracht.register.money.models import LineCredit
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.spending.measures import region_money
from veerkracht.rulebook.types import Source, Text


@dataclass(frozen=True)
class Event:
    """Something that was said or decided. `what`: a level of `region.money` (announced, agreed …), `decided`, or the
    kind of a credit (initial, revised, transfer, carry-over, correction).

    `cents`: None is unknown where a level is stated. `payment_cents`: of a credit, beside `cents` for commitments.
    `about`: envelope | measure | decision | line, of `id`. `who`: of a credit, who entered it.
    """

    on: date
    what: str
    about: str
    id: str
    name: Text
    cents: int | None = None
    payment_cents: int | None = None
    kind: str = ""
    who: str = ""
    source: Source | None = None
    note: Text | None = None
    fictitious: bool = False


def decided(actor: Actor, year: int | None = None) -> tuple[Event, ...]:
    """Everything in a calendar year (ever), the first first. One query. Raises `Refused`."""
    require("money.read", actor, actor.programme)
    money = region_money()
    things: list[Envelope | Measure] = [*money.envelopes.values(), *money.measures.values()]
    found = [*_stated(things), *_decisions(money, set(money.decisions)), *_credits(None)]
    return _sorted(one for one in found if year is None or one.on.year == year)


def decided_on(actor: Actor, measure: Measure) -> tuple[Event, ...]:
    """What was decided on a measure and on the envelopes that pay it. One query. Raises `Refused`."""
    require("money.read", actor, actor.programme)
    money = region_money()
    outer = tuple(money.outwards(measure.envelope))
    about = {one.id for envelope in outer for one in money.decisions_of(envelope.id)}
    found = [
        *_stated([*outer, measure]),
        *_decisions(money, {measure.decision} if measure.decision else about),
        *_credits(measure.id),
    ]
    return _sorted(found)


def _sorted(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda one: (one.on, one.about, one.id, one.what)))


def _stated(things: Iterable[Envelope | Measure]) -> Iterator[Event]:
    for thing in things:
        about = "envelope" if isinstance(thing, Envelope) else "measure"
        for stated in thing.stated:
            yield Event(
                on=stated.on,
                what=stated.status,
                about=about,
                id=thing.id,
                name=thing.name,
                cents=stated.cents,
                source=stated.source,
                note=stated.note,
            )


def _decisions(money: Money, ids: set[str]) -> Iterator[Event]:
    for one in money.decisions.values():
        if one.id in ids:
            yield Event(
                on=one.on,
                what="decided",
                about="decision",
                id=one.id,
                name=one.name,
                kind=one.kind,
                source=one.source,
                note=one.note,
            )


def _credits(measure: str | None) -> Iterator[Event]:
    """Votes and shifts of credits; of the lines of one measure, or of all."""
    credits = LineCredit.objects.select_related("line", "by").order_by("voted_on", "id")
    if measure is not None:
        credits = credits.filter(line__measure=measure)
    for one in credits:
        yield Event(
            on=one.voted_on,
            what=one.kind,
            about="line",
            id=one.line.code,
            name=Text(one.line.name_nl, one.line.name_en),
            cents=one.commitment_cents,
            payment_cents=one.payment_cents,
            who=one.by.full_name if one.by else "",
            source=Source(title=one.source_title, url=one.source_url),
            fictitious=one.fictitious,
        )
