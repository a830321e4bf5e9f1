"""Stays in homes: why they end, absences, the parts of a day price and when it may rise (`residence.toml`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from veerkracht.region.figures import Figures
from veerkracht.region.ids import UNREAD_DATE, read_by_id, read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.day_prices import KINDS, PASSING, RHYTHMS, Ground, Passing, PriceRule
from veerkracht.rulebook.types import Assumption, Source, Text

FILE = "residence.toml"
LOWERS, RAISES = EFFECTS = ("lowers", "raises")
_LATEST_DAY = 28
_NONE = "There is none of these."


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a stay ends. `death`: the person died, which ends all that they ask and have."""

    id: str
    name: Text
    death: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """Why somebody is away while their place is kept. `billed`: whether such a day counts as a billed day."""

    id: str
    name: Text
    billed: bool
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a day price."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class ContributionKind:
    """What is paid for a stay beside the day price. `effect`: whether it lowers or raises the resident's bill."""

    id: str
    name: Text
    effect: str
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class ReferenceYear:
    """The year over which occupancy and care intensity are counted: from a day of a month, to the day before it."""

    month: int
    day: int
    source: Source | None
    assumption: Assumption | None

    def of(self, day: date) -> tuple[date, date]:
        """The first and the last day of the reference year in which a day is."""
        begins = date(day.year, self.month, self.day)
        first = begins if day >= begins else date(day.year - 1, self.month, self.day)
        return first, date(first.year + 1, self.month, self.day) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PublishedHomes:
    """What was published of all homes together on a day: what a demo world at full size shows.

    `extra`: of the places, with extra recognition. `occupied`, `heavy`: shares, of the places and of the residents.
    `price_cents`: a day, on average. `service_kind`, `unit_kinds`: as the region calls such a home and its rooms, the
    most usual first.
    """

    on: date
    homes: int
    places: int
    extra: int
    occupied: float
    heavy: float
    price_cents: int
    service_kind: str
    unit_kinds: tuple[str, ...]
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True)
class ResidenceRules:
    """All of the file. `programmes`: in which a stay is a residence."""

    programmes: tuple[str, ...]
    reference_year: ReferenceYear
    reasons: dict[str, Reason]
    absences: dict[str, Absence]
    parts: dict[str, Part]
    grounds: dict[str, Ground]
    price_rules: tuple[PriceRule, ...]
    passings: tuple[Passing, ...]
    contributions: dict[str, ContributionKind]
    published: PublishedHomes | None

    @property
    def death(self) -> Reason:
        """The reason of a stay that ends with a death; there is just one."""
        return next(one for one in self.reasons.values() if one.death)


def read_residence(reader: Reader, programmes: Collection[str], figures: Figures) -> ResidenceRules | None:
    """The rules in a file; None when it has a fault. `programmes`, `figures`: those that it may name."""
    before = len(reader.faults.all)
    year = reader.table("reference_year", required=True)
    published = reader.table("published")
    found = _programmes(reader, programmes)
    reference_year = _year(year) if year else None
    reasons = read_by_id(reader, "end_reason", _reason, _NONE)
    _one_death(reader, reasons)
    absences = read_by_id(reader, "absence", _absence, _NONE)
    parts = read_by_id(reader, "price_part", _part, _NONE)
    grounds = read_by_id(reader, "price_ground", _ground, _NONE)
    rules = tuple(_rule(table) for table in reader.tables("price_rule"))
    passings = tuple(_passing(table) for table in reader.tables("index_passing"))
    contributions = read_by_id(reader, "contribution", _contribution, _NONE)
    homes = _published(published, figures) if published else None
    reader.done()
    if reference_year is None or len(reader.faults.all) > before:
        return None
    return ResidenceRules(
        programmes=found,
        reference_year=reference_year,
        reasons=reasons,
        absences=absences,
        parts=parts,
        grounds=grounds,
        price_rules=rules,
        passings=tuple(sorted(passings, key=lambda one: one.on)),
        contributions=contributions,
        published=homes,
    )


def _programmes(reader: Reader, known: Collection[str]) -> tuple[str, ...]:
    found = reader.strings("programmes")
    for index, id in enumerate(found):
        # Of programmes that could not be read nothing is known.
        if known and id not in known:
            expected = one_of(sorted(known), id)
            reader.fault(("programmes", index), "There is no such programme.", id, expected)
    return found


