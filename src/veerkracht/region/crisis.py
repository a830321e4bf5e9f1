"""The crisis desk of a region: `crisis/desk.toml`.

For which programme it looks for places, where it looks first and next, its shifts, its words, and for how long it keeps
names. Which help there is, which places fit and how long one is held stand in the programme's own file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import polars as pl

from veerkracht.region.ids import Item, Named, read_by_id, read_explained, read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.matching import Matching
from veerkracht.rulebook.now import Kind, NowProgramme
from veerkracht.rulebook.types import Assumption, Source, Text

FILE = "crisis/desk.toml"
# Who comes a little before the hour begins their shift then.
_EARLY = timedelta(hours=1)
LEVELS = ("zone", "region", "province")
# Lists of words to choose from, by the name of their tables.
CHOICES = (
    "channel",
    "caller",
    "topic",
    "advice",
    "language",
    "refusal",
    "none_reason",
    "fallback",
    "transport",
    "call_back_answer",
)


@dataclass(frozen=True, slots=True)
class Zone:
    """Where one desk looks first: the municipalities of a larger area (`level` and its `code`). `falls_back_on`: the
    zones that follow when there is nothing, in that order.
    """

    id: str
    name: Text
    level: str
    code: str
    falls_back_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """A shift, by the clock on the wall. `until` at or before `from_`: it ends on the next day."""

    id: str
    name: Text
    from_: time
    until: time

    def ends(self, at: datetime, zone: str) -> datetime | None:
        """When the shift that runs at a moment, or begins within the hour, ends in a time zone; None when it does not.

        By the wall: a night in which the clocks change lasts an hour less or more.
        """
        place = ZoneInfo(zone)
        today = at.astimezone(place).date()
        for day in (today - timedelta(days=1), today):
            begins, ends = self._on(day, place)
            if begins - _EARLY <= at < ends:
                return ends
        return None

    def _on(self, day: date, place: ZoneInfo) -> tuple[datetime, datetime]:
        last = day if self.until > self.from_ else day + timedelta(days=1)
        begins = datetime.combine(day, self.from_, tzinfo=place)
        # As moments: two times of one zone are compared by the wall, and an hour that comes twice would be one.
        return begins.astimezone(UTC), datetime.combine(last, self.until, tzinfo=place).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Keeping:
    """After how many days who called is no longer kept by name. How often is counted stays."""

    days: int
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True)
class Crisis:
    """All that the file says. `programme`: the help for which it looks for places. `choices`: by the name of the list
    (`CHOICES`) and by id. `zone_by_area`: the id of the zone of each municipality that lies in one.
    """

    programme: NowProgramme
    zones: dict[str, Zone]
    shifts: dict[str, ShiftKind]
    keeping: Keeping
    choices: dict[str, dict[str, Named]]
    zone_by_area: dict[str, str]

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of help that are sought, by id, in the order of the programme's file."""
        return {kind.id: kind for kind in self.programme.help_kinds}

    @property
    def matching(self) -> Matching:
        """Which places fit, and in which order they are asked."""
        return self.programme.matching

    def zone_of(self, area: str) -> Zone | None:
        """The zone of a municipality; None for one that lies in none."""
        return self.zones.get(self.zone_by_area.get(area, ""))

    def step_to(self, zone: str, other: str) -> int | None:
        """How far a search in a zone has fallen back when it looks in another: 0 for itself; None: it never does."""
        if zone == other:
            return 0
        order = self.zones[zone].falls_back_on
        return order.index(other) + 1 if other in order else None


def read_crisis(reader: Reader, areas: pl.DataFrame, programmes: Mapping[str, NowProgramme]) -> Crisis | None:
    """What a file says; None when it has a fault. `areas`: the region's municipalities. `programmes`: those of help
    that is given at once.
    """
    before = len(reader.faults.all)
    zones = _by_id(reader, "zone", lambda table: _zone(table, areas))
    for index, zone in enumerate(zones.values()):
        _check_fall_back(reader, index, zone, zones)
    keeping = reader.table("keeping", required=True)
    programme = _programme(reader, programmes)
    shifts = _by_id(reader, "shift", _shift)
    choices = {key: _by_id(reader, key, read_explained) for key in CHOICES}
    kept = _keeping(keeping) if keeping else Keeping(0)
    reader.done()
    if programme is None or len(reader.faults.all) != before:
        return None
    return Crisis(programme, zones, shifts, kept, choices, _zone_by_area(zones, areas))


def _programme(reader: Reader, programmes: Mapping[str, NowProgramme]) -> NowProgramme | None:
    id = reader.string("programme")
    # Of programmes that could not be read nothing is known: one fault is enough.
    sound = not any(fault.file.startswith("programmes/") for fault in reader.faults.all)
    if id and id not in programmes and sound:
        message = "There is no such programme of help that is given at once."
        reader.fault("programme", message, id, one_of(sorted(programmes), id))
    return programmes.get(id)


def _by_id(reader: Reader, key: str, read: Callable[[Reader], Item]) -> dict[str, Item]:
    """By id, each once; a desk can't work without any."""
    found = read_by_id(reader, key, read)
    if not reader.data.get(key):
        reader.fault(key, "A crisis desk needs at least one.", "nothing", f"[[{key}]]")
    return found


def _zone(reader: Reader, areas: pl.DataFrame) -> Zone:
    level, code = reader.choice("level", LEVELS), reader.string("code")
    known = set(areas[level].to_list())
    # Of areas that could not be read nothing is known.
    if code and known and code not in known:
        reader.fault(
            "code", f"The region has no such {level}.", code, one_of(sorted(filter(None, known)), code)
        )
    zone = Zone(read_id(reader), reader.words("name"), level, code, reader.strings("falls_back_on"))
    reader.done()
    return zone


def _zone_by_area(zones: Mapping[str, Zone], areas: pl.DataFrame) -> dict[str, str]:
    """Where zones overlap, the first of the file."""
    found: dict[str, str] = {}
    for zone in zones.values():
        for code in areas.filter(pl.col(zone.level) == zone.code)["code"]:
            found.setdefault(code, zone.id)
    return found


def _check_fall_back(reader: Reader, index: int, zone: Zone, zones: Mapping[str, Zone]) -> None:
    for place, other in enumerate(zone.falls_back_on):
        path = ("zone", index, "falls_back_on", place)
        if other not in zones or other == zone.id:
            expected = one_of([id for id in zones if id != zone.id], other)
            reader.fault(path, "A zone falls back on another zone.", other, expected)
        elif other in zone.falls_back_on[:place]:
            reader.fault(path, "This zone stands there twice.", other, "each zone once")


def _shift(reader: Reader) -> ShiftKind:
    shift = ShiftKind(read_id(reader), reader.words("name"), _time(reader, "from"), _time(reader, "until"))
    reader.done()
    return shift


def _time(reader: Reader, key: str) -> time:
    text = reader.string(key)
    # Hours and minutes alone: Python's own reading takes seconds, and a bare hour, as well.
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        return time.fromisoformat(text)
    if text:
        reader.fault(key, "This is not a time of the day.", text, "hours and minutes, such as “22:00”")
    return time()


def _keeping(reader: Reader) -> Keeping:
    source, assumption = reader.origin()
    keeping = Keeping(reader.integer("days", low=1) or 1, source, assumption)
    reader.done()
    return keeping
