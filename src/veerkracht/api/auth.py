"""Who calls: a signed-in browser, in the capacity chosen there, or a program with a token of one capacity."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.security import APIKeyCookie, HttpBearer

from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import PERSON, Actor, actor_for, capacities_of
from veerkracht.register.tokens.actions import find

_READS = ("GET", "HEAD")


class Session(APIKeyCookie):
    """The session of a signed-in browser. What changes something must carry the CSRF token, as a form does."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        return _speaks(request, _chosen(request))

    def _get_key(self, request: HttpRequest) -> str | None:
        # Nobody is signed in: then it is not about a form that went astray.
        return super()._get_key(request) if request.user.is_authenticated else None


class Bearer(HttpBearer):
    """A token: it acts as its maker in one capacity, as long as they hold that capacity themself."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        found = find(token)
        if found is None:
            return None
        try:
            actor = actor_for(found.user, membership=found.membership_id)
        except Refused:
            return None
        if request.method not in _READS and not found.may_write:
            raise Refused()
        return _speaks(request, actor)


def caller(request: HttpRequest) -> Actor:
    """Who calls an operation, in which capacity; `Session` or `Bearer` let them in."""
    found: Actor = request.auth  # type: ignore[attr-defined]
    return found


def _chosen(request: HttpRequest) -> Actor | None:
    """The capacity chosen in the browser, as long as it holds; else the first."""
    held = capacities_of(request.user)  # type: ignore[arg-type]
    chosen = request.session.get("capacity")
    if chosen is None:
        return held[0] if held else None
    return next((actor for actor in held if str(actor.membership_id or PERSON) == chosen), None)


def _speaks(request: HttpRequest, actor: Actor | None) -> Actor | None:
    """Who asks for no language is answered in their own."""
    if actor and "Accept-Language" not in request.headers:
        translation.activate(actor.language)
        request.LANGUAGE_CODE = actor.language  # type: ignore[attr-defined]
    return actor