def _year(reader: Reader) -> ReferenceYear:
    source, assumption = reader.origin()
    month, day = reader.integer("month", low=1) or 1, reader.integer("day", low=1) or 1
    if month > 12:
        reader.fault("month", "There is no such month.", month, "a month from 1 to 12")
    if day > _LATEST_DAY:
        reader.fault("day", "Not every month has this day.", day, f"a day from 1 to {_LATEST_DAY}")
    reader.done()
    return ReferenceYear(min(month, 12), min(day, _LATEST_DAY), source, assumption)


def _reason(reader: Reader) -> Reason:
    found = Reason(read_id(reader), reader.words("name"), reader.flag("death", default=False))
    reader.done()
    return found


def _one_death(reader: Reader, reasons: dict[str, Reason]) -> None:
    deaths = [one.id for one in reasons.values() if one.death]
    if reasons and len(deaths) != 1:
        found = ", ".join(deaths) or "none"
        reader.fault("end_reason", "Just one reason is a death.", found, "death = true, once")


def _absence(reader: Reader) -> Absence:
    source, assumption = reader.origin()
    found = Absence(
        read_id(reader), reader.words("name"), reader.flag("billed", default=True), source, assumption
    )
    reader.done()
    return found


def _part(reader: Reader) -> Part:
    found = Part(read_id(reader), reader.words("name"))
    reader.origin()
    reader.done()
    return found


def _ground(reader: Reader) -> Ground:
    found = Ground(read_id(reader), reader.words("name"), reader.choice("kind", KINDS))
    reader.done()
    return found


def _rule(reader: Reader) -> PriceRule:
    source, assumption = reader.origin()
    from_, until = reader.day("from") or UNREAD_DATE, reader.day("until", required=False)
    rhythm = reader.choice("rhythm", RHYTHMS)
    passes = rhythm == PASSING
    earliest = reader.integer("earliest_months", low=0) if passes else 0
    latest = reader.integer("latest_months", low=0) if passes else 0
    if (latest or 0) < (earliest or 0):
        reader.fault("latest_months", "This ends before it begins.", latest, f"at least {earliest}")
    share = reader.number("share_a_year", required=False, low=0)
    rule = PriceRule(
        from_=from_,
        until=until,
        source=source,
        assumption=assumption,
        id=read_id(reader),
        text=reader.words("text"),
        rhythm=rhythm,
        earliest_months=earliest or 0,
        latest_months=latest or 0,
        share_a_year=None if share is None else _exact(share),
    )
    reader.done()
    return rule


def _passing(reader: Reader) -> Passing:
    source, assumption = reader.origin()
    found = Passing(
        reader.day("on") or UNREAD_DATE, _exact(reader.number("share", low=0) or 0), source, assumption
    )
    reader.done()
    return found


def _exact(value: float) -> Fraction:
    """A number as it is written in the file: 0.02 is two hundredths."""
    return Fraction(str(value))


def _contribution(reader: Reader) -> ContributionKind:
    source, assumption = reader.origin()
    found = ContributionKind(
        read_id(reader), reader.words("name"), reader.choice("effect", EFFECTS), source, assumption
    )
    reader.done()
    return found


def _published(reader: Reader, figures: Figures) -> PublishedHomes:
    source, assumption = reader.origin()
    found = {
        key: _figure(table, figures)
        for key in ("homes", "places", "extra", "occupied", "heavy", "price")
        if (table := reader.table(key, required=True))
    }
    on, kind = reader.day("on") or UNREAD_DATE, reader.string("service_kind")
    unit_kinds = reader.strings("unit_kinds")
    reader.done()
    return PublishedHomes(
        on=on,
        service_kind=kind,
        unit_kinds=unit_kinds,
        homes=round(found.get("homes", 0)),
        places=round(found.get("places", 0)),
        extra=round(found.get("extra", 0)),
        occupied=found.get("occupied", 0.0),
        heavy=found.get("heavy", 0.0),
        price_cents=round(found.get("price", 0) * 100),
        source=source,
        assumption=assumption,
    )


def _figure(reader: Reader, figures: Figures) -> float:
    series, on = reader.string("series"), reader.day("on")
    value = figures.value(series, on) if on else None
    # Of figures that could not be read nothing is known.
    if series and on and value is None and figures.frame.height:
        reader.fault(
            "series", "There is no such figure.", f"{series} {on}", "a series and a date of figures/*.csv"
        )
    reader.done()
    return value or 0.0
