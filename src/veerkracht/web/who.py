"""Who asks for a page: the signed-in user in the capacity they chose, as the register's gates know them.

The session keeps which membership was chosen, or `person` for oneself; whether it still holds is asked again at each
request. So a role that ends, or an account that is closed, stops at once.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import PERSON, Actor, capacities_of

View = Callable[..., HttpResponse]
_CHOSEN = "capacity"
_KEPT = "_veerkracht_capacities"
_SAFE = ("GET", "HEAD", "OPTIONS")


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor behind a request; None when nobody with a role is signed in.

    Where the chosen capacity has ended, a page may be read in the first of those left, but what was begun in the one
    is not finished in the other.
    """
    held = capacities(request)
    chosen = request.session.get(_CHOSEN) if held else None
    for actor in held:
        if key_of(actor) == chosen:
            return actor
    if chosen is not None:
        if request.method not in _SAFE:
            return None
        del request.session[_CHOSEN]
    return held[0] if held else None


def capacities(request: HttpRequest) -> list[Actor]:
    """Every capacity that the signed-in user has today, most used first; asked once per request and user."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    kept: dict[int, list[Actor]] = request.__dict__.setdefault(_KEPT, {})
    if user.pk not in kept:
        kept[user.pk] = capacities_of(user)
    return kept[user.pk]


def was_asked(request: HttpRequest) -> bool:
    """Whether anything of this request has asked who is behind it."""
    return _KEPT in request.__dict__


def key_of(actor: Actor) -> str:
    """How a page and the session name a capacity."""
    return str(actor.membership_id or PERSON)


def take_capacity(request: HttpRequest, key: int | str) -> Actor:
    """Go on in another of one's capacities: the id of a membership, or `person`.

    Raises `Refused` when it isn't one's own today.
    """
    for actor in capacities(request):
        if key_of(actor) == str(key):
            request.session[_CHOSEN] = key_of(actor)
            return actor
    raise Refused()


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
