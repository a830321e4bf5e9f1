"""How a place that comes free is offered: terms, what a decline does, and why somebody may be passed over.

One TOML file a programme in `offers/`. Who is next at a home is that home's own rule; what happens around it, so that
every home does it alike and everybody can read it, stands here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.named_numbers import Limits, read_numbers
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.dated import all_on, value_on, value_on_or_none
from veerkracht.rulebook.types import Dated, Parameter, Text

# What a decline does to somebody's place on the list of that home: nothing, behind all who wait there now, not asked
# again before a day, or off the list.
NONE, LOWER, PARKED, OFF = EFFECTS = ("none", "lower", "parked", "off")
# Who passes somebody over: a person who signs for it, or the register, for what nobody can choose.
HOME, ALWAYS_SO = WHO = ("home", "register")
# What the register itself can say of who can't be offered a place now; each needs a reason in the file.
OF_REGISTER = ("no-room-for-all", "offered-elsewhere", "declined-already")
NO_ROOM_FOR_ALL, OFFERED_ELSEWHERE, DECLINED_ALREADY = OF_REGISTER
# The answer that nobody gave.
NO_ANSWER = "no-answer"
_NUMBERS = {
    "term-days": Limits(1, 60),
    "longest-term-days": Limits(1, 60),
    "turnover-days": Limits(0, 90),
    "arrival-days": Limits(0, 180),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Dated):
    """Why a place is declined. `text`: what that means for somebody's place on the list, as they read it.

    `effect`: one of `EFFECTS`; `days`: how long somebody who is parked is not asked again.
    """

    id: str
    name: Text
    text: Text
    effect: str
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PassingOver(Dated):
    """Why somebody who stands higher may be passed over for a place. `by`: who says it, one of `WHO`."""

    id: str
    name: Text
    text: Text
    by: str = HOME


@dataclass(frozen=True)
class OfferRules:
    """How places of a programme are offered. `parameters`: numbers of days; dated, with their source."""

    programme: str
    declines: tuple[Decline, ...]
    passings: tuple[PassingOver, ...]
    parameters: tuple[Parameter, ...]

    def number(self, id: str, on: date) -> int:
        """One of the numbers of days as it holds on a day. Raises `DateFault` before the first day."""
        return int(value_on([one for one in self.parameters if one.id == id], on, id).value)

    def decline(self, id: str, on: date) -> Decline | None:
        """The reason to decline with this id that holds on a day; None when there is none."""
        return value_on_or_none([one for one in self.declines if one.id == id], on)

    def passing(self, id: str, on: date) -> PassingOver | None:
        """The reason to pass somebody over with this id that holds on a day; None when there is none."""
        return value_on_or_none([one for one in self.passings if one.id == id], on)

    def declines_on(self, on: date) -> tuple[Decline, ...]:
        """The reasons that somebody can give on a day: all but that they gave no answer."""
        return tuple(one for one in all_on(self.declines, on) if one.id != NO_ANSWER)

    def passings_on(self, on: date) -> tuple[PassingOver, ...]:
        """The reasons for which a home can pass somebody over on a day."""
        return tuple(one for one in all_on(self.passings, on) if one.by == HOME)


def read_all_offers(readers: Iterable[Reader], programmes: Collection[str]) -> dict[str, OfferRules]:
    """The rules that files describe, by programme; what can't be read is noted. `programmes`: ids they may name."""
    found: dict[str, OfferRules] = {}
    for reader in readers:
        rules = _rules(reader, programmes)
        if rules and rules.programme in found:
            reader.fault("programme", "This programme has two such files.", rules.programme, "one file each")
        elif rules:
            found[rules.programme] = rules
    return found


def _rules(reader: Reader, programmes: Collection[str]) -> OfferRules | None:
    before = len(reader.faults.all)
    programme = reader.string("programme")
    if programme and programme not in programmes:
        reader.fault(
            "programme", "There is no such programme.", programme, one_of(sorted(programmes), programme)
        )
    declines = tuple(_decline(table) for table in reader.tables("decline"))
    passings = tuple(_passing(table) for table in reader.tables("passing_over"))
    rules = OfferRules(programme, declines, passings, read_numbers(reader, _NUMBERS))
    _needs(reader, "decline", [one.id for one in declines], (NO_ANSWER,))
    _needs(reader, "passing_over", [one.id for one in passings if one.by == ALWAYS_SO], OF_REGISTER)
    if len(reader.faults.all) == before:
        _check_terms(reader, rules)
    reader.done()
    return rules if len(reader.faults.all) == before else None


def _decline(reader: Reader) -> Decline:
    source, assumption = reader.origin()
    effect = reader.choice("effect", EFFECTS)
    days = reader.integer("days", required=effect == PARKED, low=1) or 0
    if days and effect != PARKED:
        reader.fault("days", "Only who is parked comes back after days.", days, "no days")
    decline = Decline(
        id=read_id(reader),
        name=reader.words("name"),
        text=reader.words("text"),
        effect=effect,
        days=days,
        from_=reader.day("from") or UNREAD_DATE,
        until=reader.day("until", required=False),
        source=source,
        assumption=assumption,
    )
    _check_period(reader, decline)
    return decline


def _passing(reader: Reader) -> PassingOver:
    source, assumption = reader.origin()
    passing = PassingOver(
        id=read_id(reader),
        name=reader.words("name"),
        text=reader.words("text"),
        by=reader.choice("by", WHO, HOME),
        from_=reader.day("from") or UNREAD_DATE,
        until=reader.day("until", required=False),
        source=source,
        assumption=assumption,
    )
    _check_period(reader, passing)
    return passing


def _check_period(reader: Reader, dated: Dated) -> None:
    if dated.until is not None and dated.until <= dated.from_:
        reader.fault("until", "It ends before it begins.", dated.until, f"a day after {dated.from_}")
    reader.done()


def _needs(reader: Reader, key: str, found: list[str], needed: Collection[str]) -> None:
    for id in needed:
        if id not in found:
            by = f' and by = "{ALWAYS_SO}"' if id in OF_REGISTER else ""
            reader.fault(key, "A reason is missing.", "nothing", f"one with id “{id}”{by}")


def _check_terms(reader: Reader, rules: OfferRules) -> None:
    """On every day on which a term begins, the usual one is not longer than the longest."""
    days = {one.from_ for one in rules.parameters if one.id in ("term-days", "longest-term-days")}
    for on in sorted(days):
        usual, longest = (
            value_on_or_none([one for one in rules.parameters if one.id == id], on)
            for id in ("term-days", "longest-term-days")
        )
        if usual is not None and longest is not None and usual.value > longest.value:
            message = f"From {on} on the usual term is longer than the longest."
            reader.fault("parameter", message, f"{usual.value:g}", f"at most {longest.value:g}")
