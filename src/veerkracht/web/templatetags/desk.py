"""Tags of the crisis desk: `{% load desk %}`."""

from django import template
from django.utils.translation import gettext_lazy as _

from veerkracht.register.permissions import may
from veerkracht.web.tabs import Page, Tab, tabs_of

register = template.Library()

_PAGES = (
    Page("desk", _("Search"), "search.place", "desk"),
    Page("desk-calls", _("Calls"), "call.read", "desk-call"),
    Page("desk-stays", _("Stays"), "shelter.read", "desk-stay"),
    Page("desk-counselling", _("Counselling"), "counselling.read", "desk-counselling"),
    Page("desk-contacts", _("Messages"), "contact.answer", "desk-contact"),
    Page("desk-counts", _("Counts"), "search.count", "desk-count"),
    Page("desk-campaigns", _("Campaigns"), "campaign.read", "desk-campaign"),
)


@register.simple_tag(takes_context=True)
def desk_tabs(context: template.Context) -> list[Tab]:
    return tabs_of(context, _PAGES)


@register.simple_tag(takes_context=True)
def may_note_offline(context: template.Context) -> bool:
    """Whether who reads this page works at a desk, so that their browser keeps what is needed without a network."""
    actor = context.get("actor")
    return bool(actor) and may("call.take", actor, actor.programme)
