"""Leaving at once: signed out, everything of this site cleared from the browser, and on to a harmless page."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht import region
from veerkracht.register.log.record import record
from veerkracht.web import who

# Nothing that a page kept on the device is left, and nothing that says who was here.
CLEARED = '"cache", "cookies", "storage"'
_NOWHERE = "about:blank"


def page(request: HttpRequest) -> HttpResponse:
    """POST, from a page of who is signed in, ends their session too; GET clears the browser and leads away.

    The way on is a page and no redirect: a form may be sent to this site only.
    """
    actor = who.actor_of(request) if request.method == "POST" else None
    if actor is not None and actor.user is not None:
        record(actor, "sign-out", actor.user, detail={"how": "at once"})
        auth.logout(request)
    response = render(request, "web/leaving.html", {"exit": exit_address()})
    response["Clear-Site-Data"] = CLEARED
    return response


def exit_address() -> str:
    """The harmless page of the region; an empty one where it names none."""
    shelter = region.current().shelter
    return shelter.contact.exit if shelter and shelter.contact else _NOWHERE
