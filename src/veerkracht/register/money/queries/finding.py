"""One line, commitment, entry or organisation, as somebody names it."""

from django.db.models import Q

from veerkracht.register.errors import Invalid
from veerkracht.register.money.models import BudgetYear, Commitment, Entry, Line
from veerkracht.register.people.models import Organisation
from veerkracht.rulebook.types import Text

# Written by care for one request: a grant outside a round, and whatever comes back. Beside the rest stands a text.
OF_ONE_PERSON = Q(text="", kind=Entry.Kind.REDUCED) | Q(text="", kind=Entry.Kind.COMMITTED, round=None)


def get_line(code: str) -> Line | None:
    """A line by its code; None when there is none."""
    return Line.objects.filter(code=code).first()


def years() -> list[BudgetYear]:
    """Every budget year, the latest first."""
    return list(BudgetYear.objects.order_by("-year"))


def commitment_numbered(line: Line, number: str) -> Commitment:
    """A commitment of a line by its number. Raises `Invalid` when it has none with that number."""
    found = Commitment.objects.filter(line=line, number=number).first()
    if found is None:
        raise Invalid(
            Text(
                "Lijn {line} heeft geen vastlegging “{found}”.", "Line {line} has no commitment “{found}”."
            ).fill(line=line.code, found=number),
            "number",
        )
    return found


def entry_of(line: Line, id: int) -> Entry:
    """An entry of a line by its number. Raises `Invalid` when it has none with that number."""
    found = Entry.objects.filter(line=line, pk=id).exclude(OF_ONE_PERSON).first()
    if found is None:
        raise Invalid(
            Text("Lijn {line} heeft geen boeking {found}.", "Line {line} has no entry {found}.").fill(
                line=line.code, found=str(id)
            ),
            "entry",
        )
    return found


def organisation_named(text: str) -> Organisation | None:
    """The organisation with this name or enterprise number; None when there is none."""
    return (
        Organisation.objects.filter(Q(name__iexact=text) | Q(enterprise_number=text)).order_by("id").first()
    )
