"""Who asks for a page: the signed-in user in the role they chose, as the register's gates know them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import PERSON, Actor, actor_for, roles_of
from veerkracht.register.people.models import User

View = Callable[..., HttpResponse]
_ROLE, _ROLES = "role", "roles"


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor behind a request, once per request; None when nobody with a role is signed in."""
    if not hasattr(request, "_veerkracht_actor"):
        request._veerkracht_actor = _find(request)  # type: ignore[attr-defined]
    found: Actor | None = request._veerkracht_actor  # type: ignore[attr-defined]
    return found


def _find(request: HttpRequest) -> Actor | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    for role in dict.fromkeys([request.session.get(_ROLE), None]):
        try:
            return actor_for(user, role)
        except Refused:
            continue
    return None


def roles(request: HttpRequest) -> list[str]:
    """The roles to choose from, as they were at signing in; empty when there is nothing to choose."""
    held: list[str] = request.session.get(_ROLES, [])
    return held if len(held) > 1 else []


def remember_roles(request: HttpRequest, user: User) -> None:
    """At signing in: which roles the user may change between, so that no page has to ask."""
    request.session[_ROLES] = roles_of(user, clock.today()) + ([PERSON] if user.person_id else [])


def take_role(request: HttpRequest, role: str) -> None:
    """Go on in another of one's roles. Raises `Refused` when it isn't one's own."""
    actor_for(request.user, role)  # type: ignore[arg-type]
    request.session[_ROLE] = role


def signed_in(view: View) -> View:
    """Hands the actor to a view as its second argument; who isn't signed in is asked to, and comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("sign-in"))
        actor = actor_of(request)
        if actor is None:
            raise Refused()
        return view(request, actor, *args, **kwargs)

    return guarded
