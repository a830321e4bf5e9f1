"""A CSV file of places read: every row that could be added, and every fault with its line and field.

A row is a unit of a service; a service that isn't there yet is added with its first unit. A secret address can't come
by file: it would stand in it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from veerkracht import region
from veerkracht.region import RegionFault
from veerkracht.region.csv_lines import Row, decoded, rows
from veerkracht.region.reader import Faults, one_of
from veerkracht.register.formulas import unguarded
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.people.areas import names
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import may
from veerkracht.register.supply.models import Service, Unit
from veerkracht.register.supply.public_words import before_names, named_in, people_of, titled

COLUMNS = ("organisation", "programme", "service", "area", "unit", "from")
OPTIONAL = ("service_kind", "address", "kind", "sleeps", "ward", "until")
# What an export adds; an import passes it over.
BESIDE = ("closed_because",)
MOST_ROWS = 100_000
LARGEST = 20_000_000
MOST_SLEEPERS = 20
_LENGTHS = {"service": 200, "unit": 100, "ward": 100, "kind": 60, "address": 200}


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


@dataclass(frozen=True)
class Report:
    """What became of a file: `rows` that it has, units `already` there just so, units and services `added`, and what
    is wrong.
    """

    file: str
    rows: int
    already: int
    faults: tuple[RegionFault, ...]
    added: int = 0
    services_added: int = 0

    def written(self, units: int, services: int) -> "Report":
        return replace(self, added=units, services_added=services)


def read(data: bytes, file: str, by: Actor) -> tuple[list[NewUnit], Report]:
    """The units of a file that are new, and the report on all of it; nothing is written."""
    faults = Faults()
    text = decoded(data, file, faults, largest=LARGEST, columns=COLUMNS)
    lines = list(rows(file, text, COLUMNS, faults, (*OPTIONAL, *BESIDE))) if text else []
    if len(lines) > MOST_ROWS:
        faults.add(file, 0, "", "The file has too many rows.", len(lines), f"at most {MOST_ROWS}")
        return [], Report(file, len(lines), 0, tuple(faults.all))
    known = _Known(by)
    found = [unit for unit in (known.unit(line) for line in lines) if unit]
    new = known.new(found, file, faults)
    already = len(found) - len(new) if not faults.all else 0
    return new, Report(file, len(lines), already, tuple(sorted(set(faults.all))))


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
        self.organisations = {one.name: one for one in organisations}
        self.organisations |= {one.enterprise_number: one for one in organisations if one.enterprise_number}
        services = Service.objects.filter(organisation__in=organisations).select_related("location")
        self.services: dict[tuple[int, str, str], Service | NewService] = {
            (one.organisation_id, one.programme, one.name): one for one in services
        }

    def unit(self, row: Row) -> NewUnit | None:
        """What a row adds; None, with its faults noted, when that can't be."""
        before = len(row.faults.all)
        service = self._service(row)
        kind, name, from_ = self._kind(row, "kind"), _short(row, "unit"), row.day("from")
        until, sleeps = row.day("until", required=False), self._sleeps(row, kind)
        if from_ and until and until < from_:
            row.fault("until", "This ends before it begins.", until, f"a date from {from_}, or nothing")
        ward = _short(row, "ward", required=False)
        _nameless(row, "unit", titled(name, self.before))
        _nameless(row, "ward", titled(ward, self.before))
        if len(row.faults.all) > before or service is None or from_ is None:
            return None
        return NewUnit(row.line, service, name, kind, sleeps, ward, from_, until)

    def new(self, found: Sequence[NewUnit], file: str, faults: Faults) -> list[NewUnit]:
        """The units that are not there yet; one that is there otherwise, or stands there twice, is a fault."""
        ids = {unit.service.pk for unit in found if isinstance(unit.service, Service)}
        there = {(one.service_id, one.name): one for one in Unit.objects.filter(service__in=ids)}
        new, lines = [], dict[tuple[object, str], int]()
        for unit in found:
            first = lines.setdefault((id(unit.service), unit.name), unit.line)
            old = there.get((unit.service.pk, unit.name)) if isinstance(unit.service, Service) else None
            if first != unit.line:
                expected = f"each unit of a service once (see line {first})"
                faults.add(file, unit.line, "unit", "This unit stands there twice.", unit.name, expected)
            elif old is None:
                new.append(unit)
            else:
                _compare(unit, old, file, faults)
        return new

    def _service(self, row: Row) -> Service | NewService | None:
        before = len(row.faults.all)
        organisation = self._organisation(row)
        programme = self._one_of(row, "programme", self.programmes, "There is no such programme of yours.")
        area = self._one_of(row, "area", self.areas, "There is no such municipality.")
        kind = row.text("service_kind", required=False)
        if kind and self.words and kind not in self.words.services:
            expected = one_of(sorted(self.words.services), kind)
            row.fault("service_kind", "There is no such kind of service.", kind, expected)
        name, address = _short(row, "service"), _short(row, "address", required=False)
        if organisation is not None and (organisation.pk, programme, name) not in self.services:
            people = self._people(organisation)
            _nameless(row, "service", named_in(name, people) or titled(name, self.before))
            _nameless(row, "address", named_in(address, people))
        if len(row.faults.all) > before or organisation is None:
            return None
        new = NewService(organisation, programme, name, area, kind, address)
        there = self.services.setdefault((organisation.pk, programme, name), new)
        _same_service(row, new, there)
        return there

    def _organisation(self, row: Row) -> Organisation | None:
        named = unguarded(row.text("organisation"))
        found = self.organisations.get(named)
        if named and found is None:
            expected = "its name or enterprise number"
            row.fault("organisation", "There is no such organisation of yours.", named, expected)
        return found

    def _people(self, organisation: Organisation) -> frozenset[str]:
        if organisation.pk not in self.people:
            self.people[organisation.pk] = people_of(self.by, [organisation.pk])
        return self.people[organisation.pk]

    def _one_of(self, row: Row, field: str, known: Collection[str], message: str) -> str:
        value = row.text(field)
        if value and value not in known:
            row.fault(field, message, value, one_of(sorted(known), value))
        return value

    def _kind(self, row: Row, field: str) -> str:
        """A kind of the region's, where it gives any; an organisation's own word where it doesn't."""
        kind = _short(row, field, required=False)
        if kind and self.words and kind not in self.words.kinds:
            row.fault(field, "There is no such kind of unit.", kind, one_of(sorted(self.words.kinds), kind))
        return kind

    def _sleeps(self, row: Row, kind: str) -> int:
        if not row.text("sleeps", required=False):
            return self.words.sleeps(kind) if self.words else 1
        found = row.integer("sleeps", low=1) or 1
        if found > MOST_SLEEPERS:
            row.fault("sleeps", "This number is not possible here.", found, f"at most {MOST_SLEEPERS}")
        return found


