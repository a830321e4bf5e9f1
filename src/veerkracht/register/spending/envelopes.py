"""Envelopes: each level beside the other, what fills them and what contradicts."""

from dataclasses import dataclass

from veerkracht.region.money import Decision, Envelope, Measure, Money, Reconciliation, Stated
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.results.queries import ItemView, items
from veerkracht.register.spending.measures import last_at, region_money


@dataclass(frozen=True)
class EnvelopeRow:
    """An envelope with what is stated of it. `depth`: how deep it lies within others.

    `filled`: cents of the measures and parts of which an amount is known, of the same kind of money; `unknown`: the
    measures of which none is.
    """

    envelope: Envelope
    depth: int
    amount: Stated | None
    filled: int
    unknown: tuple[Measure, ...]
    decisions: tuple[Decision, ...]
    questions: tuple[Reconciliation, ...]

    @property
    def cents(self) -> int | None:
        return self.amount.cents if self.amount else None

    @property
    def left(self) -> int | None:
        """Cents that no known part or measure has; below zero where they say more. None: the amount is unknown."""
        return None if self.cents is None else self.cents - self.filled

    def level(self, status: str) -> Stated | None:
        return last_at(self.envelope.stated, status)


@dataclass(frozen=True)
class FullEnvelope:
    """`parts`: the envelopes within; `feeds`: those paid out of it; `measures`: those that it itself pays."""

    row: EnvelopeRow
    outer: tuple[Envelope, ...]
    parts: tuple[EnvelopeRow, ...]
    feeds: tuple[Envelope, ...]
    measures: tuple[Measure, ...]
    questions: tuple[ItemView, ...]


def envelopes(actor: Actor) -> tuple[EnvelopeRow, ...]:
    """Every envelope, each followed by its parts. No queries. Raises `Refused`."""
    require("money.read", actor, actor.programme)
    money = region_money()
    tops = [one for one in money.envelopes.values() if one.within not in money.envelopes]
    return tuple(row for top in tops for row in _with_parts(money, top, 0))


def envelope(actor: Actor, id: str) -> FullEnvelope:
    """One envelope. Raises `Refused` when it is not there, as when it may not be read. One query."""
    require("money.read", actor, actor.programme)
    money = region_money()
    found = money.envelopes.get(id)
    if found is None:
        raise Refused()
    return FullEnvelope(
        row=_row(money, found, 0),
        outer=tuple(one for one in money.outwards(id) if one.id != id),
        parts=tuple(_with_parts(money, found, 0)[1:]),
        feeds=tuple(one for one in money.envelopes.values() if id in one.fed_by),
        measures=money.measures_of(id),
        questions=tuple(one for one in items() if id in one.item.about),
    )


def _with_parts(money: Money, envelope: Envelope, depth: int) -> list[EnvelopeRow]:
    below = [row for part in money.children(envelope.id) for row in _with_parts(money, part, depth + 1)]
    return [_row(money, envelope, depth), *below]


def _row(money: Money, envelope: Envelope, depth: int) -> EnvelopeRow:
    own = money.measures_of(envelope.id)
    inside = [one for one in (*money.children(envelope.id), *own) if one.recurrent == envelope.recurrent]
    known = [stated.cents or 0 for one in inside if (stated := money.amount_of(one))]
    return EnvelopeRow(
        envelope=envelope,
        depth=depth,
        amount=money.amount_of(envelope),
        filled=sum(known),
        unknown=tuple(one for one in own if money.amount_of(one) is None),
        decisions=money.decisions_of(envelope.id),
        questions=money.open_about(envelope.id),
    )
