"""The pages of the crisis desk, beside each other: those that are there and that somebody may open."""

from django.utils.translation import gettext_lazy as _

from veerkracht.register.people.actors import Actor
from veerkracht.web import tabs as pages

PAGES = (
    pages.Page("desk", _("Search"), "search.place", "desk"),
    pages.Page("desk-calls", _("Calls"), "call.read", "desk-call"),
    pages.Page("desk-stays", _("Stays"), "shelter.read", "desk-stay"),
    pages.Page("desk-counselling", _("Counselling"), "counselling.read", "desk-counselling"),
    pages.Page("desk-contacts", _("Messages"), "contact.answer", "desk-contact"),
    pages.Page("desk-counts", _("Counts"), "search.count", "desk-count"),
    pages.Page("desk-campaigns", _("Campaigns"), "campaign.read", "desk-campaign"),
)


def tabs(actor: Actor | None, here: str) -> list[pages.Tab]:
    """`here`: the name of the address that shows them."""
    return pages.tabs(actor, PAGES, here)
