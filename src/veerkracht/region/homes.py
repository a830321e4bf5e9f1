"""Homes with lists of their own: what all lists of the region share, and each home's own rules (`homes/`).

`homes/lists.toml` says what homes may ask about who waits, why entries are parked or leave, and how often who is on a
list just in case is asked again. `homes/rules/*.toml` holds the rules of one home each, or of homes that share them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import polars as pl

from veerkracht.region.ids import UNREAD_DATE, Named, read_by_id, read_id, read_named
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.home_rules import COLUMNS, MADE, HomeRules, Points, Priority, Ward, faults
from veerkracht.rulebook.tables import TYPES
from veerkracht.rulebook.types import Assumption, Condition, Order, Source, Text

FOLDER = "homes"
FILE = "homes/lists.toml"
FACT_TYPES = ("boolean", "integer", "date")
ANYONE, STAFF = ANSWERED_BY = ("anyone", "staff")
# What becomes of somebody's other entries once they live in a home: they end, or the person is asked.
AFTER_ADMISSION = ("end", "ask")
# What the register itself parks an entry for, or takes it off its list for.
PARKS = ("asked", "no_answer", "admitted")
LEAVES = ("not_wanted", "request_ended", "moved_in", "carried_over", "double")
REASONS = (*PARKS, *LEAVES)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that homes ask about who waits, by the name that rules use. `question`: as it is put to a person.

    `by`: who may answer; of some only the home's staff, since the answer is its judgement.
    """

    name: str
    type: str
    by: str
    question: Text
    why: Text


