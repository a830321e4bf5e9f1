"""Assessments: which instruments measure need, how long a result counts, what it opens, which of them money follows,
and what must be measured when (`assessments.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from veerkracht.region.care_backlog import Backlog, read_backlog
from veerkracht.region.holding import read_holds, read_holds_in_order
from veerkracht.region.ids import Named, read_by_id, read_id, read_named
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook import katz
from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.openings import CATEGORY, Opening
from veerkracht.rulebook.rule_check import rule_faults
from veerkracht.rulebook.types import Assumption, Dated, Source, Text

FILE = "assessments.toml"
SCORE, NUMBER, FLAG = KINDS = ("score", "number", "flag")
# How an instrument comes from its items to an outcome: not at all, or by a function of the rulebook.
NONE, KATZ = METHODS = ("none", "katz")
# Beside the six items a Katz scale asks these, by these names.
ORIENTATION = ("orientation_time", "orientation_place")
DIAGNOSIS = "dementia_diagnosed"
# Which residents with heavy care money is given for: those on a place with extra recognition, or all of them.
EXTRA_PLACES, ALL = HEAVY = ("extra-places", "all")
_ITEM = re.compile(r"[a-z][a-z0-9_]*")
_COLUMNS: dict[str, pl.DataType] = {SCORE: pl.Int64(), NUMBER: pl.Float64(), FLAG: pl.Boolean()}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is scored. `low`, `high`: from where to where; None: no end that is known."""

    id: str
    name: Text
    kind: str = SCORE
    low: float | None = None
    high: float | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What a score means."""

    value: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Dated):
    """A version of an instrument, from the day on which it is used."""

    id: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way of measuring need.

    `method`: how an outcome follows from the items, one of `METHODS`. `disoriented_from`: the orientation score from
    which somebody counts as disoriented (Katz). `programme`: whose care categories the outcomes are; "" for none.
    `valid_months`: how long a result counts. `remind_days`: so long before its end it is on the list. `versions`: those
    that are known; none: the result itself says its version. `renew`: how somebody comes by a new result, in words for
    them; no text where nobody says.
    """

    id: str
    name: Text
    summary: Text
    method: str
    programme: str
    items: tuple[Item, ...]
    answers: tuple[Answer, ...]
    authors: tuple[Named, ...]
    versions: tuple[Version, ...]
    valid_months: int
    remind_days: int
    disoriented_from: int = 0
    source: Source | None = None
    assumption: Assumption | None = None
    renew: Text = field(default_factory=Text)

    @property
    def columns(self) -> dict[str, pl.DataType]:
        """What a rule on a result may name."""
        return {**{item.id: _COLUMNS[item.kind] for item in self.items}, CATEGORY: pl.String()}

    def item(self, id: str) -> Item | None:
        return next((item for item in self.items if item.id == id), None)

    def version_on(self, day: date) -> str:
        """The version in use on a day; "" when none is known to be."""
        found = value_on_or_none(self.versions, day)
        return found.id if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pays(Dated):
    """Which instrument the money of a programme follows, and for which residents with heavy care it is given."""

    programme: str
    instrument: str
    heavy: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Dated):
    """An assessment that must be there within so many days after somebody's stay began."""

    id: str
    programme: str
    instrument: str
    within_days: int
    text: Text


@dataclass(frozen=True)
class Assessments:
    """All of the file."""

    instruments: dict[str, Instrument]
    openings: tuple[Opening, ...] = field(default=())
    pays: tuple[Pays, ...] = field(default=())
    duties: tuple[Duty, ...] = field(default=())
    backlog: Backlog | None = None

    def openings_of(self, instrument: str) -> tuple[Opening, ...]:
        return tuple(one for one in self.openings if one.instrument == instrument)

    def pays_on(self, programme: str, day: date) -> Pays | None:
        """What the money of a programme follows on a day; None when that is not known."""
        return value_on_or_none([one for one in self.pays if one.programme == programme], day)


def read_assessments(reader: Reader, categories: Mapping[str, Collection[str]]) -> Assessments | None:
    """What a file says; None when it has a fault. `categories`: the care categories of each programme it may name."""
    before = len(reader.faults.all)
    instruments = read_by_id(
        reader,
        "instrument",
        lambda table: _instrument(table, categories),
        "A file on assessments needs at least one.",
    )
    openings = tuple(_opening(table, instruments) for table in reader.tables("opens"))
    pays = tuple(_pays(table, instruments, categories) for table in reader.tables("pays"))
    duties = tuple(_duty(table, instruments, categories) for table in reader.tables("duty"))
    said = reader.table("backlog")
    backlog = read_backlog(said, categories) if said else None
    reader.done()
    if len(reader.faults.all) > before:
        return None
    return Assessments(instruments, openings, pays, duties, backlog)


