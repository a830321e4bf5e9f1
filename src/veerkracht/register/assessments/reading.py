"""A CSV file of results read: every row that could be recorded, and every fault with its line and field."""

from dataclasses import dataclass
from datetime import date

from veerkracht.region.assessments import FLAG, SCORE, Instrument, Item
from veerkracht.region.csv_lines import NOTHING, Row
from veerkracht.region.reader import said_one_of
from veerkracht.region.scoring import wrongs
from veerkracht.register.assessments import access
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.assessments.writing import Measured, drafted
from veerkracht.register.csv_files import Report, brought
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.rulebook.types import Text

COLUMNS = ("person", "instrument", "on", "author", "author_kind")
BESIDE = ("version", "valid_until")
_YES = {"yes": True, "no": False}
# What is compared to tell whether a result is there just so.
_SAME = ("version", "valid_until", "items", "outcome", "author", "author_kind")
_NOBODY = Text(
    nl="Er is niemand van wie u dit mag vastleggen.", en="There is nobody of whom you may record this."
)
_NUMBER_OF_A_PERSON = Text(nl="het nummer van een persoon", en="the number of a person")
_NO_INSTRUMENT = Text(nl="Dit instrument is er niet.", en="There is no such instrument.")
_NO_ANSWER = Text(nl="Dit is geen antwoord.", en="This is not an answer.")
_NOT_ASKED = Text(nl="Dit instrument vraagt het niet.", en="This instrument does not ask it.")
_CAN_NOT_BE = Text(nl="Dit kan niet vastgelegd worden.", en="This can't be recorded.")
_TWICE = Text(nl="Dit staat er twee keer.", en="This stands there twice.")
_ANOTHER = Text(nl="Er is al een ander resultaat van die dag.", en="Another result of that day is there.")
_THE_SAME = Text(
    nl="hetzelfde resultaat, of een van een andere dag; een fout verbetert u op de eigen pagina ervan",
    en="the same result, or one of another day; a mistake is corrected on its own page",
)


@dataclass(frozen=True)
class Read:
    """One row that can be recorded."""

    line: int
    person: Person
    measured: Measured


def item_columns() -> tuple[str, ...]:
    """A column for each item of each instrument, in the order of the region's file; a name that two share once."""
    items = (item.id for one in definitions().instruments.values() for item in one.items)
    return tuple(dict.fromkeys(items))


def read(data: bytes, file: str, by: Actor) -> tuple[list[Read], Report]:
    """The rows of a file that are new and can be recorded, and the report on all of it; nothing is written.

    Whom an actor may not record anything of is a fault as who isn't there.
    """
    given = brought(data, file, COLUMNS, (*BESIDE, *item_columns()))
    known = _Known(by, given.rows)
    found = [one for one in map(known.row, given.rows) if one]
    new = [one for one in found if isinstance(one, Read)]
    return new, Report.on(given, already=len(found) - len(new))


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
        number, on = row.text("person"), row.day("on")
        person, instrument = self.people.get(number), self._instrument(row)
        if number and person is None:
            row.fault("person", _NOBODY, number, _NUMBER_OF_A_PERSON)
        measured = self._measured(row, instrument, on) if instrument and on else None
        if measured is None or person is None or row.wrong:
            return None
        return self._new(row, person, measured)

    def _instrument(self, row: Row) -> Instrument | None:
        known, id = definitions().instruments, row.text("instrument")
        if id and id not in known:
            row.fault("instrument", _NO_INSTRUMENT, id, said_one_of(known))
        return known.get(id)

    def _measured(self, row: Row, instrument: Instrument, on: date) -> Measured:
        items = {item.id: answer for item in instrument.items if (answer := _answer(row, item)) is not None}
        unread = set(row.wrong)
        for wrong in wrongs(instrument, items):
            if wrong.field not in unread:
                row.fault(wrong.field, _NO_ANSWER, wrong.found, wrong.expected)
        for column in item_columns():
            if instrument.item(column) is None and row.text(column, required=False):
                expected = Text(nl=f"alleen vragen van {instrument.id}", en=f"only items of {instrument.id}")
                row.fault(column, _NOT_ASKED, row.values[column], expected)
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
            row.fault(invalid.field, _CAN_NOT_BE, row.values.get(invalid.field) or NOTHING, invalid.text)
            return None
        key = person.pk, measured.instrument, measured.on
        first = self.lines.setdefault(key, row.line)
        if first != row.line:
            expected = Text(
                nl=f"één resultaat per dag van een instrument (zie regel {first})",
                en=f"one result a day of an instrument (see line {first})",
            )
            row.fault("on", _TWICE, measured.on, expected)
            return None
        return self._beside(row, draft, Read(row.line, person, measured), self.held.get(key))

    def _beside(
        self, row: Row, draft: Assessment, new: Read, held: Assessment | None
    ) -> Read | object | None:
        if held is None:
            return new
        if all(getattr(held, name) == getattr(draft, name) for name in _SAME):
            return self.there
        row.fault("on", _ANOTHER, new.measured.on, _THE_SAME)
        return None


def _answer(row: Row, item: Item) -> object:
    """What a row answers; None for nothing, or for what is no answer, which is then noted."""
    text = row.text(item.id, required=False)
    if not text:
        return None
    if item.kind == FLAG:
        if text not in _YES:
            row.fault(item.id, _NO_ANSWER, text, Text(nl="yes of no", en="yes or no"))
        return _YES.get(text)
    number = row.number(item.id)
    if number is not None and item.kind == SCORE:
        if number.is_integer():
            return int(number)
        row.fault(item.id, _NO_ANSWER, text, Text(nl="een geheel getal", en="a whole number"))
        return None
    return number
