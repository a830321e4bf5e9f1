"""The moments of signing in that every way shares: in, turned away, refused."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from veerkracht.register.log.record import record
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.people.models import User
from veerkracht.web import navigation, who
from veerkracht.web.addresses import next_page
from veerkracht.web.identity import attempts, sessions

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(request: HttpRequest, user: User, way: str) -> HttpResponse:
    """Straight in, by a personal code or a demo's click; no second factor is asked."""
    sessions.coming_by(request, way)
    auth.login(request, user, backend=_BACKEND)
    if way == sessions.CODE:
        # A code is for one's own requests, also for somebody who works here.
        who.take_capacity(request, PERSON)
        UserSession.objects.create_from_request(request)
    return entered(request, user, next_page(request, ""))


def entered(request: HttpRequest, user: User, next: str) -> HttpResponse:
    """Where somebody who is in goes; out again, with words, when they have no role here (any more)."""
    actor = who.actor_of(request)
    if actor is None:
        auth.logout(request)
        refused(request, "role", user)
        return turned_away(request)
    now = sessions.of(request)
    way = now.way if now else ""
    record(actor, "sign-in", user, person_id=actor.person.pk if actor.person else None, detail={"way": way})
    response = HttpResponseRedirect(next or navigation.home(actor))
    if way not in (sessions.DEMO, sessions.CODE):
        attempts.remember_device(request, response, user.username)
    return response


def refused(request: HttpRequest, way: str, user: User | None = None) -> None:
    """Write down a sign-in that was refused: how and from where, and never what was typed."""
    address = get_adapter().get_client_ip(request)
    record(Actor.for_command("sign-in"), "refused", user or "user", detail={"way": way, "address": address})


def turned_away(request: HttpRequest) -> HttpResponse:
    """Known elsewhere, not here: no account or role comes about by itself.

    To a page at an address of its own, as for what failed: the address by which the provider sends people back holds
    what may be used once, and no page shall carry it on.
    """
    return HttpResponseRedirect(reverse("sign-in-no-access"))


def provider_failed(request: HttpRequest) -> HttpResponse:
    """The provider did not answer, or not to what we asked."""
    return HttpResponseRedirect(reverse("sign-in-failed"))
