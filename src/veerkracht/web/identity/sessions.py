"""Sessions: how somebody came in, how long it lasts, and whether a second factor was shown.

Times here are real ones: a demo's day stands still, its sessions end all the same.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register import clock
from veerkracht.register.people.models import User
from veerkracht.web import who

PASSWORD, PASSKEY, PROVIDER, CODE, DEMO = "password", "passkey", "provider", "code", "demo"
# Ways in that show who somebody is at work; a personal code is only for one's own requests.
_FOR_WORK = (PASSWORD, PASSKEY, PROVIDER)
_KEPT, _COMING_BY = "signed-in", "coming-by"
# A session is not written at every request only to say that somebody is still there.
_SEEN_AGAIN_AFTER = 60
# What may be done at work before a second factor is set: set it, ask what this is, or leave.
_BEFORE_SECOND_FACTOR = {
    "account",
    "second-factor",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "capacity",
    "session-end",
    "sessions-end",
    "sign-out",
    "about",
    "look",
    "set_language",
}

Answer = Callable[[HttpRequest], HttpResponse]


@dataclass
class SignedIn:
    """`way`: how. `began` and `seen`: seconds since 1970. `is_strong`: as strong as work here asks for."""

    way: str
    began: float
    seen: float
    is_strong: bool


def coming_by(request: HttpRequest, way: str, *, second_factor: bool = False) -> None:
    """Remember how somebody comes in, up to the moment that they are (a second factor may lie between).

    `second_factor`: whether this way in says that it already asked for one. Who was signed in before goes out first:
    Django would empty the session at the change of user, and this with it.
    """
    if request.user.is_authenticated:
        auth.logout(request)
    request.session[_COMING_BY] = [way, second_factor]


def begin(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """At every sign-in (a receiver of Django's `user_logged_in`, so that none gets round it)."""
    way, already = request.session.pop(_COMING_BY, ["", False])
    shown = any(one["method"] == "mfa" for one in get_authentication_records(request, user))
    now = time.time()
    is_strong = way != CODE and (already or shown or not second_factor_is_asked())
    request.session[_KEPT] = asdict(SignedIn(way, now, now, is_strong))


def of(request: HttpRequest) -> SignedIn | None:
    kept = request.session.get(_KEPT)
    return SignedIn(**kept) if kept else None


def second_factor_is_asked() -> bool:
    """Whether who works here needs a second factor: as set, and never in a demo world."""
    return settings.SECOND_FACTOR == "required" and clock.demo_day() is None


def second_factor_shown(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """A second factor was set, or shown once more: from now on this session is strong."""
    now = of(request)
    if now and request.user == user and now.way != CODE:
        _keep(request, is_strong=True)


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody signed in a moment ago, so that they need not show again who they are."""
    now = of(request)
    return bool(
        now and now.way in _FOR_WORK and time.time() - now.began < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    )


class Limits:
    """Ends what lasted too long, and lets nobody work whose second factor is still missing."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if auth.SESSION_KEY in request.session:
            _hold_to_limits(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        now, match = of(request), request.resolver_match
        if now is None or now.is_strong or not _acts_at_work(request):
            return None
        if now.way != CODE and not second_factor_is_asked():
            return None
        if match and "ninja" in match.app_names:
            told = {"type": "about:blank", "title": _("Show a second factor first."), "status": 401}
            return JsonResponse(told, status=401, content_type="application/problem+json")
        if now.way == CODE:
            auth.logout(request)
            messages.info(request, _("For your work you sign in with your account."))
            return redirect_to_login(request.get_full_path(), reverse("sign-in"))
        if match and match.url_name in _BEFORE_SECOND_FACTOR:
            return None
        return HttpResponseRedirect(reverse("second-factor"))


def _hold_to_limits(request: HttpRequest) -> None:
    """Ends a session that lasted too long, or of which nothing is known; else it was seen now."""
    now = of(request)
    if now is None or _has_ended(now):
        auth.logout(request)
        messages.info(request, _("You were signed out: that happens by itself after a while."))
    elif time.time() - now.seen > _SEEN_AGAIN_AFTER:
        _keep(request, seen=time.time())


def _acts_at_work(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    actor = who.actor_of(request)
    return actor is not None and actor.membership is not None


def _has_ended(now: SignedIn) -> bool:
    at = time.time()
    too_long = at - now.began > settings.SESSION_HOURS * 3600
    return too_long or at - now.seen > settings.SESSION_IDLE_MINUTES * 60


def _keep(request: HttpRequest, **changed: Any) -> None:
    request.session[_KEPT] = {**request.session[_KEPT], **changed}
