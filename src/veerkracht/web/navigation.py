"""What stands in the main menu: the pages that somebody's role may read, by the register's permissions."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from veerkracht.register.crisis.access import gives_shelter
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, lists_by_area, may
from veerkracht.register.permissions.matrix import matrix
from veerkracht.web import words

# By their names in the permission matrix, in the language of the page.
ROLE_NAMES: dict[str, Promise] = {role: lazy(words.said, str)(name) for role, name in matrix().roles.items()}
_PAGES: tuple[tuple[str, Promise, str], ...] = (
    ("today", _("Today"), "figures.read"),
    ("list", _("The list"), "request.list"),
    ("my-cases", _("My cases"), "case.assign"),
    ("shared", _("Shared with us"), "shared.list"),
    ("rounds", _("Rounds"), "round.read"),
    ("places", _("Places"), "place.read"),
    # For who counts places and sees no single one.
    ("place-capacity", _("Places"), "place.count"),
    ("desk", _("Crisis desk"), "search.place"),
    ("desk-counts", _("Crisis desk"), "search.count"),
    ("desk-stays", _("Crisis stays"), "shelter.change"),
    ("desk-campaigns", _("Campaigns"), "campaign.record"),
    ("try", _("Try a rule"), "round.dry-run"),
    ("forecast", _("Forecast"), "figures.read"),
    ("money", _("Money"), "money.read"),
    ("staff", _("Staff"), "staff.read"),
    ("restricted", _("Restricted files"), "person.restrict"),
    ("roles", _("Roles"), "role.list"),
    ("log", _("The log"), "log.read"),
    ("keeping", _("Keeping"), "retention.report"),
)
# Where a role starts when that isn't the first page of its menu.
_STARTS = {
    "admission": "home-day",
    "crisis-worker": "desk",
    "budget-officer": "money",
    "measure-owner": "results",
    "auditor": "log",
}
# About whole people, and the log, which knows no programmes: not for a role for one programme.
_OF_EVERY_PROGRAMME = {"restricted", "log", "keeping"}
# Pages that stand in the menu in the place of another one, for who may not open that.
_INSTEAD = {"place-capacity": "places"}
# Pages that live inside another one, for the mark in the menu.
_INSIDE = {
    "ending": "today",
    "through-time": "today",
    "file": "list",
    "file-documents": "list",
    "file-number": "list",
    "file-account": "list",
    "find": "list",
    "file-homes": "list",
    "file-homes-together": "list",
    "ask-homes": "list",
    "file-addresses": "list",
    "file-move": "list",
    "file-representatives": "list",
    "file-sharing": "list",
    "consultation": "shared",
    "emergency": "shared",
    "round": "rounds",
    "round-new": "rounds",
    "letter": "rounds",
    "place-hold": "places",
    **dict.fromkeys(
        (
            "desk-advice",
            "desk-search",
            "desk-search-verb",
            "desk-calls",
            "desk-call",
            "desk-identify",
            "desk-call-back",
            "desk-counts",
            "desk-stays",
            "desk-stay",
            "desk-counselling",
            "desk-counselling-one",
            "desk-contacts",
            "desk-contact",
            "desk-campaigns",
            "desk-campaign-new",
            "desk-campaign-reach",
        ),
        "desk",
    ),
    "place-close": "places",
    "place-end": "places",
    "place-capacity": "places",
    "planner": "places",
    "home-residents": "places",
    "home-list": "places",
    "home-entry": "places",
    "home-prices": "places",
    "home-resident": "places",
    "home-resident-change": "places",
    "growth-calendar": "places",
    "growth-award": "places",
    "growth-step": "places",
    "places-import": "places",
    "doubles": "places",
    "home-day": "places",
    "home-day-of": "places",
    "home-day-vacancy": "places",
    "home-day-offer": "places",
    **dict.fromkeys(
        (
            "intensity",
            "intensity-home",
            "intensity-signal",
            "intensity-signal-correct",
            "intensity-signal-withdraw",
            "assessments",
            "assessments-person",
            "assessment-correct",
            "assessment-withdraw",
        ),
        "places",
    ),
    "keeping-due": "keeping",
    "keeping-run": "keeping",
    "objections": "keeping",
    "objection": "keeping",
    "role-give": "roles",
    "role-welcome": "roles",
    "try-turns": "try",
    "forecast-tab": "forecast",
    "forecast-plans": "forecast",
    "forecast-plan-bring": "forecast",
    "forecast-record": "forecast",
    "forecast-shelters": "forecast",
    "forecast-why": "forecast",
    "pay": "staff",
    "pay-buys": "staff",
    "pay-buys-more": "staff",
    "staff-record": "staff",
    "staff-count": "staff",
    "staff-import": "staff",
    "staffed-places": "staff",
    "quality": "staff",
    "quality-record": "staff",
    "quality-import": "staff",
    "quality-correct": "staff",
    "quality-withdraw": "staff",
    "quality-improve": "staff",
    "quality-improvement-end": "staff",
    "quality-organisation": "staff",
    "quality-indicator": "staff",
    **dict.fromkeys(
        (
            "money-measures",
            "money-measure",
            "money-envelope",
            "money-left",
            "money-areas",
            "money-time",
            "money-decisions",
            "money-sentences",
            "money-questions",
            "lines",
            "payments",
            "payment-order",
            "payment-new",
            "payment-bank",
            "payment-accounts",
            "payment-recover",
            "results",
            "result",
            "result-publish",
            "result-reconciliation",
            "year-end",
        ),
        "money",
    ),
    "my-consents": "my",
    "my-who": "my",
    "my-looks": "my",
    "my-documents": "my",
    "my-codes": "my",
    "my-move": "my",
    "my-rights": "my",
    "my-offers": "my",
    "my-stays": "my",
    "my-homes": "my",
    "my-homes-together": "my",
    "my-assessments": "my",
    "my-homes-ask": "my",
    "my-homes-asked": "my",
}


@dataclass(frozen=True)
class Item:
    name: Promise
    address: str
    is_here: bool
    is_inside: bool


def menu(request: HttpRequest, actor: Actor | None) -> list[Item]:
    """The pages this role works with; empty when nobody is signed in."""
    if actor is None:
        return []
    here = (request.resolver_match.url_name or "") if request.resolver_match else ""
    pages = _pages_of(actor)
    left_out = _left_out(actor, {page for page, _name in pages})
    pages = [(page, name) for page, name in pages if page not in left_out]
    if actor.person:
        pages.append(("my", _("My request")))
    return [
        Item(name, reverse(page), page == here, _INSIDE.get(here) == _INSTEAD.get(page, page))
        for page, name in pages
    ]


def _left_out(actor: Actor, pages: set[str]) -> set[str]:
    """Of the pages that a role works with, those that others lead to, and one that is empty for this reader."""
    found: set[str] = set()
    if lists_by_area(actor):
        # Who keeps the whole list comes to a few cases of their own from the page of what is shared.
        found.add("my-cases")
    if "desk" in pages:
        # Who works at a desk comes to its stays and counts from there.
        found |= {"desk-counts", "desk-stays"}
    elif "desk-stays" in pages and not gives_shelter(actor):
        found.add("desk-stays")
    return found


def home(actor: Actor | None) -> str:
    """Where this role starts: the first page that it works with."""
    if actor is None:
        return reverse("sign-in")
    if actor.role == PERSON:
        return reverse("my")
    first = next((page for page, _name in _pages_of(actor)), "who-may")
    start = _STARTS.get(actor.role, first)
    # A shelter has no homes: its day is who stays there tonight.
    return reverse("desk-stays" if start == "home-day" and gives_shelter(actor) else start)


def _pages_of(actor: Actor) -> list[tuple[str, Promise]]:
    """The pages that a role works with, by what it may do in its programme."""
    found = {
        page: name
        for page, name, verb in _PAGES
        if may(verb, actor, EVERY_PROGRAMME if page in _OF_EVERY_PROGRAMME else actor.programme)
    }
    return [(page, name) for page, name in found.items() if _INSTEAD.get(page) not in found]
