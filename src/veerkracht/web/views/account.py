"""One's own account: password, second factor, passkeys, and where one is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people import accounts
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.web import who
from veerkracht.web.forms.account import ChangePasswordForm
from veerkracht.web.identity import passkeys, sessions

View = Callable[..., HttpResponse]


def own_account(view: View) -> View:
    """As `who.signed_in`, and for who came in by what only they have: not in a demo, whose accounts all visitors share,
    nor by a personal code.
    """

    @wraps(view)
    def guarded(request: HttpRequest, actor: Actor, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_ones_own(request):
            raise Refused()
        return view(request, actor, *args, **kwargs)

    return who.signed_in(guarded)


def is_shared() -> bool:
    """In a demo world every account is everybody's: one click leads in, and the passwords are public."""
    return clock.demo_day() is not None


def is_ones_own(request: HttpRequest) -> bool:
    now = sessions.of(request)
    return now is not None and now.way != sessions.CODE and not is_shared()


@who.signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    user, shared = request.user, is_shared()
    context = {
        "is_shared": shared,
        "is_ones_own": is_ones_own(request),
        "may_make_tokens": may("token.make", actor),
        "has_password": user.has_usable_password(),
        "second_factors": passkeys.of(user),
        # Of an account that all visitors of a demo share, nobody sees where the others are.
        "sessions": [] if shared else [_shown(request, one) for one in accounts.sessions_of(user)],
    }
    return render(request, "web/account.html", context)


def _shown(request: HttpRequest, session: Any) -> dict[str, Any]:
    return {
        "id": session.pk,
        "began": session.created_at,
        "address": session.ip,
        "device": _device(session.user_agent),
        "is_this": session.session_key == request.session.session_key,
    }


_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
# Each of the later ones also calls itself by the names of the earlier.
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def _device(agent: str) -> str:
    """A browser's long description of itself in two words; the description where we know none of it."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return " · ".join(filter(None, (browser, system))) or agent or _("Unknown device")


@own_account
@sensitive_post_parameters()
def password(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not request.user.has_usable_password():
        raise Refused()
    form = ChangePasswordForm(request, request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(
            request, "web/account_password.html", {"form": form}, status=422 if form.errors else 200
        )
    form.save()
    auth.update_session_auth_hash(request, request.user)
    record(actor, "change", request.user, detail={"what": "password"})
    accounts.end_sessions(request.user, but=request.session.session_key)
    messages.success(request, _("Your password was changed. On other devices you were signed out."))
    return HttpResponseRedirect(reverse("account"))


@who.signed_in
def second_factor(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where who works here is led who has no second factor yet."""
    return render(request, "web/account_second_factor.html", {"is_ones_own": is_ones_own(request)})


@require_POST
@who.signed_in
def end_session(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    if is_shared():
        raise Refused()
    accounts.end_session(request.user, id)
    record(actor, "sign-out", request.user, detail={"session": id})
    messages.success(request, _("You are signed out there."))
    return HttpResponseRedirect(reverse("account"))


@require_POST
@who.signed_in
def end_sessions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sign out everywhere, here too."""
    if is_shared():
        raise Refused()
    accounts.end_sessions(request.user)
    record(actor, "sign-out", request.user, detail={"where": "everywhere"})
    auth.logout(request)
    messages.success(request, _("You are signed out on every device."))
    return HttpResponseRedirect(reverse("sign-in"))
