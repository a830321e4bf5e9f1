"""Tags of the pages about money: `{% load money %}`."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from veerkracht.web import money_words
from veerkracht.web.tabs import Page, Tab, tabs

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
    """The tabs for who reads this page; the one they are on is known by the name of its address."""
    match = context["request"].resolver_match
    return tabs(context.get("actor"), _PAGES, (match and match.url_name) or "")


@register.filter
def level_name(status: str) -> str:
    return str(money_words.LEVELS.get(status, status))


@register.filter
def measure_kind(kind: str) -> str:
    return str(money_words.KINDS.get(kind, kind))


@register.filter
def decision_kind(kind: str) -> str:
    return str(money_words.DECISIONS.get(kind, kind))


@register.filter
def event_name(what: str) -> str:
    return str(money_words.EVENTS.get(what, what))


@register.filter
def state_name(state: str) -> str:
    """Where a milestone stands."""
    return str(money_words.STATES.get(state, state))


@register.filter
def state_tag(state: str) -> str:
    """The look of a milestone's tag."""
    return money_words.STATE_TAGS.get(state, "plain")


@register.simple_tag
def level_of(row: Any, status: str) -> Any:
    """The last that is stated of a measure or envelope at a level; None when nothing is."""
    return row.level(status)