def _short(row: Row, field: str, *, required: bool = True) -> str:
    value, most = " ".join(unguarded(row.text(field, required=required)).split()), _LENGTHS[field]
    if len(value) > most:
        row.fault(field, "This is too long.", f"{len(value)} characters", f"at most {most}")
    return value


def _nameless(row: Row, field: str, found: str) -> None:
    if found:
        row.fault(field, "Everybody can read this, and it holds a person's name.", found, "no person's name")


def _same_service(row: Row, new: NewService, there: Service | NewService) -> None:
    """A service that is there, or stood in an earlier row, is in one municipality and of one kind."""
    for field, said, known in (("area", new.area, there.area), ("service_kind", new.kind, there.kind)):
        if said and known and said != known:
            row.fault(field, "This service is there otherwise.", said, known)


def _compare(unit: NewUnit, old: Unit, file: str, faults: Faults) -> None:
    told = {
        "kind": (unit.kind, old.kind),
        "sleeps": (unit.sleeps, old.sleeps),
        "ward": (unit.ward, old.ward),
        "from": (unit.from_date, old.from_date),
        "until": (unit.until_date, old.until_date),
    }
    for field, (said, known) in told.items():
        if said != known:
            expected = str(known) if known not in ("", None) else "nothing"
            faults.add(file, unit.line, field, "This unit is there otherwise.", said or "nothing", expected)
