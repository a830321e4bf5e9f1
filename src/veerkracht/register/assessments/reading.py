"""A CSV file of results read: every row that could be recorded, and every fault with its line and field."""

from dataclasses import dataclass, replace
from datetime import date

from veerkracht.region import RegionFault
from veerkracht.region.assessments import FLAG, SCORE, Instrument, Item
from veerkracht.region.csv_lines import Row, decoded, rows
from veerkracht.region.reader import Faults
from veerkracht.region.scoring import wrongs
from veerkracht.register.assessments import access
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.assessments.writing import Measured, drafted
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

COLUMNS = ("person", "instrument", "on", "author", "author_kind")
BESIDE = ("version", "valid_until")
MOST_ROWS = 20_000
LARGEST = 5_000_000
_YES = {"yes": True, "no": False}
# What is compared to tell whether a result is there just so.
_SAME = ("version", "valid_until", "items", "outcome", "author", "author_kind")


@dataclass(frozen=True)
class Read:
    """One row that can be recorded."""

    line: int
    person: Person
    measured: Measured


@dataclass(frozen=True)
class Report:
    """What became of a file: `rows` that it has, `already` there just so, `added`, and what is wrong."""

    file: str
    rows: int
    already: int
    faults: tuple[RegionFault, ...]
    added: int = 0

    def written(self, added: int) -> "Report":
        return replace(self, added=added)


def item_columns() -> tuple[str, ...]:
    """A column for each item of each instrument, in the order of the region's file; a name that two share once."""
    items = (item.id for one in definitions().instruments.values() for item in one.items)
    return tuple(dict.fromkeys(items))


def read(data: bytes, file: str, by: Actor) -> tuple[list[Read], Report]:
    """The rows of a file that are new and can be recorded, and the report on all of it; nothing is written.

    Whom an actor may not record anything of is a fault as who isn't there.
    """
    faults = Faults()
    text = decoded(data, file, faults, largest=LARGEST, columns=COLUMNS)
    lines = list(rows(file, text, COLUMNS, faults, (*BESIDE, *item_columns()))) if text else []
    if len(lines) > MOST_ROWS:
        faults.add(file, 0, "", "The file has too many rows.", len(lines), f"at most {MOST_ROWS}")
        lines = []
    known = _Known(by, lines)
    found = [one for one in map(known.row, lines) if one]
    new = [one for one in found if one is not known.there]
    made = [one for one in new if isinstance(one, Read)]
    return made, Report(file, len(lines), len(found) - len(new), tuple(sorted(set(faults.all))))


class _Known:
    """The people that a file names, and what was measured of them already, read at once."""

    there = object()  # instead of a row: it is in the register just so

    def __init__(self, by: Actor, lines: list[Row]):
        self.by = by
        numbers = {line.text("person", required=False) for line in lines}
        people = Person.objects.filter(number__in=numbers)
        self.people = {one.number: one for one in people if access.may_record(by, one)}
        held = access.in_force().filter(person__in=self.people.values())
        self.held = {(one.person_id, one.instrument, one.on): one for one in held}
        self.lines: dict[tuple[int, str, date], int] = {}

    def row(self, row: Row) -> Read | object | None:
        """What a row records; `there` for what is there just so; None, with its faults noted, when that can't be."""
        before = len(row.faults.all)
        number, on = row.text("person"), row.day("on")
        person, instrument = self.people.get(number), self._instrument(row)
        if number and person is None:
            row.fault(
                "person", "There is nobody of whom you may record this.", number, "the number of a person"
            )
        measured = self._measured(row, instrument, on) if instrument and on else None
        if measured is None or person is None or len(row.faults.all) > before:
            return None
        return self._new(row, person, measured)

    def _instrument(self, row: Row) -> Instrument | None:
        known, id = definitions().instruments, row.text("instrument")
        if id and id not in known:
            row.fault("instrument", "There is no such instrument.", id, f"one of: {', '.join(known)}")
        return known.get(id)

    def _measured(self, row: Row, instrument: Instrument, on: date) -> Measured:
        items = {item.id: answer for item in instrument.items if (answer := _answer(row, item)) is not None}
        unread = {fault.field for fault in row.faults.all if fault.line == row.line}
        for wrong in wrongs(instrument, items):
            if wrong.field not in unread:
                row.fault(wrong.field, "This is not an answer.", wrong.found.en, wrong.expected.en)
        for column in item_columns():
            if instrument.item(column) is None and row.text(column, required=False):
                expected = f"only items of {instrument.id}"
                row.fault(column, "This instrument does not ask it.", row.values[column], expected)
        return Measured(
            instrument=instrument.id,
            on=on,
            items=items,
            author=row.text("author"),
            author_kind=row.text("author_kind"),
            version=row.text("version", required=False),
            valid_until=row.day("valid_until", required=False),
        )

    def _new(self, row: Row, person: Person, measured: Measured) -> Read | object | None:
        try:
            draft = drafted(person, measured, by=self.by)
        except Invalid as invalid:
            found = row.values.get(invalid.field, "")
            row.fault(invalid.field, "This can't be recorded.", found or "nothing", invalid.text.en)
            return None
        key = person.pk, measured.instrument, measured.on
        first = self.lines.setdefault(key, row.line)
        if first != row.line:
            expected = f"one result a day of an instrument (see line {first})"
            row.fault("on", "This stands there twice.", measured.on, expected)
            return None
        return self._beside(row, draft, Read(row.line, person, measured), self.held.get(key))

    def _beside(
        self, row: Row, draft: Assessment, new: Read, held: Assessment | None
    ) -> Read | object | None:
        if held is None:
            return new
        if all(getattr(held, name) == getattr(draft, name) for name in _SAME):
            return self.there
        expected = "the same result, or one of another day; a mistake is corrected on its own page"
        row.fault("on", "Another result of that day is there.", new.measured.on, expected)
        return None


def _answer(row: Row, item: Item) -> object:
    """What a row answers; None for nothing, or for what is no answer, which is then noted."""
    text = row.text(item.id, required=False)
    if not text:
        return None
    if item.kind == FLAG:
        if text not in _YES:
            row.fault(item.id, "This is not an answer.", text, "yes or no")
        return _YES.get(text)
    number = row.number(item.id)
    if number is not None and item.kind == SCORE:
        if number.is_integer():
            return int(number)
        row.fault(item.id, "This is not an answer.", text, "a whole number")
        return None
    return number
