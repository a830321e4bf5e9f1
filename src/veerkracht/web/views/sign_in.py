"""Signing in: with a user name, with a personal code, or in a demo world with one click."""

from typing import Any

from django.contrib import auth
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from veerkracht import region
from veerkracht.register.care.queries import demo as example
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people import codes, demo
from veerkracht.register.people.models import User
from veerkracht.web import navigation, who
from veerkracht.web.addresses import next_page

_BACKEND = "django.contrib.auth.backends.ModelBackend"
DEMO_WORDS = {
    "officer": _("Works on the list and prepares rounds"),
    "signer": _("Checks what an officer prepared, and signs it"),
    "assessor": _("Assesses requests, sets categories and groups"),
    "reader": _("Reads the list and files, changes nothing"),
    "analyst": _("Sees figures and forecasts, no people"),
}


class _Form(AuthenticationForm):
    """Without autofocus: three ways in stand beside each other, and none should be jumped to."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)


@sensitive_post_parameters("password")
def page(request: HttpRequest) -> HttpResponse:
    form = _Form(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _enter(request, form.get_user())
    return _show(request, form=form, status=422 if form.errors else 200)


@require_POST
@sensitive_post_parameters("code")
def by_code(request: HttpRequest) -> HttpResponse:
    """A person signs in to see their own request."""
    code = request.POST.get("code", "")
    try:
        user = codes.redeem(code)
    except Refused as refusal:
        return _show(request, code=code, code_fault=str(refusal), status=422)
    return _enter(request, user, is_logged=True)


@require_POST
def as_demo(request: HttpRequest) -> HttpResponse:
    """One click in a demo world: into a role, or a code to sign in with as a fictitious person."""
    group = request.POST.get("group", "")
    if group.isdigit():
        programme = next(iter(region.current().programmes))
        return _show(request, code=example.personal_code(programme, int(group)), is_fresh=True)
    return _enter(request, demo.enter(request.POST.get("role", "")))


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return HttpResponseRedirect(navigation.home(None))


def _enter(request: HttpRequest, user: User, is_logged: bool = False) -> HttpResponse:
    auth.login(request, user, backend=_BACKEND)
    actor = who.actor_of(request)
    if actor is None:
        auth.logout(request)
        raise Refused()
    if not is_logged:
        record(actor, "sign-in", user)
    return HttpResponseRedirect(next_page(request, navigation.home(actor)))


def _show(
    request: HttpRequest,
    *,
    form: AuthenticationForm | None = None,
    code: str = "",
    code_fault: str = "",
    is_fresh: bool = False,
    status: int = 200,
) -> HttpResponse:
    programme = next(iter(region.current().programmes.values()))
    accounts = demo.accounts()
    context = {
        "form": form or _Form(request),
        "code": code,
        "code_fault": code_fault,
        "code_is_fresh": is_fresh,
        "accounts": [(one, navigation.ROLE_NAMES[one.role], DEMO_WORDS[one.role]) for one in accounts],
        "groups": programme.groups if accounts else (),
        "next": next_page(request, ""),
    }
    return render(request, "web/sign_in.html", context, status=status)
