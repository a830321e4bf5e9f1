"""The pages about staff, beside each other: those that are there and that somebody may open."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may

_PAGES: tuple[tuple[str, Promise, str], ...] = (
    ("staff", _("Staff"), "staff.read"),
    ("staffed-places", _("Open and staffed"), "staff.read"),
    ("pay", _("Pay"), "staff.read"),
    ("quality", _("Quality"), "quality.read"),
)


@dataclass(frozen=True)
class Tab:
    name: Promise
    address: str
    is_here: bool


def tabs(actor: Actor | None, here: str) -> list[Tab]:
    """`here`: the name of the address that shows them; an inner page (`staff-count`) belongs to the tab it is in."""
    if actor is None:
        return []
    found = [
        (page, name, address)
        for page, name, verb in _PAGES
        if may(verb, actor, actor.programme) and (address := _address(page))
    ]
    shown = max((page for page, _name, _address in found if _is_in(here, page)), key=len, default="")
    return [Tab(name, address, page == shown) for page, name, address in found]


def _is_in(here: str, page: str) -> bool:
    return here == page or here.startswith(f"{page}-")


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""
