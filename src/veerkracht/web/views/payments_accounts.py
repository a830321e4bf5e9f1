"""Accounts of organisations: recorded by one, confirmed by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.access import get_organisation, get_organisation_account
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people.actors import Actor
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.payments import EnterpriseNumberForm, OrganisationAccountForm
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The accounts that wait for a second person; POST records another."""
    known = queries.organisations_to_pay(actor)
    data = request.POST if request.method == "POST" else None
    form = OrganisationAccountForm(known, data, today=clock.today())
    if form.is_bound and form.is_valid() and _recorded(request, actor, form):
        return HttpResponseRedirect(reverse("payment-accounts"))
    return _show(request, actor, form, EnterpriseNumberForm(known))


@require_POST
@signed_in
def number(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Records the number of an organisation in the register of enterprises."""
    known = queries.organisations_to_pay(actor)
    form = EnterpriseNumberForm(known, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        owner = get_organisation(actor, given["organisation"])
        try:
            actions.record_enterprise_number(owner, by=actor, number=given["enterprise_number"])
        except Invalid as fault:
            form.add_error("enterprise_number", str(fault))
        else:
            messages.success(request, _("The enterprise number is recorded."))
            return HttpResponseRedirect(reverse("payment-accounts"))
    return _show(request, actor, OrganisationAccountForm(known, today=clock.today()), form)


@require_POST
@signed_in
def decide(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Confirms an account, or refuses it with a reason."""
    account = get_organisation_account(actor, id)
    decide_on(account, request, actor)
    return HttpResponseRedirect(reverse("payment-accounts"))


def decide_on(account: BankAccount, request: HttpRequest, actor: Actor) -> None:
    """Confirm an account or refuse it, as the form says, and tell so. Raises `Refused` for a form without a version."""
    seen = posted(request, "version")
    try:
        if "refuse" in request.POST:
            actions.refuse_account(account, by=actor, reason=request.POST.get("reason", ""), version=seen)
            messages.success(request, _("The account is refused. It is never used."))
        else:
            actions.confirm_account(account, by=actor, version=seen)
            messages.success(request, _("The account is confirmed, and used from its day on."))
    except Invalid as fault:
        messages.error(request, str(fault))


def _show(
    request: HttpRequest, actor: Actor, form: OrganisationAccountForm, of_enterprise: EnterpriseNumberForm
) -> HttpResponse:
    context = {"rows": queries.accounts_to_confirm(actor), "form": form, "of_enterprise": of_enterprise}
    wrong = form.errors or of_enterprise.errors
    return render(request, "web/payment_accounts.html", context, status=422 if wrong else 200)


def _recorded(request: HttpRequest, actor: Actor, form: OrganisationAccountForm) -> bool:
    given = form.cleaned_data
    owner = get_organisation(actor, given.pop("organisation"))
    try:
        actions.record_account(owner, by=actor, **given)
    except Invalid as fault:
        tell(form, fault)
        return False
    messages.success(request, _("Recorded. It is used once somebody else has confirmed it."))
    return True
