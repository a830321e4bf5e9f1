"""Tags of the pages about money: `{% load money %}`."""

from django import template
from django.utils.translation import gettext_lazy as _

from veerkracht.web.tabs import Page, Tab, tabs

register = template.Library()

_PAGES = (
    Page("money", _("Map"), "money.read", "money"),
    Page("money-measures", _("Measures"), "money.read", "money-measure"),
    Page("lines", _("Lines"), "money.read", "line"),
    Page("payments", _("Payments"), "payment.read", "payment"),
    Page("results", _("Results"), "money.read", "result"),
    Page("year-end", _("Year end"), "money.read", "year"),
)


@register.simple_tag(takes_context=True)
def money_tabs(context: template.Context) -> list[Tab]:
    """The tabs for who reads this page; the one they are on is known by the name of its address."""
    match = context["request"].resolver_match
    return tabs(context.get("actor"), _PAGES, (match and match.url_name) or "")
