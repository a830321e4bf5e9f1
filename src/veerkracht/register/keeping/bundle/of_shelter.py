"""Stays in crisis, for the person themself: who speaks for somebody does not learn here that they were in hiding."""

from veerkracht.register.keeping.bundle.section import AT, BY, ENDED, FROM, KIND, REQUEST, STATE, Section
from veerkracht.register.shelter.models import Guest, GuestConsent, HandOver
from veerkracht.rulebook.types import Text

_GROUP = "hidden-address"

SECTIONS: tuple[Section, ...] = (
    Section(
        "crisis-stays",
        _GROUP,
        Text("Uw crisisverblijven", "Your stays in crisis"),
        lambda person: Guest.objects.filter(person=person).order_by("id"),
        {
            "stay__kind": KIND,
            "stay__from_at": FROM,
            "stay__state": STATE,
            "stay__ended_at": ENDED,
            "role": Text("Als", "As"),
            "age": Text("Leeftijd toen", "Age then"),
        },
    ),
    Section(
        "crisis-consents",
        _GROUP,
        Text("Wie instemde met die hulp", "Who agreed to that help"),
        lambda person: GuestConsent.objects.filter(guest__person=person).order_by("id"),
        {
            "voice": Text("Wie", "Who"),
            "agreed": Text("Stemde in", "Agreed"),
            "how": Text("Hoe", "How"),
            "at": Text("Wanneer", "When"),
            "recorded_at": AT,
            "by_name": BY,
        },
    ),
    Section(
        "crisis-hand-overs",
        _GROUP,
        Text("Doorgegeven naar langere hulp", "Handed over to longer help"),
        lambda person: HandOver.objects.filter(guest__person=person).order_by("id"),
        {"request__number": REQUEST, "at": Text("Wanneer", "When"), "by_name": BY},
    ),
)