def _instrument(reader: Reader, categories: Mapping[str, Collection[str]]) -> Instrument:
    source, assumption = reader.origin()
    method = reader.choice("method", METHODS, NONE)
    instrument = Instrument(
        id=read_id(reader),
        name=reader.words("name"),
        summary=reader.words("summary"),
        method=method,
        programme=_one_of(reader, "programme", categories) if method != NONE else "",
        items=tuple(_item(table) for table in reader.tables("item")),
        answers=tuple(_answer(table) for table in reader.tables("answer")),
        authors=tuple(read_named(table) for table in reader.tables("author")),
        versions=tuple(_version(table) for table in reader.tables("version")),
        valid_months=reader.integer("valid_months", low=1) or 1,
        remind_days=reader.integer("remind_days", low=0) or 0,
        renew=reader.words("renew", required=False),
        disoriented_from=(reader.integer("disoriented_from", low=katz.LEAST) or 0) if method == KATZ else 0,
        source=source,
        assumption=assumption,
    )
    _check_items(reader, instrument)
    if method == KATZ:
        _check_katz(reader, instrument, categories.get(instrument.programme, ()))
    reader.done()
    return instrument


def _item(reader: Reader) -> Item:
    id, kind = reader.string("id"), reader.choice("kind", KINDS, SCORE)
    if id and (not _ITEM.fullmatch(id) or id == CATEGORY):
        reader.fault("id", "An item can't have this id.", id, "lower-case letters, digits and underscores")
    low = reader.number("low", required=kind == SCORE) if kind != FLAG else None
    high = reader.number("high", required=kind == SCORE) if kind != FLAG else None
    if low is not None and high is not None and high <= low:
        reader.fault("high", "A scale has two ends, the lower first.", high, f"a number above {low:g}")
    item = Item(id, reader.words("name"), kind, low, high, reader.flag("required", default=True))
    reader.done()
    return item


def _answer(reader: Reader) -> Answer:
    answer = Answer(reader.integer("value") or 0, reader.words("text"))
    reader.done()
    return answer


def _version(reader: Reader) -> Version:
    version = Version(
        id=reader.string("id"),
        **read_holds(reader),
    )
    reader.done()
    return version


def _check_items(reader: Reader, instrument: Instrument) -> None:
    for key, found in (("item", instrument.items), ("author", instrument.authors)):
        if not found:
            reader.fault(key, "An instrument needs at least one.", "nothing", f"[[instrument.{key}]]")
        ids = [one.id for one in found]
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            reader.fault(key, "This id is used twice.", id, "each id once")


def _check_katz(reader: Reader, instrument: Instrument, categories: Collection[str]) -> None:
    """A Katz scale has the items that the rulebook's function asks, scored as it scores them."""
    scale = (SCORE, katz.LEAST, katz.MOST)
    wanted = {**dict.fromkeys((*katz.ITEMS, *ORIENTATION), scale), DIAGNOSIS: (FLAG, None, None)}
    found = {one.id: (one.kind, one.low, one.high) for one in instrument.items}
    if found != wanted or not all(one.required for one in instrument.items):
        expected = (
            f"{', '.join(wanted)}, all required: scores from {katz.LEAST} to {katz.MOST}, the last a flag"
        )
        reader.fault(
            "item", "These are not the items of a Katz scale.", ", ".join(found) or "nothing", expected
        )
    missing = sorted({one.lower() for one in katz.CATEGORIES} - set(categories))
    if instrument.programme and missing:
        reader.fault(
            "programme",
            "This programme lacks a category of the Katz scale.",
            ", ".join(missing),
            "each of them",
        )


def _opening(reader: Reader, instruments: Mapping[str, Instrument]) -> Opening:
    opening = Opening(
        id=read_id(reader),
        instrument=_one_of(reader, "instrument", instruments),
        rule=reader.string("rule"),
        name=reader.words("name"),
        text=reader.words("text"),
        **read_holds_in_order(reader),
    )
    instrument = instruments.get(opening.instrument)
    if instrument and opening.rule:
        for fault in rule_faults((), opening.rule, instrument.columns, "boolean"):
            reader.fault("rule", fault.message, fault.found, fault.expected)
    reader.done()
    return opening


def _pays(
    reader: Reader, instruments: Mapping[str, Instrument], programmes: Mapping[str, Collection[str]]
) -> Pays:
    pays = Pays(
        programme=_one_of(reader, "programme", programmes),
        instrument=_one_of(reader, "instrument", instruments),
        heavy=reader.choice("heavy", HEAVY),
        text=reader.words("text"),
        **read_holds_in_order(reader),
    )
    reader.done()
    return pays


def _duty(
    reader: Reader, instruments: Mapping[str, Instrument], programmes: Mapping[str, Collection[str]]
) -> Duty:
    duty = Duty(
        id=read_id(reader),
        programme=_one_of(reader, "programme", programmes),
        instrument=_one_of(reader, "instrument", instruments),
        within_days=reader.integer("within_days", low=1) or 1,
        text=reader.words("text"),
        **read_holds_in_order(reader),
    )
    reader.done()
    return duty


def _one_of(reader: Reader, key: str, known: Collection[str]) -> str:
    id = reader.string(key)
    if id and id not in known:
        reader.fault(key, f"There is no such {key}.", id, one_of(sorted(known), id))
    return id
