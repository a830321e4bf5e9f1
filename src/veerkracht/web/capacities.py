"""A capacity in words: the role, and for which organisation, programme and area."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.people.areas import name_of
from veerkracht.web import who, words
from veerkracht.web.navigation import ROLE_NAMES


@dataclass(frozen=True)
class Capacity:
    """`key`: how a page names it. `where`: organisation, programme and area, and in whose place."""

    key: str
    role: str | Promise
    where: str


def shown(actor: Actor) -> Capacity:
    role = _("About myself") if actor.role == PERSON else ROLE_NAMES.get(actor.role, actor.role)
    return Capacity(who.key_of(actor), role, where_of(actor))


def others(request: HttpRequest, actor: Actor) -> list[Capacity]:
    """In what else the signed-in user may go on."""
    mine = who.key_of(actor)
    return [shown(one) for one in who.capacities(request) if who.key_of(one) != mine]


def where_of(actor: Actor) -> str:
    """Organisation, programme and area of a role, and in whose place; what is for all is not named."""
    held = actor.membership
    if held is None:
        return ""
    parts = [
        held.organisation.name,
        programme_name(held.programme),
        area_name(held.area_kind, held.area_code),
    ]
    if held.delegates:
        parts.append(_("in place of %(name)s") % {"name": held.delegates.user.full_name})
    return " · ".join(filter(None, parts))


def programme_name(id: str) -> str:
    """A programme's name in the language of the page; "" for every programme, its id for one that is gone."""
    if not id:
        return ""
    name = region.current().kinds_of_help.get(id)
    return words.said(name) if name else id


def area_name(kind: str, code: str) -> str:
    """What the area of a role is called; "" for the whole region."""
    return name_of(kind, code) if kind else ""
