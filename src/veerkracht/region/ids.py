"""The id of a thing in a region's file and its name, and the date that stands in for one that couldn't be read."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Text

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_FORM = "lower-case letters, digits and single hyphens"
# An end that does not matter: read on when a date is missing, so that the other faults show too.
UNREAD_DATE = date(1900, 1, 1)


def read_id(reader: Reader, *, required: bool = True) -> str:
    """The id of a thing; noted as a fault when it can't serve in file names, addresses and series names."""
    id_ = reader.string("id", required=required)
    if id_ and not ID.fullmatch(id_):
        reader.fault("id", "This can't be an id.", id_, ID_FORM)
    return id_


class HasId(Protocol):
    """What a table of a region's file with an id becomes."""

    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=HasId)


def read_by_id(
    reader: Reader, key: str, read: Callable[[Reader], Item | None], none: str = ""
) -> dict[str, Item]:
    """Every table under a key that can be read, by id; a second one with the same id is a fault.

    `none`: what is wrong when there is no such table; without it there need not be one.
    """
    found: dict[str, Item] = {}
    tables = reader.tables(key)
    for table in tables:
        one = read(table)
        if one is not None and one.id in found:
            table.fault("id", "This id is used twice.", one.id, "another id")
        elif one is not None and one.id:
            found[one.id] = one
    if none and not tables:
        reader.fault(key, none, "nothing", f"[[{key}]]")
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a file only names, such as a word to choose. `text`: what it means, or what to do."""

    id: str
    name: Text
    text: Text = field(default_factory=Text)


def read_named(reader: Reader) -> Named:
    """A thing with an id and a name."""
    named = Named(read_id(reader), reader.words("name"))
    reader.done()
    return named


def read_explained(reader: Reader) -> Named:
    """As `read_named`, with a text where the file has one."""
    named = Named(read_id(reader), reader.words("name"), reader.words("text", required=False))
    reader.done()
    return named
