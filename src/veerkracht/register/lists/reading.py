"""A CSV file of registrations read: every row that could be registered, and every fault with its line and field."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from veerkracht.region import RegionFault
from veerkracht.region.csv_lines import Row, decoded, rows
from veerkracht.region.homes import Fact
from veerkracht.region.reader import Faults
from veerkracht.register.care.models import Request
from veerkracht.register.errors import RegisterFault
from veerkracht.register.lists import checks, rules
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.supply.models import Service

COLUMNS = ("request", "organisation", "home", "when_ready", "registered_on")
BESIDE = ("wished_from", "from_place", "ward")
MOST_ROWS = 20_000
LARGEST = 5_000_000
_YES = {"yes": True, "no": False}


@dataclass(frozen=True)
class Read:
    """One row that can be registered."""

    line: int
    request: Request
    service: Service
    on: date
    asked: checks.Asked


@dataclass(frozen=True)
class Report:
    """What became of a file: `rows` that it has, `already` there, `added`, and what is wrong."""

    file: str
    rows: int
    already: int
    faults: tuple[RegionFault, ...]
    added: int = 0


def read(data: bytes, file: str, by: Actor) -> tuple[list[Read], Report]:
    """The rows of a file that are new and can be registered, and the report on all of it; nothing is written.

    A row of a request on whose home's list it stands already is passed over.
    """
    faults = Faults()
    optional = (*BESIDE, *(fact.name for fact in rules.lists().facts))
    text = decoded(data, file, faults, largest=LARGEST, columns=COLUMNS)
    lines = list(rows(file, text, COLUMNS, faults, optional)) if text else []
    if len(lines) > MOST_ROWS:
        faults.add(file, 0, "", "The file has too many rows.", len(lines), f"at most {MOST_ROWS}")
        lines = []
    known = _Known(by, lines)
    found = [row for row in map(known.row, lines) if row]
    new = _new(found, file, faults)
    already = 0 if faults.all else len(found) - len(new)
    return new, Report(file, len(lines), already, tuple(sorted(set(faults.all))))


def _new(found: list[Read], file: str, faults: Faults) -> list[Read]:
    standing = Entry.objects.filter(request__in={row.request.pk for row in found}, state__in=STANDING)
    there = set(standing.values_list("request", "service"))
    first: dict[tuple[int, int], int] = {}
    new = []
    for row in found:
        key = row.request.pk, row.service.pk
        before = first.setdefault(key, row.line)
        if before != row.line:
            expected = f"each home once for a request (see line {before})"
            faults.add(file, row.line, "home", "This home stands there twice.", row.service.name, expected)
        elif key not in there:
            new.append(row)
    return new


class _Known:
    """The requests and homes that a file names, read at once."""

    def __init__(self, by: Actor, lines: list[Row]):
        self.by = by
        numbers = {line.text("request", required=False) for line in lines}
        asked = Request.objects.filter(number__in=numbers, programme=rules.lists().programme)
        self.requests = {
            one.number: one for one in asked.select_related("person") if may("entry.register", by, one)
        }
        homes = Service.objects.filter(programme=rules.lists().programme, secret=False)
        self.homes = {(one.organisation.name, one.name): one for one in homes.select_related("organisation")}

    def row(self, row: Row) -> Read | None:
        """What a row registers; None, with its faults noted, when that can't be."""
        before = len(row.faults.all)
        number, organisation, name = (row.text(field) for field in ("request", "organisation", "home"))
        request, service = self.requests.get(number), self.homes.get((organisation, name))
        if number and request is None:
            row.fault("request", "There is no such request of yours.", number, "the number of a request")
        if name and organisation and service is None:
            expected = "the names of an organisation and of a home of it"
            row.fault("home", "There is no such home.", f"{organisation}: {name}", expected)
        on, wished_from = row.day("registered_on"), row.day("wished_from", required=False)
        facts = {
            fact.name: answer for fact in rules.lists().facts if (answer := _answer(row, fact)) is not None
        }
        asked = checks.Asked(
            when_ready=row.text("when_ready"),
            wished_from=wished_from,
            from_place=row.text("from_place", required=False),
            ward=row.text("ward", required=False),
            facts=facts,
        )
        if len(row.faults.all) > before or request is None or service is None or on is None:
            return None
        return self._checked(row, Read(row.line, request, service, on, asked))

    def _checked(self, row: Row, read: Read) -> Read | None:
        try:
            checks.check_request(read.request, [read.service], 0)
            checks.check_asked(read.asked)
            checks.check_day(read.on, self.by)
            rules.check_ward(read.service, read.asked.ward, read.on)
            rules.checked_facts(read.asked.facts, staff=False)
        except RegisterFault as fault:
            field = getattr(fault, "field", "")
            field = {"on": "registered_on", "services": "home"}.get(field, field.removeprefix("facts."))
            row.fault(field, fault.text.en, row.values.get(field, ""), "what the list can take")
            return None
        return read


def _answer(row: Row, fact: Fact) -> Any:
    """What a row answers; None for nothing."""
    text = row.text(fact.name, required=False)
    if not text:
        return None
    if fact.type == "boolean":
        if text not in _YES:
            row.fault(fact.name, "This is not an answer.", text, "yes, no or nothing")
        return _YES.get(text)
    if fact.type == "integer":
        return row.integer(fact.name)
    day = row.day(fact.name)
    return day.isoformat() if day else None
