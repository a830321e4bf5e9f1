"""Which programme a page is about."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from veerkracht import region
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme
from veerkracht.web import words


def chosen(request: HttpRequest, actor: Actor) -> Programme:
    """The programme asked for (`?programme=`), else that of the actor's role, else the region's first.

    Raises `Refused` for one that doesn't exist.
    """
    known = region.current().programmes
    asked = request.GET.get("programme") or actor.programme or next(iter(known))
    if asked not in known:
        raise Refused()
    return known[asked]


def names_of(programme: Programme) -> dict[str, dict[Any, str]]:
    """The programme's words for its groups, kinds and routes, in the page's language, for templates."""
    groups = {group.number: words.said(group.name) for group in programme.groups}
    return {
        "groups": {0: gettext("No group"), **groups},
        "kinds": {kind: words.said(name) for kind, name in programme.kind_names.items()},
        "routes": {route.id: words.said(route.name) for route in programme.routes},
    }
