"""What the bank said, and the page where its messages are read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.paging import whole
from veerkracht.register.payments import actions, queries
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.web.forms.payments import BankForm
from veerkracht.web.uploads import was_too_large
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was read, the latest first; POST reads another message."""
    may_read = may("payment.acknowledge", actor)
    form = BankForm(request.POST, request.FILES) if request.method == "POST" else BankForm()
    if form.is_bound:
        if not may_read:
            raise Refused()
        if _read(request, actor, form):
            return HttpResponseRedirect(reverse("payment-bank"))
    before = request.GET.get("before", "")
    rows = queries.message_rows(actor, whole(before))
    context = {
        "rows": rows,
        "next_before": rows[-1].id if len(rows) == queries.messages.SHOWN else None,
        "form": form if may_read else None,
    }
    return render(request, "web/payment_bank.html", context, status=422 if form.errors else 200)


def _read(request: HttpRequest, actor: Actor, form: BankForm) -> bool:
    """Read the message of a form; False when something is wrong, which then stands at its field."""
    if was_too_large(request):
        form.add_error("file", _("This file is too large for this page: read it with the command."))
        return False
    if not form.is_valid():
        return False
    try:
        read = actions.read_bank_message(form.cleaned_data["file"].read(), by=actor)
    except Invalid as fault:
        form.add_error("file", str(fault))
        return False
    said = read.message
    paid = ngettext("%(count)s payment is paid", "%(count)s payments are paid", said.paid) % {
        "count": said.paid
    }
    rejected = _("%(count)s rejected, %(waits)s still wait") % {"count": said.rejected, "waits": said.pending}
    messages.success(request, f"{paid}; {rejected}.")
    if read.not_ours:
        messages.info(
            request,
            ngettext(
                "%(count)s entry is not ours, and left aside.",
                "%(count)s entries are not ours, and left aside.",
                read.not_ours,
            )
            % {"count": read.not_ours},
        )
    return True
