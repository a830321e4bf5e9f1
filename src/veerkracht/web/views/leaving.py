"""Leaving at once: signed out, everything of this site cleared from the browser, and on to a harmless page."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from veerkracht import region
from veerkracht.register.log.record import record
from veerkracht.web import who

# Nothing that a page kept on the device is left, and nothing that says who was here.
CLEARED = '"cache", "cookies", "storage"'
_NOWHERE = "about:blank"


@csrf_exempt
def page(request: HttpRequest) -> HttpResponse:
    """Whoever asks leaves. No token: in haste a stale page must do, and to be made to leave harms little.

    The way on is a page and no redirect: a form may be sent to this site only.
    """
    actor = who.actor_of(request)
    if request.method == "POST" and actor is not None and actor.user is not None:
        record(actor, "sign-out", actor.user, detail={"how": "at once"})
        auth.logout(request)
    response = render(request, "web/leaving.html", {"exit": exit_address()})
    response["Clear-Site-Data"] = CLEARED
    response["Referrer-Policy"] = "no-referrer"
    return response


def exit_address() -> str:
    """The harmless page of the region; an empty one where it names none."""
    shelter = region.current().shelter
    return shelter.contact.exit if shelter and shelter.contact else _NOWHERE
