"""Right of access: all that is known about a person, to take home and read."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localtime

from veerkracht.register import clock
from veerkracht.register.documents import store
from veerkracht.register.documents.models import Document
from veerkracht.register.errors import OnlyLooks, Refused
from veerkracht.register.keeping.bundle.section import Section
from veerkracht.register.keeping.bundle.sections import OWN, SECTIONS
from veerkracht.register.keeping.queries.looks import group_name, looks, role_name
from veerkracht.register.log.record import record
from veerkracht.register.payments import numbers as account_numbers
from veerkracht.register.people import national_numbers
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import EVERY_PROGRAMME, case_of, fields, may, only_looks
from veerkracht.register.permissions.matrix import matrix
from veerkracht.rulebook.types import Text

# Not even for who hands the bundle out: a hidden address is the person's own, notes are their participants'.
_NEVER_FOR_STAFF = frozenset({"hidden-address", "notes"})
_ALL_LOOKS = 1_000_000
_LOOKS = Text("Wie keek, en waarom", "Who looked, and why")
_NUMBER = Text("Rijksregisternummer", "National number")
_ACCOUNTS = Text("Uw rekeningnummers", "Your account numbers")
_LOOK_COLUMNS = {
    "at": Text("Wanneer", "When"),
    "who": Text("Wie", "Who"),
    "capacity": Text("Rol", "Role"),
    "organisation": Text("Organisatie", "Organisation"),
    "verb": Text("Wat", "What"),
    "purpose": Text("Waarom", "Why"),
    "parts": Text("Welke delen", "Which parts"),
}


@dataclass(frozen=True)
class Table:
    """What the bundle tells of one thing: headings by column, and rows of plain values."""

    id: str
    title: Text
    columns: dict[str, Text]
    rows: list[dict[str, Any]]


def bundle(actor: Actor, person: Person, *, purpose: str = "") -> bytes:
    """A ZIP with a page to read (in the person's language), the same as JSON, and the person's documents.

    An address in hiding is there for the person themself only; who speaks for a young person gets nothing that
    these keep from them. Raises `Refused` for who may not have it; who had it is logged.
    """
    # Staff hand out all of it or nothing: a role for one programme knows nothing of the others.
    reaches_all = actor.role == PERSON or may("file.bundle", actor, EVERY_PROGRAMME)
    if not reaches_all or not may("file.bundle", actor, person):
        record(actor, "refused", "bundle", detail={"asked": person.number})
        raise OnlyLooks() if only_looks(actor, person) else Refused()
    groups = _groups(actor, person)
    record(actor, "export", person, person_id=person.pk, purpose=purpose, fields=groups)
    is_other = actor.role == PERSON and actor.person.pk != person.pk
    tables = list(_tables(person, groups, is_other=is_other))
    files = _documents(person) if "documents" in groups else []
    return _packed(person, tables, files)


def _groups(actor: Actor, person: Person) -> frozenset[str]:
    """The groups of fields that go into the bundle."""
    if actor.role == PERSON:
        return fields(actor, case_of(person))
    return frozenset(matrix().fields) - _NEVER_FOR_STAFF


def _tables(person: Person, groups: frozenset[str], *, is_other: bool) -> Iterator[Table]:
    """The tables of these groups. `is_other`: for who speaks for the person; what is only their own is left out."""
    for section in SECTIONS:
        if section.group in groups and not (is_other and section.id in OWN):
            own = section.own if is_other else frozenset()
            columns = {name: text for name, text in section.columns.items() if name not in own}
            yield Table(section.id, section.title, columns, _rows(section, columns, person))
    if "national-number" in groups:
        yield Table(
            "national-number", _NUMBER, {"number": _NUMBER}, [{"number": national_numbers.read(person)}]
        )
        of_accounts = [{"number": number} for number in account_numbers.of_person(person)]
        yield Table("bank-account-numbers", _ACCOUNTS, {"number": _ACCOUNTS}, of_accounts)
    if "looks" in groups:
        yield Table("looks", _LOOKS, _LOOK_COLUMNS, list(_looks(person)))


def _rows(section: Section, columns: Iterable[str], person: Person) -> list[dict[str, Any]]:
    found = section.rows(person)
    if not found.ordered:
        found = found.order_by("pk")
    return list(found.values(*columns))


def _looks(person: Person) -> Iterator[dict[str, Any]]:
    for look in looks(person, _ALL_LOOKS):
        yield {name: getattr(look, name) for name in _LOOK_COLUMNS}


def _documents(person: Person) -> list[tuple[str, bytes]]:
    """The files themselves, as far as they are still kept for reading, each under a name of its own."""
    kept = Document.objects.filter(person=person, removed_at=None, destroyed_at=None).order_by("id")
    return [
        (f"documents/{place}-{one.name}", store.path_of(one.stored_name).read_bytes())
        for place, one in enumerate(kept, 1)
    ]


def _packed(person: Person, tables: list[Table], files: list[tuple[str, bytes]]) -> bytes:
    made_on = clock.today()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(f"{person.number}.html", _page(person, tables, made_on))
        out.writestr(f"{person.number}.json", _json(person, tables, made_on))
        for name, content in files:
            out.writestr(name, content)
    return packed.getvalue()


def _page(person: Person, tables: list[Table], made_on: date) -> str:
    language = person.language
    shown = [
        {
            "title": table.title.get(language),
            "headings": [text.get(language) for text in table.columns.values()],
            "rows": [[_said(row[name], language) for name in table.columns] for row in table.rows],
        }
        for table in tables
    ]
    context = {
        "language": language,
        "number": person.number,
        "made_on": _said(made_on, language),
        "tables": [one for one in shown if one["rows"]],
        "nothing": [one["title"] for one in shown if not one["rows"]],
    }
    return render_to_string("keeping/bundle.html", context)


def _json(person: Person, tables: list[Table], made_on: date) -> str:
    told = {"person": person.number, "made_on": made_on, **{table.id: table.rows for table in tables}}
    return json.dumps(told, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Text):
        return {"nl": value.nl, "en": value.en}
    return str(value)


def _said(value: Any, language: str) -> str:
    """A value as somebody reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return Text("ja" if value else "nee", "yes" if value else "no").get(language)
    if isinstance(value, Text):
        return value.get(language)
    if isinstance(value, datetime):
        return (
            f"{localtime(value):%d-%m-%Y %H:%M}" if language == "nl" else f"{localtime(value):%Y-%m-%d %H:%M}"
        )
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}" if language == "nl" else value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(_said(_named(one), language) for one in value) or "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(one, language)}" for key, one in value.items()) or "–"
    return str(value)


def _named(value: Any) -> Any:
    """A group of fields or a role by its name."""
    if isinstance(value, str) and value in matrix().fields:
        return group_name(value)
    return role_name(value) if isinstance(value, str) and value in matrix().roles else value
