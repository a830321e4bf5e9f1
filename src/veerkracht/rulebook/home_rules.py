"""A home's own rules for its list: who may come, who goes first, points, and the order; and what is wrong with them.

A home keeps its own list and decides by its own rules. They are rules over one table (`COLUMNS`, and the facts that the
region lets homes ask for): one row an entry, which is a request that stands on this home's list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from veerkracht.rulebook.rule_check import Path, ProgrammeFault, rule_faults
from veerkracht.rulebook.types import Condition, Dated, Order, Text

# What the list itself makes of a row: the number of the priority that it has, and its points.
PRIORITY, POINTS = MADE = ("priority", "points")

# About who waits. Column: type, meaning.
OF_ENTRY: dict[str, tuple[pl.DataType, Text]] = {
    "id": (pl.Int64(), Text("nummer van de inschrijving", "number of the entry")),
    "request": (pl.Int64(), Text("nummer van de vraag", "number of the request")),
    "bundle": (pl.Int64(), Text("vragen die samen of niet komen", "requests that come together or not at all")),
    "bundle_size": (pl.Int64(), Text("met hoeveel ze samen komen", "how many come together")),
    "registered_on": (pl.Date(), Text("dag van inschrijving", "day of registration")),
    "list_date": (pl.Date(), Text("datum die telt op de lijst", "date that counts on the list")),
    "birth_date": (pl.Date(), Text("geboortedatum", "date of birth")),
    "area": (pl.String(), Text("gemeente waar u woont", "municipality where you live")),
    "area_at_registration": (
        pl.String(),
        Text("gemeente waar u woonde bij de inschrijving", "municipality where you lived when you registered"),
    ),
    "zone": (pl.String(), Text("zorgzone waar u woont", "care zone where you live")),
    "province": (pl.String(), Text("provincie waar u woont", "province where you live")),
    "category": (pl.String(), Text("gemeten zorgnood", "measured need of care")),
    "category_on": (pl.Date(), Text("dag van die meting", "day of that measurement")),
    "category_valid": (pl.Boolean(), Text("of die meting nog geldt", "whether that measurement still holds")),
    "heavy": (pl.Boolean(), Text("of dat zware zorg is", "whether that is heavy care")),
    "ready": (pl.Boolean(), Text("of u nu wilt komen", "whether you want to come now")),
    "wished_from": (pl.Date(), Text("dag vanaf wanneer u wilt komen", "day from which you want to come")),
    "preference": (pl.Int64(), Text("de hoeveelste keuze dit is", "which choice this is")),
    "from_place": (pl.String(), Text("waar u nu verblijft", "where you stay now")),
    "ward": (pl.String(), Text("gevraagde afdeling", "ward that is asked for")),
    "couple": (pl.Boolean(), Text("of u samen met iemand komt", "whether you come together with somebody")),
}  # fmt: skip
# About the home, the same in each row.
OF_HOME: dict[str, tuple[pl.DataType, Text]] = {
    "home_area": (pl.String(), Text("gemeente van de voorziening", "municipality of the home")),
    "home_zone": (pl.String(), Text("zorgzone van de voorziening", "care zone of the home")),
    "home_province": (pl.String(), Text("provincie van de voorziening", "province of the home")),
    "home_residents": (pl.Int64(), Text("aantal bewoners", "number of residents")),
    "home_heavy_share": (pl.Float64(), Text("deel bewoners met zware zorg", "share of residents with heavy care")),
}  # fmt: skip
# What follows from the day for which the list is made.
OF_DAY: dict[str, tuple[pl.DataType, Text]] = {
    "on": (pl.Date(), Text("dag waarop de lijst gemaakt wordt", "day for which the list is made")),
    "age": (pl.Int64(), Text("leeftijd op die dag", "age on that day")),
}
COLUMNS = {**OF_ENTRY, **OF_HOME, **OF_DAY}
# Whether somebody may come can't hang on what has no order.
_ORDERED = (pl.Int64(), pl.Float64(), pl.Date(), pl.Boolean())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward(Condition):
    """A part of the home with a list of its own: only who meets its rule is offered a place there."""

    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority(Dated):
    """Who goes before others, in the sequence of the file: the first that somebody meets is theirs.

    `while_`: a rule over the columns of the home; when it isn't met, or its facts are unknown, nobody has this
    priority, and `paused` says so. "" for always.
    """

    id: str
    rule: str
    text: Text
    while_: str = ""
    paused: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Dated):
    """Points that a fact gives: a rule that gives a whole number; no number counts as none."""

    id: str
    rule: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRules:
    """The rules of one home, or of homes that share them. `fictitious`: made up, as an example.

    `facts`: what the region lets homes ask about who waits, by name with its type; rules may name these too.
    """

    id: str
    name: Text
    programme: str
    note: Text = field(default_factory=Text)
    fictitious: bool = False
    facts: Mapping[str, pl.DataType] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    wards: tuple[Ward, ...] = ()
    priorities: tuple[Priority, ...] = ()
    points: tuple[Points, ...] = ()
    orders: tuple[Order, ...] = ()

    def columns(self) -> dict[str, pl.DataType]:
        """Every column that these rules may name, with its type."""
        return {**{name: kind for name, (kind, _) in COLUMNS.items()}, **self.facts}


def faults(rules: HomeRules) -> list[ProgrammeFault]:
    """Everything that is wrong with a home's rules; paths are in the words of its file."""
    return [*_rules(rules), *_whiles(rules), *_ids(rules), *_ends(rules), *_orders(rules)]


