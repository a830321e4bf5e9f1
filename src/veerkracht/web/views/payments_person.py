"""The account on which a person is paid: beside their file, for who keeps it. Never whole, and in no address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from veerkracht.register import clock
from veerkracht.register.care.access import Case, get_request
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.access import get_person_account
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.web import payment_words
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.doing import done
from veerkracht.web.forms.payments import AccountForm
from veerkracht.web.numbers import posted
from veerkracht.web.views.payments_accounts import decide_on
from veerkracht.web.who import signed_in


@never_cache
@sensitive_post_parameters()
@signed_in
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The accounts of the person of a file; POST records one, or decides on the one that waits."""
    asked = get_request(actor, number, purpose=_("Recording an account"))
    require("number.record", actor, asked)
    is_record = request.method == "POST" and "id" not in request.POST
    form = AccountForm(request.POST if is_record else None, today=clock.today())
    if request.method == "POST" and (_recorded if is_record else _decided)(
        request, actor, asked.person, form
    ):
        return HttpResponseRedirect(request.path)
    case = Case(asked.person, asked.programme, asked.area)
    context = {
        "form": form,
        "asked": asked,
        "accounts": queries.accounts_of_person(actor, asked.person),
        "states": payment_words.ACCOUNT_STATES,
        "state_tags": payment_words.ACCOUNT_TAGS,
        "tabs": tabs(actor, case, number, "file-account"),
    }
    return render(request, "web/file_account.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, actor: Actor, person: Any, form: AccountForm) -> bool:
    is_recorded = done(form, lambda: actions.record_account(person, by=actor, **form.cleaned_data))
    if is_recorded:
        messages.success(request, _("Recorded. It is used once somebody else has confirmed it."))
    return is_recorded


def _decided(request: HttpRequest, actor: Actor, person: Any, form: AccountForm) -> bool:
    decide_on(get_person_account(actor, person, posted(request, "id")), request, actor)
    return True
