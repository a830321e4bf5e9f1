"""Words of a region for what there is of places: kinds of services and units, why a unit is closed, kinds of growth
(`places.toml`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from veerkracht.region.ids import read_id
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Assumption, Source, Text

FILE = "places.toml"
# What a kind of growth adds: places of the kind of help itself, extra recognition of places that are there, or what is
# counted apart.
PLACES, EXTRA, OTHER = ADDS = ("places", "extra-recognition", "other")


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit, for so many people unless one unit says otherwise."""

    id: str
    name: Text
    sleeps: int


@dataclass(frozen=True, slots=True)
class GrowthKind:
    """A kind of growth in the calendar, and what it `adds` (one of `ADDS`)."""

    id: str
    name: Text
    adds: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """For how many days what an organisation said of its places can be relied on."""

    days: int
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True)
class Places:
    """All of the file, each by its id. `before_names`: words that stand before a person's name, such as "Mrs"."""

    freshness: Freshness
    kinds: dict[str, UnitKind]
    services: dict[str, Text]
    closures: dict[str, Text]
    growth_kinds: dict[str, GrowthKind]
    before_names: tuple[str, ...] = ()

    def sleeps(self, kind: str) -> int:
        """For how many people a unit of a kind is; 1 for a kind that is not in the file."""
        return self.kinds[kind].sleeps if kind in self.kinds else 1


def read_places(reader: Reader) -> Places | None:
    """The words that a file gives; None when it has a fault. Notes every fault."""
    before = len(reader.faults.all)
    freshness = reader.table("freshness", required=True)
    places = Places(
        freshness=_freshness(freshness) if freshness else Freshness(1, None, None),
        kinds=_once(reader, "unit", [(id, _unit(table, id)) for table, id in _ids(reader, "unit")]),
        services=_once(reader, "service", _named(reader, "service")),
        closures=_once(reader, "closure", _named(reader, "closure")),
        growth_kinds=_once(
            reader, "growth", [(id, _growth(table, id)) for table, id in _ids(reader, "growth")]
        ),
        before_names=reader.strings("before_names", required=False),
    )
    reader.done()
    return None if len(reader.faults.all) > before else places


def _freshness(reader: Reader) -> Freshness:
    days = reader.integer("days", low=1)
    freshness = Freshness(days or 1, *reader.origin())
    reader.done()
    return freshness


def _ids(reader: Reader, key: str) -> list[tuple[Reader, str]]:
    return [(table, read_id(table)) for table in reader.tables(key)]


def _unit(reader: Reader, id: str) -> UnitKind:
    kind = UnitKind(id, reader.words("name"), reader.integer("sleeps", required=False, low=1) or 1)
    reader.done()
    return kind


def _growth(reader: Reader, id: str) -> GrowthKind:
    kind = GrowthKind(id, reader.words("name"), reader.choice("adds", ADDS, PLACES))
    reader.done()
    return kind


def _named(reader: Reader, key: str) -> list[tuple[str, Text]]:
    found = []
    for table, id in _ids(reader, key):
        found.append((id, table.words("name")))
        table.done()
    return found


Named = TypeVar("Named", UnitKind, GrowthKind, Text)


def _once(reader: Reader, key: str, ones: Sequence[tuple[str, Named]]) -> dict[str, Named]:
    """By id, each once."""
    named: dict[str, Named] = {}
    for id, one in ones:
        if id in named:
            reader.fault(key, "This id is used twice.", id, "each id once")
        named[id] = one
    return named
