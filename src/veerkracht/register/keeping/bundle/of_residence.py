"""Where a person lived, what happened there, and what was paid beside the day price."""

from veerkracht.register.keeping.bundle.section import AT, BY, FROM, KIND, REASON, UNTIL, Section
from veerkracht.register.residence.models import Contribution, Residence, ResidenceEvent
from veerkracht.rulebook.types import Text

_HOME = Text("Huis", "Home")

SECTIONS: tuple[Section, ...] = (
    Section(
        "residences",
        "request",
        Text("Verblijven in een huis", "Stays in a home"),
        lambda person: Residence.objects.filter(person=person),
        {
            "service__name": _HOME,
            "stay__unit__name": Text("Plaats", "Place"),
            "from_date": FROM,
            "until_date": UNTIL,
            "end_reason": REASON,
            "away_since": Text("Weg sinds", "Away since"),
        },
    ),
    Section(
        "residence-events",
        "history",
        Text("Wat er in een verblijf gebeurde", "What happened in a stay"),
        lambda person: ResidenceEvent.objects.filter(residence__person=person),
        {
            "residence__service__name": _HOME,
            "kind": KIND,
            "holds_from": FROM,
            "reason": REASON,
            "by_name": BY,
            "recorded_at": AT,
        },
    ),
    Section(
        "contributions",
        "money",
        Text("Bijdragen naast de dagprijs", "Contributions beside the day price"),
        lambda person: Contribution.objects.filter(residence__person=person),
        {
            "residence__service__name": _HOME,
            "kind": KIND,
            "payer": Text("Betaald door", "Paid by"),
            "cents_a_day": Text("Per dag (cent)", "A day (cents)"),
            "from_date": FROM,
            "until_date": UNTIL,
        },
    ),
)
