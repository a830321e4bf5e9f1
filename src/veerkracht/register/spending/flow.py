"""Money as it flows: what was announced, what was decided on it, the measures, and what was committed and paid.

One flow is of one kind of money: new or already planned, every year or once. The levels stand beside each other and
are never added: a ribbon says how much of one level is found again in the next. What is not found is drawn as what
it is: not filled, not published, not explained or not followed in these books.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from veerkracht.region.money import Envelope, Measure, Money
from veerkracht.register.money.queries import Totals
from veerkracht.rulebook.types import Text

ANNOUNCED, DECIDED, MEASURES, COMMITTED, PAID = range(5)
# What stands in a flow that is no envelope, decision or measure.
UNEXPLAINED = "unexplained"  # decided for more than was announced
NOT_FILLED = "not-filled"  # announced, and nothing is known that fills it
NOT_HERE = "not-here"  # planned before, and not followed in these files
NOT_PUBLISHED = "not-published"  # announced, and of what fills it no amount is known
MORE = "more-than-stated"  # committed for more than is stated of the measures
IN_BOOKS = "committed"
NOT_COMMITTED = "not-committed"
NOT_FOLLOWED = "not-followed"  # no budget line in these books
UNKNOWN = "unknown"  # and so nobody here knows what was paid
EARLIER = "committed-earlier"  # paid on commitments of earlier years
PAID_OUT = "paid"
REQUESTED = "requested"
NOT_PAID = "not-paid"
NO_NAME = Text()


@dataclass(frozen=True)
class Stop:
    """Where money stands in a column. `kind`: known | left | unknown.

    `what`: envelope | decision | measure | not-split, of `id`; else one of the names of this module. `measures`: how
    many measures share what is not split.
    """

    id: str
    column: int
    kind: str
    what: str
    name: Text = NO_NAME
    measures: int = 0


@dataclass(frozen=True)
class Ribbon:
    source: str
    target: str
    cents: int


@dataclass(frozen=True)
class MoneyFlow:
    """`unknown`: measures of which no amount is known, so that they are named and not drawn."""

    new_money: bool
    recurrent: bool
    stops: tuple[Stop, ...]
    ribbons: tuple[Ribbon, ...]
    unknown: tuple[Measure, ...]

    @property
    def is_empty(self) -> bool:
        return not self.ribbons

    def cents_at(self, stop: str) -> int:
        """What comes to a stop; 0 when nothing does."""
        return sum(one.cents for one in self.ribbons if one.target == stop)


@dataclass(frozen=True)
class _Part:
    """A stop among the measures with its cents, and the measures that share them."""

    stop: Stop
    cents: int
    measures: tuple[Measure, ...]


@dataclass
class _Drawing:
    """Stops and ribbons as they are found; ribbons between the same two stops are one."""

    stops: dict[str, Stop] = field(default_factory=dict)
    ribbons: dict[tuple[str, str], int] = field(default_factory=dict)

    def ribbon(self, source: Stop, target: Stop, cents: int) -> None:
        if cents:
            self.stops |= {source.id: source, target.id: target}
            pair = source.id, target.id
            self.ribbons[pair] = self.ribbons.get(pair, 0) + cents


def money_flow(
    money: Money, booked: Mapping[str, Totals], *, new_money: bool, recurrent: bool, only: str = ""
) -> MoneyFlow:
    """The flow of one kind of money. `booked`: what the books say of each measure; `only`: one envelope."""
    starts = [
        one for one in roots(money, new_money=new_money, recurrent=recurrent) if not only or one.id == only
    ]
    filled = _filled(money, starts)
    drawing = _Drawing()
    _announce(drawing, money, starts, filled)
    for envelope, parts in filled.items():
        for part in parts:
            drawing.ribbon(_decision(money, money.envelopes[envelope]), part.stop, part.cents)
    every = [part for parts in filled.values() for part in parts]
    within = {one.id: one for id in filled for one in _all_measures(money, money.envelopes[id])}
    _commit(drawing, every, {id: booked[id] for id in within if id in booked})
    return MoneyFlow(
        new_money,
        recurrent,
        tuple(sorted(drawing.stops.values(), key=_place)),
        tuple(Ribbon(*pair, cents) for pair, cents in drawing.ribbons.items()),
        tuple(one for one in within.values() if _amount(money, one) is None),
    )


def roots(money: Money, *, new_money: bool, recurrent: bool) -> tuple[Envelope, ...]:
    """The envelopes at which a flow of this kind begins: no part of another, and not paid out of another."""
    kind = new_money, recurrent
    return tuple(
        one
        for one in money.envelopes.values()
        if (one.new_money, one.recurrent) == kind and not one.within and not one.fed_by
    )


def _place(stop: Stop) -> tuple[int, int]:
    """By column; what is known stands above what is left, and that above what is not known."""
    return stop.column, ("known", "left", "unknown").index(stop.kind)


def _amount(money: Money, thing: Envelope | Measure) -> int | None:
    stated = money.amount_of(thing)
    return stated.cents if stated else None


# -- from envelope to measures ---------------------------------------------------------------------------------


def _filled(money: Money, starts: Sequence[Envelope]) -> dict[str, list[_Part]]:
    """What fills each start: envelopes that are paid out of it, and its own parts and measures."""
    found: dict[str, list[_Part]] = {}
    for start in starts:
        for fed in _fed(money, start):
            found[fed.id] = list(_parts(money, fed))
        if money.children(start.id) or money.measures_of(start.id):
            found[start.id] = list(_parts(money, start, is_start=True))
    return found


def _fed(money: Money, start: Envelope) -> list[Envelope]:
    return [one for one in money.envelopes.values() if start.id in one.fed_by]


def _parts(money: Money, envelope: Envelope, *, is_start: bool = False) -> Iterator[_Part]:
    """Measures whose amount is known, and per envelope what is left of it for the others.

    Of a start that has no other measures the rest is not filled, which is said elsewhere.
    """
    found = [
        part
        for child in money.children(envelope.id)
        if child.recurrent == envelope.recurrent
        for part in _parts(money, child)
    ]
    without = []
    for measure in money.measures_of(envelope.id):
        cents = _amount(money, measure)
        if measure.recurrent == envelope.recurrent and cents:
            stop = Stop(f"measure:{measure.id}", MEASURES, "known", "measure", measure.name)
            found.append(_Part(stop, cents, (measure,)))
        elif cents is None:
            without.append(measure)
    yield from found
    rest = (_amount(money, envelope) or 0) - sum(part.cents for part in found)
    if rest > 0 and (without or not is_start):
        stop = Stop(f"not-split:{envelope.id}", MEASURES, "unknown", "not-split", envelope.name, len(without))
        yield _Part(stop, rest, tuple(without))


def _announce(
    drawing: _Drawing, money: Money, starts: Sequence[Envelope], filled: Mapping[str, Sequence[_Part]]
) -> None:
    """Each start fills what it can; what was decided for more than was announced is not explained."""
    wanted = {id: sum(part.cents for part in parts) for id, parts in filled.items()}
    for start in starts:
        amount = _amount(money, start)
        fed = _fed(money, start)
        targets = [one for one in (*fed, start) if one.id in filled]
        # Of what was announced without an amount, no more is drawn than what is known of its measures.
        free = sum(wanted[one.id] for one in targets) if amount is None else amount
        kind = "unknown" if amount is None else "known"
        here = Stop(f"envelope:{start.id}", ANNOUNCED, kind, "envelope", start.name)
        for target in targets:
            given = min(free, wanted[target.id])
            drawing.ribbon(here, _decision(money, target), given)
            free, wanted[target.id] = free - given, wanted[target.id] - given
        some_unknown = any(_amount(money, one) is None for one in fed)
        what = NOT_PUBLISHED if some_unknown else NOT_FILLED if start.new_money else NOT_HERE
        drawing.ribbon(here, Stop(what, DECIDED, "left" if what == NOT_FILLED else "unknown", what), free)
    for id, cents in wanted.items():
        unexplained = Stop(UNEXPLAINED, ANNOUNCED, "unknown", UNEXPLAINED)
        drawing.ribbon(unexplained, _decision(money, money.envelopes[id]), cents)


def _decision(money: Money, envelope: Envelope) -> Stop:
    """What fills an envelope: named as its decision when there is one, else as the envelope itself."""
    decisions = money.decisions_of(envelope.id)
    name = decisions[0].name if len(decisions) == 1 else envelope.name
    return Stop(f"decision:{envelope.id}", DECIDED, "known", "decision", name)


def _all_measures(money: Money, envelope: Envelope) -> Iterator[Measure]:
    below = (_all_measures(money, child) for child in money.children(envelope.id))
    return chain(money.measures_of(envelope.id), chain.from_iterable(below))


# -- from measures to payments ---------------------------------------------------------------------------------


def _commit(drawing: _Drawing, parts: Sequence[_Part], booked: Mapping[str, Totals]) -> None:
    """From what is stated of measures to what the books say of them."""
    in_books = Stop(IN_BOOKS, COMMITTED, "known", IN_BOOKS)
    not_followed = Stop(NOT_FOLLOWED, COMMITTED, "unknown", NOT_FOLLOWED)
    found = 0
    for part in parts:
        here = [booked[one.id] for one in part.measures if one.id in booked]
        committed = min(sum(one.committed for one in here), part.cents)
        found += committed
        drawing.ribbon(part.stop, in_books, committed)
        rest = part.cents - committed
        # What several share is not known to be left: some of them may have no line here.
        if here and part.stop.kind == "known":
            drawing.ribbon(part.stop, Stop(NOT_COMMITTED, COMMITTED, "left", NOT_COMMITTED), rest)
        else:
            drawing.ribbon(part.stop, not_followed, rest)
            drawing.ribbon(not_followed, Stop(UNKNOWN, PAID, "unknown", UNKNOWN), rest)
    total = sum(one.committed for one in booked.values())
    drawing.ribbon(Stop(MORE, MEASURES, "unknown", MORE), in_books, total - found)
    _pay(drawing, in_books, total, booked)


def _pay(drawing: _Drawing, in_books: Stop, committed: int, booked: Mapping[str, Totals]) -> None:
    paid = sum(one.paid for one in booked.values())
    requested = sum(one.requested for one in booked.values())
    now = min(paid, committed)
    underway = min(requested, committed - now)
    paid_out = Stop(PAID_OUT, PAID, "known", PAID_OUT)
    drawing.ribbon(in_books, paid_out, now)
    drawing.ribbon(Stop(EARLIER, COMMITTED, "known", EARLIER), paid_out, paid - now)
    drawing.ribbon(in_books, Stop(REQUESTED, PAID, "left", REQUESTED), underway)
    drawing.ribbon(in_books, Stop(NOT_PAID, PAID, "left", NOT_PAID), committed - now - underway)
