"""Payments are put in an order: to organisations, or a month of personal budgets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.money.words import euro
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.access import get_line
from veerkracht.register.people.actors import Actor
from veerkracht.web import payment_words, words
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.payments import BudgetsForm, OrderForm
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a line; then what is paid of it. POST prepares the order."""
    lines = queries.lines_to_pay(actor)
    code = request.GET.get("line", "")
    if not code:
        return render(request, "web/payment_new.html", {"lines": lines})
    line, today = get_line(actor, code), clock.today()
    payable = queries.payable(actor, line)
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    of_month = BudgetsForm(request.POST if asked == "month" else None, today=today)
    of_order = OrderForm(payable, request.POST if asked == "order" else None, today=today)
    form = of_month if asked == "month" else of_order
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(_prepared(request, actor, line, form))
        except Invalid as fault:
            tell(form, fault)
    context = {
        "lines": lines,
        "line": line,
        "pays_budgets": any(hands_out for one, _name, hands_out in lines if one == code),
        "of_month": of_month,
        "of_order": of_order,
        "payable": payable,
    }
    return render(request, "web/payment_new.html", context, status=422 if form.errors else 200)


def _prepared(request: HttpRequest, actor: Actor, line: Any, form: BudgetsForm | OrderForm) -> str:
    """Prepare what a form asks; the address to go on to."""
    if isinstance(form, OrderForm):
        order = actions.prepare_order(
            line,
            by=actor,
            due_on=form.cleaned_data["due_on"],
            payments=form.payments(),
            text=form.cleaned_data["text"],
        )
        messages.success(request, _("The order is prepared. Somebody else checks it."))
        return reverse("payment-order", args=[order.number])
    made = actions.prepare_budget_payments(line, form.cleaned_data["month"], by=actor)
    for one in made.held_back:
        messages.warning(
            request,
            ngettext(
                "%(count)s budget of %(euro)s euro is held back: %(why)s.",
                "%(count)s budgets, %(euro)s euro together, are held back: %(why)s.",
                one.budgets,
            )
            % {
                "count": one.budgets,
                "euro": words.said(euro(one.cents)),
                "why": payment_words.HELD_BACK[one.why],
            },
        )
    if made.order is None:
        messages.warning(request, _("Nobody is paid by this: there is no order."))
        return reverse("payments")
    messages.success(request, _("The order is prepared. Somebody else checks it."))
    return reverse("payment-order", args=[made.order.number])
