"""On which homes' lists a person is or was, and what happened there."""

from django.db.models import Q

from veerkracht.register.keeping.bundle.section import AT, BY, KIND, REASON, REQUEST, STATE, Section
from veerkracht.register.lists.models import Entry, EntryStep, Together
from veerkracht.rulebook.types import Text

_HOME = Text("Woonzorgcentrum", "Home")

SECTIONS: tuple[Section, ...] = (
    Section(
        "entries",
        "request",
        Text("Lijsten van woonzorgcentra", "Lists of homes"),
        lambda person: Entry.objects.filter(request__person=person),
        {
            "request__number": REQUEST,
            "service__name": _HOME,
            "preference": Text("Hoeveelste keuze", "Which choice"),
            "registered_on": Text("Ingeschreven op", "Registered on"),
            "list_date": Text("Datum die telt", "Date that counts"),
            "when_ready": Text("Nu of later", "Now or later"),
            "wished_from": Text("Gewenst vanaf", "Wished from"),
            "from_place": Text("Verblijft nu", "Stays now"),
            "ward": Text("Afdeling", "Ward"),
            "facts": Text("Antwoorden", "Answers"),
            "state": STATE,
        },
    ),
    Section(
        "entry-steps",
        "history",
        Text("Wat er op die lijsten gebeurde", "What happened on those lists"),
        lambda person: EntryStep.objects.filter(entry__request__person=person),
        {
            "entry__service__name": _HOME,
            "holds_from": Text("Op", "On"),
            "recorded_at": AT,
            "kind": KIND,
            "by_name": BY,
            "reason": REASON,
            "sets": Text("Wat het wijzigde", "What it changed"),
            "facts": Text("Antwoorden", "Answers"),
        },
    ),
    Section(
        "together",
        "request",
        Text("Samen met iemand naar een woonzorgcentrum", "To a home together with somebody"),
        lambda person: Together.objects.filter(Q(request__person=person) | Q(person=person)),
        {
            "given_name": Text("Voornaam van de ander, zoals gevraagd", "First name of the other, as asked"),
            "family_name": Text("Naam van de ander", "Family name of the other"),
            "birth_date": Text("Geboren op", "Born on"),
            "asked_at": Text("Gevraagd op", "Asked on"),
            "until": Text("Antwoord ten laatste op", "Answer by"),
            "state": STATE,
            "answered_at": Text("Beantwoord op", "Answered on"),
            "ended_at": Text("Voorbij sinds", "Over since"),
        },
    ),
)
