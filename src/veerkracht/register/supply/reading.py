"""A CSV file of places read: every row that could be added, and every fault with its line and field.

A row is a unit of a service; a service that isn't there yet is added with its first unit. A secret address can't come
by file: it would stand in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from veerkracht import region
from veerkracht.region.csv_lines import NOT_POSSIBLE, NOTHING, Row
from veerkracht.region.reader import said_one_of
from veerkracht.register.csv_files import Brought, Limits, Report, brought
from veerkracht.register.formulas import unguarded
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.people.areas import names
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import may
from veerkracht.register.supply import closure_reading
from veerkracht.register.supply.closure_changes import Change, Told, changes
from veerkracht.register.supply.closure_reading import Closed
from veerkracht.register.supply.fields import (
    NAME_OR_NUMBER,
    NO_AREA,
    NO_PROGRAMME,
    NOT_YOURS,
    at_most,
    by_name_or_number,
    chosen,
    short,
)
from veerkracht.register.supply.models import Service, Unit
from veerkracht.register.supply.public_words import before_names, named_in, people_of, titled
from veerkracht.rulebook.types import Text

COLUMNS = ("organisation", "programme", "service", "area", "unit", "from")
OPTIONAL = ("service_kind", "address", "kind", "sleeps", "ward", "until", *closure_reading.COLUMNS)
LIMITS = Limits(bytes=20_000_000, rows=100_000)
MOST_SLEEPERS = 20
_LENGTHS = {"service": 200, "unit": 100, "ward": 100, "kind": 60, "address": 200}
_NO_KIND_OF_SERVICE = Text(nl="Deze soort dienst is er niet.", en="There is no such kind of service.")
_NO_KIND_OF_UNIT = Text(nl="Deze soort eenheid is er niet.", en="There is no such kind of unit.")
_ENDS_FIRST = Text(nl="Dit eindigt voor het begint.", en="This ends before it begins.")
_TWICE = Text(nl="Deze eenheid staat er twee keer.", en="This unit stands there twice.")
_OTHER_SERVICE = Text(nl="Deze dienst is er anders.", en="This service is there otherwise.")
_OTHER_UNIT = Text(nl="Deze eenheid is er anders.", en="This unit is there otherwise.")
_A_NAME = Text(
    nl="Iedereen kan dit lezen, en er staat een naam van een persoon in.",
    en="Everybody can read this, and it holds a person's name.",
)
_NO_NAME = Text(nl="geen naam van een persoon", en="no person's name")


@dataclass(frozen=True)
class NewService:
    """A service that a file adds."""

    organisation: Organisation
    programme: str
    name: str
    area: str
    kind: str
    address: str


@dataclass(frozen=True)
class NewUnit:
    """A unit that a file adds. `service`: the one that is there, or the one that the file adds."""

    line: int
    service: Service | NewService
    name: str
    kind: str
    sleeps: int
    ward: str
    from_date: date
    until_date: date | None
    closed: Closed | None


@dataclass(frozen=True)
class PlacesReport(Report):
    """What became of a file of places: `added` are units, `services_added` the services that came with them, and
    `closings_changed` the closings of places that are there, which it changed or added.
    """

    services_added: int = 0
    closings_changed: int = 0


@dataclass(frozen=True)
class Read:
    """What is new in a file: units, and closings of units that are there. `closed`: the units that are there of which
    it tells a closing, changed or not.
    """

    new: Sequence[NewUnit]
    closings: Sequence[Change]
    closed: Sequence[int]


def read(data: bytes, file: str, by: Actor) -> tuple[Read, PlacesReport]:
    """What is new in a file, and the report on all of it; nothing is written."""
    given = brought(data, file, COLUMNS, OPTIONAL, LIMITS)
    known = _Known(by)
    found = [unit for unit in map(known.unit, given.rows) if unit]
    new, told = known.new(found, given)
    closings = changes(told, given)
    report = PlacesReport.on(given, already=len(told) - len(closings))
    return Read(new, closings, [one.unit.pk for one in told if one.closed]), report


class _Known:
    """What is there of the organisations for which somebody may add places, and what the file adds to it."""

    def __init__(self, by: Actor):
        own = (
            Organisation.objects.all()
            if by.role == COMMAND
            else Organisation.objects.filter(pk=by.organisation_id)
        )
        organisations = list(own)
        self.by, self.areas, self.words = by, names(), region.current().places
        self.people: dict[int, frozenset[str]] = {}
        self.before = before_names()
        self.programmes = {id for id in region.current().kinds_of_help if may("place.manage", by, id)}
        self.organisations = by_name_or_number(organisations)
        services = Service.objects.filter(organisation__in=organisations).select_related("location")
        self.services: dict[tuple[int, str, str], Service | NewService] = {
            (one.organisation_id, one.programme, one.name): one for one in services
        }

    def unit(self, row: Row) -> NewUnit | None:
        """What a row adds; None, with its faults noted, when that can't be."""
        service = self._service(row)
        kind, name, from_ = self._kind(row, "kind"), _short(row, "unit"), row.day("from")
        until, sleeps = row.day("until", required=False), self._sleeps(row, kind)
        if from_ and until and until < from_:
            expected = Text(nl=f"een datum vanaf {from_}, of niets", en=f"a date from {from_}, or nothing")
            row.fault("until", _ENDS_FIRST, until, expected)
        ward = _short(row, "ward", required=False)
        _nameless(row, "unit", titled(name, self.before))
        _nameless(row, "ward", titled(ward, self.before))
        closed = closure_reading.closed(row, from_, until)
        if row.wrong or service is None or from_ is None:
            return None
        return NewUnit(row.line, service, name, kind, sleeps, ward, from_, until, closed)

    def new(self, found: Sequence[NewUnit], file: Brought) -> tuple[list[NewUnit], list[Told]]:
        """The units that are not there yet, and what is told of the closings of those that are; a unit that is there
        otherwise, or stands there twice, is a fault.
        """
        ids = {unit.service.pk for unit in found if isinstance(unit.service, Service)}
        there = {(one.service_id, one.name): one for one in Unit.objects.filter(service__in=ids)}
        new, told, lines = list[NewUnit](), list[Told](), dict[tuple[object, str], int]()
        for unit in found:
            first = lines.setdefault((id(unit.service), unit.name), unit.line)
            old = there.get((unit.service.pk, unit.name)) if isinstance(unit.service, Service) else None
            if first != unit.line:
                expected = Text(
                    nl=f"elke eenheid van een dienst één keer (zie regel {first})",
                    en=f"each unit of a service once (see line {first})",
                )
                file.fault(unit.line, "unit", _TWICE, unit.name, expected)
            elif old is None:
                new.append(unit)
            else:
                _compare(unit, old, file)
                told.append(Told(unit.line, old, unit.closed))
        return new, told

    def _service(self, row: Row) -> Service | NewService | None:
        organisation = self._organisation(row)
        programme = chosen(row, "programme", self.programmes, NO_PROGRAMME)
        area = chosen(row, "area", self.areas, NO_AREA)
        kind = row.text("service_kind", required=False)
        if kind and self.words and kind not in self.words.services:
            row.fault(
                "service_kind", _NO_KIND_OF_SERVICE, kind, said_one_of(sorted(self.words.services), kind)
            )
        name, address = _short(row, "service"), _short(row, "address", required=False)
        if organisation is not None and (organisation.pk, programme, name) not in self.services:
            people = self._people(organisation)
            _nameless(row, "service", named_in(name, people) or titled(name, self.before))
            _nameless(row, "address", named_in(address, people))
        if row.wrong or organisation is None:
            return None
        new = NewService(organisation, programme, name, area, kind, address)
        there = self.services.setdefault((organisation.pk, programme, name), new)
        _same_service(row, new, there)
        return there

    def _organisation(self, row: Row) -> Organisation | None:
        named = unguarded(row.text("organisation"))
        found = self.organisations.get(named)
        if named and found is None:
            row.fault("organisation", NOT_YOURS, named, NAME_OR_NUMBER)
        return found

    def _people(self, organisation: Organisation) -> frozenset[str]:
        if organisation.pk not in self.people:
            self.people[organisation.pk] = people_of(self.by, [organisation.pk])
        return self.people[organisation.pk]

    def _kind(self, row: Row, field: str) -> str:
        """A kind of the region's, where it gives any; an organisation's own word where it doesn't."""
        kind = _short(row, field, required=False)
        if kind and self.words and kind not in self.words.kinds:
            row.fault(field, _NO_KIND_OF_UNIT, kind, said_one_of(sorted(self.words.kinds), kind))
        return kind

    def _sleeps(self, row: Row, kind: str) -> int:
        if not row.text("sleeps", required=False):
            return self.words.sleeps(kind) if self.words else 1
        found = row.integer("sleeps", low=1) or 1
        if found > MOST_SLEEPERS:
            row.fault("sleeps", NOT_POSSIBLE, found, at_most(MOST_SLEEPERS))
        return found


def _short(row: Row, field: str, *, required: bool = True) -> str:
    """A name with single spaces."""
    return " ".join(short(row, field, _LENGTHS[field], required=required).split())


def _nameless(row: Row, field: str, found: str) -> None:
    if found:
        row.fault(field, _A_NAME, found, _NO_NAME)


def _same_service(row: Row, new: NewService, there: Service | NewService) -> None:
    """A service that is there, or stood in an earlier row, is in one municipality and of one kind."""
    for field, said, known in (("area", new.area, there.area), ("service_kind", new.kind, there.kind)):
        if said and known and said != known:
            row.fault(field, _OTHER_SERVICE, said, known)


def _compare(unit: NewUnit, old: Unit, file: Brought) -> None:
    """Note what a file says otherwise of a unit that is there."""
    told = {
        "kind": (unit.kind, old.kind),
        "sleeps": (unit.sleeps, old.sleeps),
        "ward": (unit.ward, old.ward),
        "from": (unit.from_date, old.from_date),
        "until": (unit.until_date, old.until_date),
    }
    for field, (said, known) in told.items():
        if said != known:
            expected = str(known) if known not in ("", None) else NOTHING
            file.fault(unit.line, field, _OTHER_UNIT, said or NOTHING, expected)
