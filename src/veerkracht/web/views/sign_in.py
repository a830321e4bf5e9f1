"""Signing in: by the organisation's provider, with an account, with a personal code, or in a demo with one click."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from veerkracht import region
from veerkracht.register.care.queries import demo as example
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.offers.queries import demo as of_homes
from veerkracht.register.people import accounts, codes, demo
from veerkracht.register.people.models import User
from veerkracht.web import navigation, who, words
from veerkracht.web.addresses import next_page
from veerkracht.web.forms.sign_in import SignInForm
from veerkracht.web.identity import attempts, entering, passkeys, sessions

DEMO_WORDS = {
    "officer": _("Works on the list and prepares rounds"),
    "signer": _("Checks what an officer prepared, and signs it"),
    "assessor": _("Assesses requests, sets categories and groups"),
    "case-worker": _("Follows the people of their own cases"),
    "admission": _("Fills the places of a home by its own rules, answers referrals"),
    "crisis-worker": _("Finds a safe place tonight, at the crisis desk"),
    "reader": _("Reads the list and files, changes nothing"),
    "analyst": _("Sees figures and forecasts, no people"),
    "budget-officer": _("Keeps the budget lines, prepares payments"),
    "treasurer": _("Approves and sends payments, closes the year"),
    "measure-owner": _("Reports what a measure reached"),
    "auditor": _("Reads the log, never a file"),
    "records": _("Keeps and destroys by the rule, restricts files"),
    "administrator": _("Gives and ends roles, sees no files"),
}


@never_cache
@sensitive_post_parameters("password")
def page(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _show(request, form=form)
    if not form.is_valid():
        return _show(request, form=form, status=422)
    try:
        user = attempts.guarded(request, form.account, lambda: _user_of(request, form))
    except attempts.TooMany as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form=form, status=429)
    if user is None:
        form.add_error(None, _("This user name and password do not go together."))
        return _show(request, form=form, status=422)
    sessions.coming_by(request, sessions.PASSWORD)
    return perform_login(request, user, redirect_url=next_page(request, ""))


def _user_of(request: HttpRequest, form: SignInForm) -> User | None:
    """One hash is computed whether the account is unknown, closed or right."""
    user: User | None = auth.authenticate(request, **form.cleaned_data)  # type: ignore[assignment]
    if user is None:
        entering.refused(request, sessions.PASSWORD, accounts.find(form.account))
    return user


@require_POST
@never_cache
@sensitive_post_parameters("code")
def by_code(request: HttpRequest) -> HttpResponse:
    """A person signs in to see their own request."""
    code = request.POST.get("code", "")
    try:
        user = attempts.guarded(request, f"code {codes.number_in(code)}", lambda: _owner_of(request, code))
    except attempts.TooMany as refusal:
        return _show(request, code=code, code_fault=str(refusal), status=429)
    if user is None:
        return _show(request, code=code, code_fault=words.said(codes.UNKNOWN), status=422)
    return entering.enter(request, user, sessions.CODE)


def _owner_of(request: HttpRequest, code: str) -> User | None:
    try:
        return codes.redeem(code)
    except Refused:
        entering.refused(request, sessions.CODE)
        return None


@require_POST
def as_demo(request: HttpRequest) -> HttpResponse:
    """One click in a demo world: into a role, or a code to sign in with as a fictitious person."""
    if "home" in request.POST:
        return _show(request, code=of_homes.personal_code(), is_fresh=True)
    group = request.POST.get("group", "")
    if group.isdecimal():
        return _as_somebody_waiting(request, int(group[:9]))
    return entering.enter(request, demo.enter(request.POST.get("role", "")), sessions.DEMO)


def _as_somebody_waiting(request: HttpRequest, group: int) -> HttpResponse:
    try:
        code = example.personal_code(next(iter(region.current().programmes)), group)
    except Invalid as invalid:
        messages.error(request, str(invalid))
        return HttpResponseRedirect(reverse("sign-in"))
    return _show(request, code=code, is_fresh=True)


class SecondStep(AuthenticateView):
    """After the password: a code from the app, a recovery code, or a passkey."""

    template_name = "web/sign_in_second.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "options": passkeys.options(context),
            "has_passkey": passkeys.has_any(self.stage.login.user),
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        entering.refused(self.request, "second factor", self.stage.login.user)
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class Passkey(LoginWebAuthnView):
    """GET gives what the browser asks the device; POST signs in with its answer."""

    def form_invalid(self, form: Any) -> HttpResponse:
        entering.refused(self.request, sessions.PASSKEY)
        messages.error(self.request, _("That passkey is not known here."))
        return HttpResponseRedirect(reverse("sign-in"))

    def form_valid(self, form: Any) -> HttpResponse:
        if not form.cleaned_data["credential"].user.is_active:
            return self.form_invalid(form)
        sessions.coming_by(self.request, sessions.PASSKEY)
        return super().form_valid(form)


second_step = SecondStep.as_view()
by_passkey = Passkey.as_view()


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    actor = who.actor_of(request)
    if actor is not None and actor.user is not None:
        record(actor, "sign-out", actor.user)
    auth.logout(request)
    response = HttpResponseRedirect(navigation.home(None))
    # Nothing that a page kept on the device outlives the session.
    response["Clear-Site-Data"] = '"storage"'
    return response


def _show(
    request: HttpRequest,
    *,
    form: SignInForm | None = None,
    code: str = "",
    code_fault: Any = "",
    is_fresh: bool = False,
    status: int = 200,
) -> HttpResponse:
    programme = next(iter(region.current().programmes.values()))
    shown = demo.accounts()
    context = {
        "form": form or SignInForm(),
        "code": code,
        "code_fault": code_fault,
        "code_is_fresh": is_fresh,
        "accounts": [(one, navigation.ROLE_NAMES[one.role], DEMO_WORDS[one.role]) for one in shown],
        "groups": programme.groups if shown else (),
        "has_homes": region.current().lists is not None,
        "provider": settings.OIDC_NAME if settings.OIDC_ORIGINS else "",
        "next": next_page(request, ""),
    }
    # Chromium holds a form to this policy up to where its answer leads on to.
    may_go_to_provider = csp_update({"form-action": settings.OIDC_ORIGINS})
    return may_go_to_provider(lambda asked: render(asked, "web/sign_in.html", context, status=status))(
        request
    )
