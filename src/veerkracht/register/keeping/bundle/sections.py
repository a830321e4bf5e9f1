"""What is known about a person, table by table: for the bundle that somebody takes home."""

from veerkracht.register.keeping.bundle import (
    of_care,
    of_lists,
    of_need,
    of_offers,
    of_payments,
    of_person,
    of_residence,
    of_sharing,
    of_shelter,
)

SECTIONS = (
    *of_person.SECTIONS,
    *of_care.SECTIONS,
    *of_need.SECTIONS,
    *of_lists.SECTIONS,
    *of_offers.SECTIONS,
    *of_payments.SECTIONS,
    *of_residence.SECTIONS,
    *of_sharing.SECTIONS,
    *of_shelter.SECTIONS,
)
# About how the person signs in: not for who speaks for them.
OWN = frozenset({"account", "codes", "notices"})
# What hangs on a person and is not in the bundle, and why.
LEFT_OUT = {
    "crisis.SearchHold": "for which search a desk held a place: the hold is in the bundle, a search names nobody",
    "sharing.ConsultationNote": "for the participants of a consultation only: the law keeps it from others",
    "keeping.RetentionLine": "about the work of the records officers; what was done is in the log of looks",
    "lists.Double": "whether two files are of one person: the other may be somebody else, and is not theirs to know",
    "payments.Order": "of a budget line, and pays many; what it paid to the person is in the bundle",
    "payments.OrderStep": "who released such an order",
    "supply.HoldStep": "the steps of a hold that is in the bundle",
}
