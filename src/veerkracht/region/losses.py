"""Places without a list, where who finds none is turned away: crisis shelters (`losses/*.toml`).

A file says, of one kind of help of the crisis desk, how many searches for a place there are and from where, how long
stays last, and how many places there are in each zone. The zones, and where the desk looks next, are those of the desk
(`crisis/desk.toml`): all of them, and in its order, which no file here can say otherwise. Little is published: what is
not says `assumption`, with its range. `lost.share`, where it is known, is what came of it all: a forecast keeps only
what agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isclose

from veerkracht.region.crisis import FILE as DESK_FILE
from veerkracht.region.crisis import Crisis
from veerkracht.region.named_numbers import Limits, read_numbers
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import Assumption, Parameter, Source, Text

_ABOVE_NONE = 1e-6
_NUMBERS = {
    "searches": Limits(0),
    "stay.days": Limits(_ABOVE_NONE),
    "places": Limits(0),
    "near.share": Limits(0, 1),
}
_OPTIONAL = {
    "turnover.days": Limits(0, inf),
    "together.share": Limits(0, 1),
    "together.places": Limits(1, inf),
    "lost.share": Limits(0, 1),
}


@dataclass(frozen=True, slots=True)
class LossZone:
    """A zone of the desk. `searches`, `places`: its share of all. `further`: the zones in which is looked next."""

    id: str
    name: Text
    searches: float
    places: float
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelters:
    """Places of one kind of help without a list. `unit`: what a place is called, in the plural.

    `numbers`: `searches` a year, `stay.days`, `places`, `near.share` (of the searches that can't go to another zone);
    perhaps `turnover.days`, `together.share` and `together.places` (of who needs several places at once), `lost.share`.
    """

    kind: str
    name: Text
    summary: Text
    unit: Text
    zones: tuple[LossZone, ...]
    numbers: tuple[Parameter, ...]
    source: Source | None = None
    assumption: Assumption | None = None


def read_all_losses(readers: Iterable[Reader], crisis: Crisis | None) -> dict[str, Shelters]:
    """What every file says, by the kind of help. Notes every fault. `crisis`: the region's desk; None: it has none, or
    one that can't be read."""
    found: dict[str, Shelters] = {}
    for reader in readers:
        if crisis is None:
            # Of a desk that could not be read nothing is known: one fault is enough.
            if any(fault.file.startswith((DESK_FILE, "programmes/")) for fault in reader.faults.all):
                continue
            reader.fault(
                None, "Without a crisis desk nobody looks for these places.", "nothing", "crisis/desk.toml"
            )
            continue
        shelters = _read(reader, crisis)
        if shelters.kind in found:
            reader.fault("kind", "This kind of help has two such files.", shelters.kind, "one file each")
        found[shelters.kind] = shelters
    return found


def _read(reader: Reader, crisis: Crisis) -> Shelters:
    kind = reader.choice("kind", crisis.kinds)
    zones = [zone for table in reader.tables("zone") if (zone := _zone(table, crisis))]
    source, assumption = reader.origin()
    shelters = Shelters(
        kind=kind,
        name=crisis.kinds[kind].name,
        summary=reader.words("summary"),
        unit=reader.words("unit"),
        zones=tuple(zones),
        numbers=read_numbers(reader, _NUMBERS, _OPTIONAL),
        source=source,
        assumption=assumption,
    )
    _check_zones(reader, shelters, crisis)
    reader.done()
    return shelters


def _zone(reader: Reader, crisis: Crisis) -> LossZone | None:
    id = reader.string("id")
    zone = crisis.zones.get(id)
    if id and zone is None:
        reader.fault("id", "The desk has no such zone.", id, one_of(sorted(crisis.zones), id))
    searches, places = reader.number("searches", low=0), reader.number("places", low=0)
    reader.done()
    return LossZone(id, zone.name, searches or 0.0, places or 0.0, zone.falls_back_on) if zone else None


def _check_zones(reader: Reader, shelters: Shelters, crisis: Crisis) -> None:
    ids = [zone.id for zone in shelters.zones]
    missing = [id for id in crisis.zones if id not in ids]
    if missing:
        reader.fault("zone", "The desk looks in these zones too.", "nothing", ", ".join(missing))
    for one, other in pairwise(sorted(ids)):
        if one == other:
            reader.fault("zone", "This zone stands there twice.", one, "each zone once")
    for key in ("searches", "places"):
        total = sum(getattr(zone, key) for zone in shelters.zones)
        if not isclose(total, 1.0, abs_tol=1e-6):
            reader.fault("zone", f"The shares of {key} do not add up to one.", f"{total:g}", "1")
