"""Fields of a row of a CSV file about places: what is wrong with one is noted, in both languages."""

from collections.abc import Collection, Iterable

from veerkracht.region.csv_lines import Row
from veerkracht.region.reader import said_one_of
from veerkracht.register.formulas import unguarded
from veerkracht.register.people.models import Organisation
from veerkracht.rulebook.types import Text

NOT_YOURS = Text(nl="Er is geen organisatie van u die zo heet.", en="There is no such organisation of yours.")
NO_SERVICE = Text(nl="Deze organisatie heeft die dienst niet.", en="This organisation has no such service.")
NO_AREA = Text(nl="Deze gemeente is er niet.", en="There is no such municipality.")
NO_PROGRAMME = Text(
    nl="Deze zorgvorm is er niet, of is niet die van u.", en="There is no such programme of yours."
)
NAME_OR_NUMBER = Text(nl="haar naam of ondernemingsnummer", en="its name or enterprise number")
_TOO_LONG = Text(nl="Dit is te lang.", en="This is too long.")
_CHARACTERS = Text(nl="{number} tekens", en="{number} characters")
_AT_MOST = Text(nl="hoogstens {most}", en="at most {most}")


def by_name_or_number(organisations: Iterable[Organisation]) -> dict[str, Organisation]:
    """Organisations by each of the two ways in which a file may name them."""
    found = list(organisations)
    return {one.name: one for one in found} | {
        one.enterprise_number: one for one in found if one.enterprise_number
    }


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
