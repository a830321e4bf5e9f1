"""Tags of the pages about places: `{% load places %}`."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext_lazy as _

from veerkracht.register.supply import words as names
from veerkracht.web import words
from veerkracht.web.tabs import Page, Tab, tabs_of

register = template.Library()

# What is not there yet, or not for a role, is left out.
_PAGES = (
    Page("places", _("Places"), "place.read", "places"),
    Page("place-capacity", _("Capacity"), "place.count", "place-capacity"),
    Page("home-day", _("Homes today"), "offer.read", "home-"),
    Page("planner", _("Planner"), "stay.count", "planner"),
    Page("intensity", _("Care intensity"), "place.count", "intensity"),
    Page("assessments", _("Assessments"), "assessment.read", "assessment"),
    Page("doubles", _("Doubles"), "double.decide", "doubles"),
    Page("growth-calendar", _("Growth calendar"), "growth.read", "growth"),
)


@register.simple_tag(takes_context=True)
def places_tabs(context: template.Context) -> list[Tab]:
    return tabs_of(context, _PAGES)


@register.filter
def closure_reason(id: str) -> str:
    return words.said(names.reason_name(id))


@register.filter
def unit_kind(id: str) -> str:
    return words.said(names.kind_name(id))


@register.filter
def growth_kind(id: str) -> str:
    return words.said(names.growth_name(id))


@register.filter
def total(counts: Mapping[str, int]) -> int:
    return sum(counts.values())