def _with_ids(rules: HomeRules) -> dict[str, Sequence[Condition | Priority | Points]]:
    """What has an id and a rule, by the key that it has in a file."""
    return {
        "condition": rules.conditions,
        "ward": rules.wards,
        "priority": rules.priorities,
        "points": rules.points,
    }


def _rules(rules: HomeRules) -> Iterator[ProgrammeFault]:
    columns = rules.columns()
    for key, values in _with_ids(rules).items():
        for index, value in enumerate(values):
            gives = "integer" if key == "points" else "boolean"
            yield from rule_faults((key, index, "rule"), value.rule, columns, gives)


def _whiles(rules: HomeRules) -> Iterator[ProgrammeFault]:
    columns = {name: kind for name, (kind, _) in OF_HOME.items()}
    for index, priority in enumerate(rules.priorities):
        if bool(priority.while_) != bool(priority.paused):
            path: Path = ("priority", index, "paused" if priority.while_ else "while")
            expected = "both, or neither: a rule for when it counts, and what is said when it does not"
            yield ProgrammeFault(path, "A priority that can stop says when and tells it.", "one", expected)
        if priority.while_:
            yield from rule_faults(("priority", index, "while"), priority.while_, columns, "boolean")


def _ids(rules: HomeRules) -> Iterator[ProgrammeFault]:
    """An id may come back when its rule changes on a day, never twice on one day."""
    for key, values in _with_ids(rules).items():
        for index, value in enumerate(values):
            for earlier in values[:index]:
                if earlier.id == value.id and _overlap(earlier, value):
                    expected = f"an end of the one from {earlier.from_}, or another id"
                    yield ProgrammeFault(
                        (key, index, "id"), "This holds twice on one day.", value.id, expected
                    )


def _overlap(one: Dated, other: Dated) -> bool:
    first, second = sorted((one, other), key=lambda dated: dated.from_)
    return first.until is None or second.from_ < first.until


def _ends(rules: HomeRules) -> Iterator[ProgrammeFault]:
    series: dict[str, Sequence[Dated]] = {**_with_ids(rules), "order": rules.orders}
    for key, values in series.items():
        for index, value in enumerate(values):
            if value.until is not None and value.until <= value.from_:
                expected = f"a date after {value.from_}"
                yield ProgrammeFault(
                    (key, index, "until"), "This ends before it begins.", value.until, expected
                )


def _orders(rules: HomeRules) -> Iterator[ProgrammeFault]:
    if not rules.orders:
        yield ProgrammeFault(("order",), "A home says who goes first.", "nothing", "[[order]]")
    for index, order in enumerate(rules.orders):
        path: Path = ("order", index, "by")
        if not order.by or order.by[-1] != "id":
            found = order.by[-1] if order.by else "nothing"
            yield ProgrammeFault(path, "The order leaves two entries equal.", found, "“id” as the last")
        for key in order.by:
            yield from _key_faults(rules, path, key)


def _key_faults(rules: HomeRules, path: Path, key: str) -> Iterator[ProgrammeFault]:
    name = key.removeprefix("-")
    if name in MADE:
        return
    kind = rules.columns().get(name)
    if kind is None:
        expected = f"one of: {', '.join([*MADE, *rules.columns()])}"
        yield ProgrammeFault(path, "The order names a column that no list has.", name, expected)
    elif kind not in _ORDERED:
        yield ProgrammeFault(
            path, "The order can't use this column.", name, "a date, a number or a yes or no"
        )
