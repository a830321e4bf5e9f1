"""When a day price may rise, and how far: the rule in force on the first day of the new price decides.

A price rests on a ground: it is the first of its kind, follows the index, was approved, or does not rise. What the
index allows hangs on the rule: once a year, or only within so many months after a pivot index was passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.types import Assumption, Dated, Source, Text

FIRST, INDEX, APPROVAL, LOWER = KINDS = ("first", "index", "approval", "lower")
YEARLY, PASSING = RHYTHMS = ("yearly", "passing")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a price rests on. An approval names the decision that gave it."""

    id: str
    name: Text
    kind: str


@dataclass(frozen=True, slots=True)
class Passing:
    """A day on which the index reached its pivot, and by which share prices then may rise."""

    on: date
    share: Fraction
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRule(Dated):
    """How prices may rise while it holds. `rhythm`: how often the index allows it, one of `RHYTHMS`.

    `earliest_months`, `latest_months`: a rise for a passing begins from the first day of the one to the first day of
    the other month after that of the passing; who is later has lost it. `share_a_year`: by how much at most, where
    the index allows it yearly; None: the rule does not say.
    """

    id: str
    text: Text
    rhythm: str
    earliest_months: int = 0
    latest_months: int = 0
    share_a_year: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """A price in cents a day, from a day on, on a kind of ground."""

    cents: int
    from_: date
    kind: str
    reference: str = ""


def refusal(
    rules: Sequence[PriceRule], passings: Sequence[Passing], before: Sequence[Price], new: Price
) -> Text | None:
    """Why a price can't be, by the rule in force on its first day; None when it can.

    `before`: the earlier prices of the same kind of place, oldest first.
    """
    if not before:
        return None if new.kind == FIRST else _NOT_FIRST
    last = before[-1]
    if new.kind == FIRST:
        return _IS_THERE.fill(day=last.from_)
    if new.cents <= last.cents:
        return None if new.kind in (LOWER, APPROVAL) else _DOES_NOT_RISE
    if new.kind == LOWER:
        return _RISES
    if new.kind == APPROVAL:
        return None if new.reference else _NO_DECISION
    rule = value_on_or_none(rules, new.from_)
    if rule is None:
        return _NO_RULE.fill(day=new.from_)
    return _by_year(rule, before, new) if rule.rhythm == YEARLY else _by_passing(rule, passings, before, new)


def _by_year(rule: PriceRule, before: Sequence[Price], new: Price) -> Text | None:
    same_year = [one for one in before if one.kind == INDEX and one.from_.year == new.from_.year]
    if same_year:
        return _ONCE_A_YEAR.fill(day=same_year[-1].from_)
    if rule.share_a_year is None:
        return None
    return _above(most(before[-1].cents, rule.share_a_year), new)


def _by_passing(
    rule: PriceRule, passings: Sequence[Passing], before: Sequence[Price], new: Price
) -> Text | None:
    """Each passing gives one rise: those that an earlier rise used are gone."""
    used = max((one.from_ for one in before if one.kind == INDEX), default=date.min)
    open_ = [
        one
        for one in passings
        if _months_after(one.on, rule.earliest_months)
        <= new.from_
        <= _months_after(one.on, rule.latest_months)
        and not _months_after(one.on, rule.earliest_months) <= used
    ]
    if not open_:
        return _NO_PASSING.fill(day=new.from_)
    allowed = before[-1].cents
    for passing in open_:
        allowed = most(allowed, passing.share)
    return _above(allowed, new)


def most(cents: int, share: Fraction) -> int:
    """A price with a share more, in cents, rounded as bills are: half a cent goes up."""
    return int(cents * (1 + share) + Fraction(1, 2))


def _months_after(day: date, months: int) -> date:
    """The first day of so many months after the month of a day."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _above(allowed: int, new: Price) -> Text | None:
    return _TOO_HIGH.fill(most=_euro(allowed), asked=_euro(new.cents)) if new.cents > allowed else None


def _euro(cents: int) -> Text:
    amount = f"{cents // 100}.{cents % 100:02}"
    return Text(amount.replace(".", ","), amount)


_NOT_FIRST = Text(
    nl="Er is nog geen prijs voor deze soort plaats: dit is de eerste.",
    en="There is no price yet for this kind of place: this is the first.",
)
_IS_THERE = Text(
    nl="Er is al een prijs voor deze soort plaats, vanaf {day}.",
    en="There is a price for this kind of place already, from {day}.",
)
_DOES_NOT_RISE = Text(
    nl="Deze prijs stijgt niet: zeg dat hij daalt of gelijk blijft.",
    en="This price does not rise: say that it falls or stays the same.",
)
_RISES = Text(
    nl="Deze prijs stijgt: daarvoor is de index of een goedkeuring nodig.",
    en="This price rises: that needs the index or an approval.",
)
_NO_DECISION = Text(
    nl="Een goedkeuring noemt de beslissing waarop ze rust.",
    en="An approval names the decision that it rests on.",
)
_NO_RULE = Text(
    nl="Geen regel zegt hoe prijzen op {day} mogen stijgen.",
    en="No rule says how prices may rise on {day}.",
)
_ONCE_A_YEAR = Text(
    nl="De prijs volgt de index één keer per jaar; dat gebeurde al op {day}.",
    en="The price follows the index once a year; it did so already on {day}.",
)
_NO_PASSING = Text(
    nl="Op {day} laat geen overschrijding van de spilindex een stijging toe: er is er geen, ze is al gebruikt, of de "
    "termijn is voorbij.",
    en="On {day} no passing of the pivot index allows a rise: there is none, it was used already, or its time is over.",
)
_TOO_HIGH = Text(
    nl="De index laat hoogstens {most} euro per dag toe; gevraagd: {asked}.",
    en="The index allows at most {most} euro a day; asked: {asked}.",
)
