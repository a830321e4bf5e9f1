"""Tags of the pages about money: `{% load money %}`."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from veerkracht.web import money_words
from veerkracht.web.tabs import Page, Tab, tabs_of
from veerkracht.web.words import known_in

register = template.Library()

_PAGES = (
    Page("money", _("Map"), "money.read", "money"),
    Page("money-measures", _("Measures"), "money.read", "money-measure"),
    Page("budget-lines", _("Lines"), "money.read", "budget-line"),
    Page("payments", _("Payments"), "payment.read", "payment"),
    Page("results", _("Results"), "money.read", "result"),
    Page("year-end", _("Year end"), "money.read", "year"),
)

# Inside the map; each is its own stem.
_VIEWS = (
    ("money", _("From envelope to payment")),
    ("money-left", _("What is left")),
    ("money-time", _("Through time")),
    ("money-areas", _("By area")),
    ("money-decisions", _("Who decided what")),
    ("money-sentences", _("Sentence by sentence")),
    ("money-questions", _("What does not agree")),
)


@register.simple_tag(takes_context=True)
def money_views(context: template.Context) -> list[Tab]:
    """The ways to look at the map of the money, with the one that this page is."""
    match = context["request"].resolver_match
    here = (match and match.url_name) or ""
    return [Tab(name, reverse(page), page == here) for page, name in _VIEWS]


@register.simple_tag(takes_context=True)
def money_tabs(context: template.Context) -> list[Tab]:
    return tabs_of(context, _PAGES)


register.filter("level_name", known_in(money_words.LEVELS))
register.filter("measure_kind", known_in(money_words.KINDS))
register.filter("decision_kind", known_in(money_words.DECISIONS))
register.filter("event_name", known_in(money_words.EVENTS))
# Where a milestone stands.
register.filter("state_name", known_in(money_words.STATES))


@register.filter
def state_tag(state: str) -> str:
    """The look of a milestone's tag."""
    return money_words.STATE_TAGS.get(state, "plain")


@register.simple_tag
def level_of(row: Any, status: str) -> Any:
    """The last that is stated of a measure or envelope at a level; None when nothing is."""
    return row.level(status)
