"""A CSV file of registrations read: every row that could be registered, and every fault with its line and field."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from veerkracht.region.csv_lines import Row
from veerkracht.region.homes import Fact
from veerkracht.register.care.models import Request
from veerkracht.register.csv_files import Brought, Report, brought
from veerkracht.register.errors import RegisterFault
from veerkracht.register.lists import checks, rules
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

COLUMNS = ("request", "organisation", "home", "when_ready", "registered_on")
BESIDE = ("wished_from", "from_place", "ward")
_YES = {"yes": True, "no": False}
_NO_REQUEST = Text(nl="Er is geen vraag van u met dit nummer.", en="There is no such request of yours.")
_NUMBER_OF_A_REQUEST = Text(nl="het nummer van een vraag", en="the number of a request")
_NO_HOME = Text(nl="Dit woonzorgcentrum is er niet.", en="There is no such home.")
_NAMES = Text(
    nl="de namen van een organisatie en van een woonzorgcentrum van haar",
    en="the names of an organisation and of a home of it",
)
_TWICE = Text(nl="Dit woonzorgcentrum staat er twee keer.", en="This home stands there twice.")
_TAKES = Text(nl="wat de lijst kan opnemen", en="what the list can take")
_NO_ANSWER = Text(nl="Dit is geen antwoord.", en="This is not an answer.")
_YES_OR_NO = Text(nl="yes, no of niets", en="yes, no or nothing")


@dataclass(frozen=True)
class Read:
    """One row that can be registered."""

    line: int
    request: Request
    service: Service
    on: date
    asked: checks.Asked


def read(data: bytes, file: str, by: Actor) -> tuple[list[Read], Report]:
    """The rows of a file that are new and can be registered, and the report on all of it; nothing is written.

    A row of a request on whose home's list it stands already is passed over.
    """
    optional = (*BESIDE, *(fact.name for fact in rules.lists().facts))
    given = brought(data, file, COLUMNS, optional)
    known = _Known(by, given.rows)
    found = [row for row in map(known.row, given.rows) if row]
    new = _new(found, given)
    return new, Report.on(given, already=len(found) - len(new))


def _new(found: list[Read], file: Brought) -> list[Read]:
    standing = Entry.objects.filter(request__in={row.request.pk for row in found}, state__in=STANDING)
    there = set(standing.values_list("request", "service"))
    first: dict[tuple[int, int], int] = {}
    new = []
    for row in found:
        key = row.request.pk, row.service.pk
        before = first.setdefault(key, row.line)
        if before != row.line:
            expected = Text(
                nl=f"elk woonzorgcentrum één keer voor een vraag (zie regel {before})",
                en=f"each home once for a request (see line {before})",
            )
            file.fault(row.line, "home", _TWICE, row.service.name, expected)
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
        number, organisation, name = (row.text(field) for field in ("request", "organisation", "home"))
        request, service = self.requests.get(number), self.homes.get((organisation, name))
        if number and request is None:
            row.fault("request", _NO_REQUEST, number, _NUMBER_OF_A_REQUEST)
        if name and organisation and service is None:
            row.fault("home", _NO_HOME, f"{organisation}: {name}", _NAMES)
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
        if row.wrong or request is None or service is None or on is None:
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
            row.fault(field, fault.text, row.values.get(field, ""), _TAKES)
            return None
        return read


def _answer(row: Row, fact: Fact) -> Any:
    """What a row answers; None for nothing."""
    text = row.text(fact.name, required=False)
    if not text:
        return None
    if fact.type == "boolean":
        if text not in _YES:
            row.fault(fact.name, _NO_ANSWER, text, _YES_OR_NO)
        return _YES.get(text)
    if fact.type == "integer":
        return row.integer(fact.name)
    day = row.day(fact.name)
    return day.isoformat() if day else None