@dataclass(frozen=True, slots=True)
class LeaveReason:
    """Why an entry leaves a list. `chosen`: who asked can give it; any other the register gives alone."""

    id: str
    name: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Share:
    """An uncertain share: nine times out of ten it lies between `low` and `high`."""

    low: float
    value: float
    high: float
    text: Text
    source: Source | None
    assumption: Assumption | None

    @property
    def known(self) -> tuple[float, float, float]:
        """As the forecast takes what is uncertain."""
        return self.low, self.value, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What all lists of homes in the region share.

    `instrument`: the assessment whose outcome is the category that rules name. `ask_again_months`: how often who is on
    a list just in case is asked whether they still want it; `answer_days`: how long they have to answer, after which
    the entry is parked; `together_days`: how long somebody has to agree that they come together with who asks so, after
    which that lapses. `reasons`: which of the reasons the register itself gives, by what happened (`REASONS`).
    `vacated`: the share of residents who leave in a year; `skipped`: of those ahead who take no place; `overtaken`: of
    the places that go to who stands behind.
    """

    programme: str
    instrument: str
    ask_again_months: int
    answer_days: int
    together_days: int
    after_admission: str
    facts: tuple[Fact, ...]
    from_places: tuple[Named, ...]
    park_reasons: tuple[Named, ...]
    leave_reasons: tuple[LeaveReason, ...]
    meanwhile: tuple[Text, ...]
    reasons: dict[str, str]
    vacated: Share
    skipped: Share
    overtaken: Share
    source: Source | None = None
    assumption: Assumption | None = None

    @property
    def leave_choices(self) -> tuple[LeaveReason, ...]:
        """Why somebody can leave a list, as they say it themselves."""
        return tuple(one for one in self.leave_reasons if one.chosen)

    def fact(self, name: str) -> Fact | None:
        return next((one for one in self.facts if one.name == name), None)

    def fact_types(self) -> dict[str, pl.DataType]:
        return {one.name: TYPES[one.type] for one in self.facts}


def read_lists(
    reader: Reader, programmes: Collection[str], instruments: Collection[str] = ()
) -> Lists | None:
    """What all lists share; None when the file has a fault. `programmes`, `instruments`: the ids that it may name."""
    before = len(reader.faults.all)
    source, assumption = reader.origin()
    lists = Lists(
        programme=_programme(reader, programmes),
        instrument=reader.string("instrument"),
        ask_again_months=reader.integer("ask_again_months", low=1) or 1,
        answer_days=reader.integer("answer_days", low=1) or 1,
        together_days=reader.integer("together_days", low=1) or 1,
        after_admission=reader.choice("after_admission", AFTER_ADMISSION),
        facts=tuple(_fact(name, inner) for name, inner in reader.keyed_tables("facts")),
        from_places=_choices(reader, "from_place"),
        park_reasons=_choices(reader, "park_reason"),
        leave_reasons=_leave_reasons(reader),
        meanwhile=tuple(_meanwhile(inner) for inner in reader.tables("meanwhile")),
        reasons=_reasons(reader),
        vacated=_share(reader, "vacated"),
        skipped=_share(reader, "skipped"),
        overtaken=_share(reader, "overtaken"),
        source=source,
        assumption=assumption,
    )
    _known_reasons(reader, lists)
    # Of instruments that could not be read nothing is known.
    if lists.instrument and instruments and lists.instrument not in instruments:
        expected = one_of(list(instruments), lists.instrument)
        reader.fault("instrument", "There is no such instrument.", lists.instrument, expected)
    reader.done()
    return lists if len(reader.faults.all) == before else None


def read_home_rules(reader: Reader, lists: Lists | None, programmes: Collection[str]) -> HomeRules | None:
    """The rules of a home; None when they have a fault. Notes every fault. `lists`: the facts that rules may name."""
    before = len(reader.faults.all)
    rules = HomeRules(
        id=read_id(reader),
        name=reader.words("name"),
        programme=_programme(reader, programmes),
        note=reader.words("note", required=False),
        fictitious=reader.flag("fictitious", default=False),
        facts=lists.fact_types() if lists else {},
        conditions=_each(reader, "condition", _condition),
        wards=_each(reader, "ward", _ward),
        priorities=_each(reader, "priority", _priority),
        points=_each(reader, "points", _points),
        orders=_each(reader, "order", _order),
    )
    reader.done()
    # Where the form of a field was found wrong, its meaning says nothing new.
    noted = {fault.field for fault in reader.faults.all[before:]}
    for fault in faults(rules):
        if reader.name_of(fault.path) not in noted:
            reader.fault(fault.path, fault.message, fault.found, fault.expected)
    return rules if len(reader.faults.all) == before else None


Item = TypeVar("Item")


def _each(reader: Reader, key: str, read_one: Callable[[Reader], Item]) -> tuple[Item, ...]:
    found = []
    for inner in reader.tables(key):
        found.append(read_one(inner))
        inner.done()
    return tuple(found)


def _programme(reader: Reader, programmes: Collection[str]) -> str:
    programme = reader.string("programme")
    # Of programmes that could not be read nothing is known.
    if programme and programmes and programme not in programmes:
        expected = one_of(sorted(programmes), programme)
        reader.fault("programme", "There is no such programme.", programme, expected)
    return programme


def _fact(name: str, reader: Reader) -> Fact:
    if not _NAME.fullmatch(name):
        reader.fault(None, "A rule can't name this.", name, "lower-case letters, digits and underscores")
    if name in COLUMNS or name in MADE:
        reader.fault(None, "A list has a column of this name already.", name, "another name")
    type_, by = reader.choice("type", FACT_TYPES), reader.choice("by", ANSWERED_BY)
    fact = Fact(name, type_, by, reader.words("question"), reader.words("why"))
    reader.done()
    return fact


def _choices(reader: Reader, key: str) -> tuple[Named, ...]:
    return tuple(read_by_id(reader, key, read_named, "Lists need at least one.").values())


def _leave_reasons(reader: Reader) -> tuple[LeaveReason, ...]:
    found = tuple(read_by_id(reader, "leave_reason", _leave_reason, "Lists need at least one.").values())
    if found and not any(one.chosen for one in found):
        reader.fault(
            "leave_reason", "Nobody could leave a list.", "chosen by nobody", "one with chosen = true"
        )
    return found


def _leave_reason(reader: Reader) -> LeaveReason:
    reason = LeaveReason(read_id(reader), reader.words("name"), reader.flag("chosen", default=False))
    reader.done()
    return reason


def _meanwhile(reader: Reader) -> Text:
    text = reader.words("text")
    reader.done()
    return text


def _reasons(reader: Reader) -> dict[str, str]:
    inner = reader.table("reasons", required=True)
    found = {name: inner.string(name) for name in REASONS} if inner else {}
    if inner:
        inner.done()
    return found


def _known_reasons(reader: Reader, lists: Lists) -> None:
    """What the register parks for is a reason to park, what it takes off for a reason to leave."""
    parks, leaves = ([one.id for one in found] for found in (lists.park_reasons, lists.leave_reasons))
    for name, id in lists.reasons.items():
        known = parks if name in PARKS else leaves
        if id and id not in known:
            reader.fault(("reasons", name), "There is no such reason.", id, one_of(known, id))


def _share(reader: Reader, key: str) -> Share:
    inner = reader.table(key, required=True)
    if inner is None:
        return Share(0.0, 0.0, 0.0, Text(), None, None)
    source, assumption = inner.origin()
    low, value, high = (inner.number(name, low=0) or 0.0 for name in ("low", "value", "high"))
    if not low <= value <= high or high > 1:
        expected = "a share from 0 to 1, within its range"
        inner.fault(
            "value", "This number is not possible here.", f"{value:g} ({low:g} to {high:g})", expected
        )
    share = Share(low, value, high, inner.words("text"), source, assumption)
    inner.done()
    return share


def _condition(reader: Reader) -> Condition:
    return Condition(**_dated(reader), **_said(reader))


def _ward(reader: Reader) -> Ward:
    return Ward(**_dated(reader), **_said(reader), name=reader.words("name"))


def _said(reader: Reader) -> dict[str, Any]:
    return {
        "id": read_id(reader),
        "rule": reader.string("rule"),
        "reason": reader.words("reason"),
        "unmet": reader.words("unmet"),
        "remedy": reader.words("remedy", required=False),
    }


def _priority(reader: Reader) -> Priority:
    return Priority(
        **_dated(reader),
        id=read_id(reader),
        rule=reader.string("rule"),
        text=reader.words("text"),
        while_=reader.string("while", required=False),
        paused=reader.words("paused", required=False),
    )


def _points(reader: Reader) -> Points:
    return Points(**_dated(reader), id=read_id(reader), rule=reader.string("rule"), text=reader.words("text"))


def _order(reader: Reader) -> Order:
    return Order(**_dated(reader), by=reader.strings("by"), text=reader.words("text"))


def _dated(reader: Reader) -> dict[str, Any]:
    source, assumption = reader.origin()
    from_: date = reader.day("from") or UNREAD_DATE
    return {
        "from_": from_,
        "until": reader.day("until", required=False),
        "source": source,
        "assumption": assumption,
    }
