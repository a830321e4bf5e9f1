"""Pages that stand beside each other as tabs: those that are there and that somebody may open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may


@dataclass(frozen=True)
class Page:
    """A page by the name of its address; `stem` is how the names of its inner pages begin."""

    name: str
    title: Promise
    verb: str
    stem: str


@dataclass(frozen=True)
class Tab:
    name: Promise
    address: str
    is_here: bool


def tabs_of(context: Context, pages: Sequence[Page]) -> list[Tab]:
    """The tabs for who reads the page of a template; the one they are on is known by the name of its address."""
    match = context["request"].resolver_match
    return tabs(context.get("actor"), pages, (match and match.url_name) or "")


def tabs(actor: Actor | None, pages: Sequence[Page], here: str) -> list[Tab]:
    """`here`: the name of the address that shows them; an inner page belongs to the longest stem it begins with."""
    if actor is None:
        return []
    found = [
        (page, address)
        for page in pages
        if may(page.verb, actor, actor.programme) and (address := _address(page.name))
    ]
    inside = max((page.stem for page, _ in found if here.startswith(page.stem)), key=len, default="")
    return [Tab(page.title, address, page.stem == inside) for page, address in found]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
