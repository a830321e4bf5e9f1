"""Payment orders: what is where, one of them with its steps, and the file for the bank."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.paging import whole
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.access import get_order, get_payment
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, may, require
from veerkracht.rulebook.errors import Fault
from veerkracht.web import payment_words, words
from veerkracht.web.forms.doing import done
from veerkracht.web.forms.payments import RecoverForm, RefuseForm
from veerkracht.web.numbers import posted
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in

_MOST_EXPORTED = 10_000
_STEPS: dict[str, Callable[..., Any]] = {
    "checked": actions.check,
    "approved": actions.approve,
    "sent": actions.send,
}


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every order, what is stuck first; by state, page by page."""
    counts = queries.counts_by_state(actor)
    asked = request.GET.get("state", "")
    state = asked if asked in counts else ""
    before = request.GET.get("before", "")
    rows = queries.order_rows(actor, state, whole(before))
    context = {
        "rows": rows,
        "stuck": queries.stuck_rows(actor) if not before else [],
        "counts": [(name, payment_words.STATES[name], counts[name]) for name in payment_words.STATES],
        "state": state,
        "next_before": rows[-1].id if len(rows) == queries.orders.SHOWN else None,
        "is_first": not before,
        "may_prepare": may("payment.prepare", actor, actor.programme),
        **links(actor),
        **payment_words.names(),
    }
    return render(request, "web/payments.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The orders of a state as a file: totals, as on the page."""
    asked = request.GET.get("state", "")
    rows = queries.order_rows(actor, asked if asked in payment_words.STATES else "", limit=_MOST_EXPORTED)
    heads = [
        "order",
        "line",
        "state",
        "month",
        "due_on",
        "payments",
        "cents",
        "stuck",
        "fictitious",
        "cents_hidden",
    ]
    lines = [
        [
            row.number,
            row.line,
            row.state,
            row.month,
            row.due_on,
            row.count,
            row.total_cents,
            words.said(row.stuck) if row.stuck else "",
            row.fictitious,
            words.said(row.hidden) if row.hidden else "",
        ]
        for row in rows
    ]
    return csv_file("payments", heads, lines)


@signed_in
def one(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """One order; POST takes its next step or refuses it."""
    form = RefuseForm()
    if request.method != "POST":
        return _show(request, actor, number, form)
    step, version = request.POST.get("step", ""), posted(request, "version")
    if step != "refused" and step not in _STEPS:
        raise Refused()
    order = get_order(actor, number)
    try:
        if step == "refused":
            form = RefuseForm(request.POST)
            reason = request.POST.get("reason", "")
            actions.refuse(order, by=actor, reason=reason, version=version)
        else:
            _STEPS[step](order, by=actor, version=version)
    except Invalid as fault:
        if fault.field == "reason":
            form.is_valid()
            form.add_error("reason", str(fault)) if not form.errors else None
            return _show(request, actor, number, form, status=422)
        return _show(request, actor, number, form, fault=fault, status=422)
    except Conflict as fault:
        return _show(request, actor, number, form, fault=fault, status=409)
    messages.success(request, str(payment_words.DONE[step]))
    return HttpResponseRedirect(reverse("payment-order", args=[number]))


@signed_in
def file(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The file for the bank; its name tells nothing but the order."""
    content = actions.fetch_file(get_order(actor, number), by=actor)
    answer = HttpResponse(content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{number}.xml"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@signed_in
def recover(request: HttpRequest, actor: Actor, id: str) -> HttpResponse:
    """Asks back what was paid too much to an organisation."""
    payment = get_payment(actor, id)
    require("line.change", actor, payment.order.programme)
    form = RecoverForm(request.POST if request.method == "POST" else None)
    number = payment.order.number
    if done(form, lambda: actions.recover_payment(payment, by=actor, **form.cleaned_data)):
        messages.success(request, _("Asked back, and booked on the line."))
        return HttpResponseRedirect(reverse("payment-order", args=[number]))
    context = {"form": form, "payment": queries.payment_row(payment), "number": number}
    return render(request, "web/payment_recover.html", context, status=422 if form.errors else 200)


def links(actor: Actor) -> dict[str, Any]:
    """Which of the pages beside the orders somebody may open."""
    return {
        "may_see_bank": may("payment.read", actor, EVERY_PROGRAMME),
        "may_see_accounts": may("account.record", actor),
    }


def _show(
    request: HttpRequest,
    actor: Actor,
    number: str,
    form: RefuseForm,
    fault: Fault | None = None,
    status: int = 200,
) -> HttpResponse:
    view = queries.order_view(actor, number)
    taken = {one.step: one for one in view.steps}
    context = {
        "view": view,
        "order": view.order,
        "stepper": [(name, words, taken.get(name)) for name, words in payment_words.STEPS.items()],
        "verb": payment_words.VERBS.get(view.next_step),
        "explained": payment_words.EXPLAINED.get(view.next_step),
        "form": form,
        "fault": fault,
        **payment_words.names(),
    }
    return render(request, "web/payment_order.html", context, status=status)
