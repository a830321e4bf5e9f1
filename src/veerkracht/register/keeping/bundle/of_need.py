"""How a person's need was measured."""

from veerkracht.register.assessments.models import Assessment
from veerkracht.register.keeping.bundle.section import AT, BY, REASON, Section
from veerkracht.rulebook.types import Text

SECTIONS: tuple[Section, ...] = (
    Section(
        "measured-need",
        "assessment",
        Text("Hoe uw zorgnood gemeten is", "How your need of care was measured"),
        lambda person: Assessment.objects.filter(person=person),
        {
            "instrument": Text("Instrument", "Instrument"),
            "version": Text("Versie", "Version"),
            "on": Text("Gemeten op", "Measured on"),
            "valid_until": Text("Geldig tot", "Valid until"),
            "items": Text("Antwoorden", "Answers"),
            "outcome": Text("Uitkomst", "Outcome"),
            "author": Text("Gemeten door", "Measured by"),
            "author_kind": Text("Beroep", "Profession"),
            "why": REASON,
            "withdrawn": Text("Ingetrokken", "Withdrawn"),
            "by_name": BY,
            "recorded_at": AT,
        },
    ),
)
