"""The books balance, and money stands to whom it was granted."""

from collections.abc import Iterable

from django.db.models import Q, Sum

from veerkracht.register.care.models import Budget, Request
from veerkracht.register.money.models import Account, Posting
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "balance_is_the_sum_of_postings": (
            Text(nl="Een saldo is de som van zijn boekingen.", en="A balance is the sum of its postings."),
            _balances,
        ),
        "no_money_is_lost": (
            Text(
                nl="Alle rekeningen van een programma zijn samen nul.",
                en="All accounts of a programme are together zero.",
            ),
            _nothing_lost,
        ),
        "running_money_is_what_open_budgets_take": (
            Text(
                nl="Het lopende geld is wat de lopende budgetten kosten.",
                en="Running money is what open budgets take.",
            ),
            _running,
        ),
        "granted_money_is_on_offer": (
            Text(
                nl="Toegekend geld staat open bij een vraag.",
                en="Granted money is on offer to a request.",
            ),
            _granted,
        ),
    }


def _balances() -> Iterable[str]:
    came = dict(Posting.objects.values_list("target_id").annotate(Sum("amount_cents")))
    went = dict(Posting.objects.values_list("source_id").annotate(Sum("amount_cents")))
    for account in Account.objects.order_by("programme", "name"):
        posted = came.get(account.pk, 0) - went.get(account.pk, 0)
        if posted != account.balance_cents:
            yield f"{account.programme} {account.name}: {account.balance_cents} ≠ {posted}"


def _nothing_lost() -> Iterable[str]:
    totals = (
        Account.objects.values_list("programme").annotate(total=Sum("balance_cents")).order_by("programme")
    )
    return [f"{programme}: {total}" for programme, total in totals if total]


def _running() -> Iterable[str]:
    budgets = Budget.objects.filter(ended_on=None).values_list("programme").annotate(Sum("amount_cents"))
    open_budgets = dict(budgets.order_by("programme"))
    for account in Account.objects.filter(name="running").order_by("programme"):
        expected = open_budgets.get(account.programme, 0)
        if account.balance_cents != expected:
            yield f"{account.programme}: {account.balance_cents} ≠ {expected}"


def _granted() -> Iterable[str]:
    """Money granted and not yet started stands to requests that have something on offer."""
    came = (
        Posting.objects.filter(target__name="granted").values_list("request_id").annotate(Sum("amount_cents"))
    )
    went = (
        Posting.objects.filter(source__name="granted").values_list("request_id").annotate(Sum("amount_cents"))
    )
    left = dict(came.order_by("request_id"))
    for request, cents in went.order_by("request_id"):
        left[request] = left.get(request, 0) - cents
    open_ = {request: cents for request, cents in left.items() if cents}
    offered = set(
        Request.objects.filter(
            Q(state="granted") | Q(partial=True, state="waiting"), pk__in=open_
        ).values_list("pk", flat=True)
    )
    return [f"request {request}: {cents}" for request, cents in open_.items() if request not in offered]
