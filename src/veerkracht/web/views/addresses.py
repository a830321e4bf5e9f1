"""Where a person lives: a page beside the file. An address in hiding only shows to the case team."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht.register import clock
from veerkracht.register.care.access import Case, case_of, get_request, may
from veerkracht.register.cases.protection import change_address, end_address
from veerkracht.register.cases.protection.addresses import AddressesView, addresses_of
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.file_parts import AddressForm, EndAddressForm
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The addresses of a person; POST changes or ends one."""
    asked = get_request(actor, number)
    case = case_of(asked)
    view = addresses_of(actor, case)
    form = AddressForm(None, clock.today(), view.sees_hidden)
    if request.method == "POST":
        form = _filled(request, view)
        if form.is_valid() and _done(form, actor, case):
            messages.success(request, _("The address was changed."))
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {
        "asked": asked,
        "view": view,
        "ending": isinstance(form, EndAddressForm),
        "form": form if may("address.change", actor, case) else None,
        "today": clock.today(),
        "tabs": tabs(actor, case, number, "file-addresses"),
    }
    return render(request, "web/file_addresses.html", context, status=422 if form.errors else 200)


def _filled(request: HttpRequest, view: AddressesView) -> AddressForm | EndAddressForm:
    if request.POST.get("verb") == "end":
        return EndAddressForm(request.POST)
    return AddressForm(request.POST, clock.today(), view.sees_hidden)


def _done(form: AddressForm | EndAddressForm, actor: Actor, case: Case) -> bool:
    act = end_address if isinstance(form, EndAddressForm) else change_address
    try:
        act(case, by=actor, **form.cleaned_data)
    except Invalid as invalid:
        tell(form, invalid)
        return False
    return True
