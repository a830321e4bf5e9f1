"""What the bundle tells of one thing, and the words that many of them share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from veerkracht.register.people.models import Person
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Section:
    """A table of the bundle. `group`: the group of fields of the permission matrix that it needs.

    `columns`: what is told of a row, by the path of its field, with its heading. `own`: those of them that only the
    person is told, never who speaks for them.
    """

    id: str
    group: str
    title: Text
    rows: Callable[[Person], QuerySet]
    columns: dict[str, Text] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


REQUEST = Text("Vraag", "Request")
PROGRAMME = Text("Zorgvorm", "Programme")
FROM, UNTIL = Text("Vanaf", "From"), Text("Tot en met", "Until")
BY, AT = Text("Door", "By"), Text("Genoteerd op", "Written down on")
KIND, STATE = Text("Soort", "Kind"), Text("Toestand", "State")
REASON, PURPOSE = Text("Reden", "Reason"), Text("Waarvoor", "Purpose")
ORGANISATION = Text("Organisatie", "Organisation")
CENTS = Text("Bedrag (cent)", "Amount (cents)")
SOURCE = Text("Bron", "Source")
FIELDS = Text("Welke delen", "Which parts")
ENDED = Text("Beëindigd op", "Ended on")
