"""Fields of a row of a CSV file about places: what is wrong with one is noted, in both languages."""

from collections.abc import Collection

from veerkracht.region.csv_lines import Row
from veerkracht.region.reader import said_one_of
from veerkracht.register.formulas import unguarded
from veerkracht.rulebook.types import Text

NO_AREA = Text(nl="Er is geen zo’n gemeente.", en="There is no such municipality.")
NO_PROGRAMME = Text(nl="U hebt geen zo’n zorgvorm.", en="There is no such programme of yours.")
NAME_OR_NUMBER = Text(nl="haar naam of ondernemingsnummer", en="its name or enterprise number")
_TOO_LONG = Text(nl="Dit is te lang.", en="This is too long.")
_CHARACTERS = Text(nl="{number} tekens", en="{number} characters")
_AT_MOST = Text(nl="hoogstens {most}", en="at most {most}")


def at_most(number: int) -> Text:
    return _AT_MOST.fill(most=number)


def short(row: Row, field: str, most: int, *, required: bool = True) -> str:
    """A text of at most so many characters, without the guard against formulas that an export puts before it."""
    value = unguarded(row.text(field, required=required))
    if len(value) > most:
        row.fault(field, _TOO_LONG, _CHARACTERS.fill(number=len(value)), at_most(most))
    return value


def chosen(row: Row, field: str, known: Collection[str], message: Text, *, required: bool = True) -> str:
    """One of the words that are known; "" for nothing where nothing is allowed."""
    value = row.text(field, required=required)
    if value and value not in known:
        row.fault(field, message, value, said_one_of(sorted(known), value))
    return value
