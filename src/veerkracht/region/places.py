"""Words of a region for what there is of places: kinds of services and units, why a unit is closed, kinds of growth
(`places.toml`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from veerkracht.region.ids import read_by_id, read_id
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Assumption, Source, Text

FILE = "places.toml"
# What a kind of growth adds: places of the kind of help itself, extra recognition of places that are there, or what is
# counted apart.
PLACES, EXTRA, OTHER = ADDS = ("places", "extra-recognition", "other")
# What closes such places in a forecast by itself: the staff model, or the days between two stays.
BY_STAFF, BY_TURNOVER = PLAYED_BY = ("staff", "turnover")


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
    """All of the file, each by its id. `before_names`: words that stand before a person's name, such as "Mrs".
    `played_by`: of the closures that a forecast plays by itself, by what (one of `PLAYED_BY`)."""

    freshness: Freshness
    kinds: dict[str, UnitKind]
    services: dict[str, Text]
    closures: dict[str, Text]
    growth_kinds: dict[str, GrowthKind]
    before_names: tuple[str, ...] = ()
    played_by: dict[str, str] = field(default_factory=dict)

    def sleeps(self, kind: str) -> int:
        """For how many people a unit of a kind is; 1 for a kind that is not in the file."""
        return self.kinds[kind].sleeps if kind in self.kinds else 1


def read_places(reader: Reader) -> Places | None:
    """The words that a file gives; None when it has a fault. Notes every fault."""
    before = len(reader.faults.all)
    freshness = reader.table("freshness", required=True)
    closures = read_by_id(reader, "closure", _closure)
    places = Places(
        freshness=_freshness(freshness) if freshness else Freshness(1, None, None),
        kinds=read_by_id(reader, "unit", _unit),
        services={one.id: one.name for one in read_by_id(reader, "service", _named).values()},
        closures={one.id: one.name for one in closures.values()},
        growth_kinds=read_by_id(reader, "growth", _growth),
        before_names=reader.strings("before_names", required=False),
        played_by={one.id: one.played_by for one in closures.values() if one.played_by},
    )
    reader.done()
    return None if len(reader.faults.all) > before else places


def _freshness(reader: Reader) -> Freshness:
    days = reader.integer("days", low=1)
    freshness = Freshness(days or 1, *reader.origin())
    reader.done()
    return freshness


def _unit(reader: Reader) -> UnitKind:
    sleeps = reader.integer("sleeps", required=False, low=1) or 1
    kind = UnitKind(read_id(reader), reader.words("name"), sleeps)
    reader.done()
    return kind


def _growth(reader: Reader) -> GrowthKind:
    kind = GrowthKind(read_id(reader), reader.words("name"), reader.choice("adds", ADDS, PLACES))
    reader.done()
    return kind


@dataclass(frozen=True, slots=True)
class _Named:
    """A service or a closure."""

    id: str
    name: Text
    played_by: str = ""


def _named(reader: Reader) -> _Named:
    named = _Named(read_id(reader), reader.words("name"))
    reader.done()
    return named


def _closure(reader: Reader) -> _Named:
    closure = _Named(read_id(reader), reader.words("name"), reader.choice("played_by", PLAYED_BY, ""))
    reader.done()
    return closure
