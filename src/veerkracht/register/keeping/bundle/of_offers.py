"""Which places were offered to a person, what was answered, and which passed them by."""

from veerkracht.register.keeping.bundle.section import AT, BY, KIND, REASON, REQUEST, STATE, Section
from veerkracht.register.offers.models import OfferedPlace, OfferStep, PassedOver
from veerkracht.rulebook.types import Text

_HOME = Text("Woonzorgcentrum", "Home")

SECTIONS: tuple[Section, ...] = (
    Section(
        "offered-places",
        "request",
        Text("Aangeboden plaatsen", "Places offered"),
        lambda person: OfferedPlace.objects.filter(entry__request__person=person),
        {
            "entry__request__number": REQUEST,
            "offer__service__name": _HOME,
            "vacancy__unit__name": Text("Plaats", "Place"),
            "offer__made_at": Text("Aangeboden op", "Offered on"),
            "offer__until": Text("Antwoorden voor", "Answer before"),
            "offer__state": STATE,
            "offer__arrives_on": Text("Komt op", "Arrives on"),
            "offer__place_in_order": Text("Plaats in de volgorde", "Place in the order"),
            "offer__of_how_many": Text("Van hoeveel", "Of how many"),
            "offer__signed_by_name": BY,
        },
    ),
    Section(
        "offer-steps",
        "history",
        Text("Wat er met die aanbiedingen gebeurde", "What happened to those offers"),
        lambda person: OfferStep.objects.filter(offer__places__entry__request__person=person),
        {
            "offer__service__name": _HOME,
            "holds_from": Text("Op", "On"),
            "recorded_at": AT,
            "kind": KIND,
            "by_name": BY,
            "reason": REASON,
            "text": Text("In woorden", "In words"),
        },
    ),
    Section(
        "passed-over",
        "history",
        Text("Plaatsen die naar iemand anders gingen", "Places that went to somebody else"),
        lambda person: PassedOver.objects.filter(entry__request__person=person),
        {
            "offer__service__name": _HOME,
            "recorded_at": AT,
            "reason": REASON,
            "text": Text("In woorden", "In words"),
            "by_name": BY,
        },
    ),
)
