"""What is requested and paid on the books is what orders ask and the bank said; nobody took two steps."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from veerkracht.register.money.models import Account, Commitment
from veerkracht.register.payments.models import Order, OrderStep, Payment
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text

_STATE = Payment.State


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "requested_is_what_open_orders_ask": (
            Text(
                nl="Wat op een lijn gevraagd staat, is wat open opdrachten vragen.",
                en="What stands requested on a line is what open orders ask.",
            ),
            _requested,
        ),
        "paid_is_what_the_bank_said": (
            Text(
                nl="Wat op een vastlegging betaald staat, is wat de bank betaald noemt.",
                en="What stands paid on a commitment is what the bank says it paid.",
            ),
            _paid,
        ),
        "order_is_the_sum_of_its_payments": (
            Text(
                nl="Een opdracht telt haar betalingen en hun bedragen juist.",
                en="An order counts its payments and their amounts right.",
            ),
            _totals,
        ),
        "order_is_where_its_steps_say": (
            Text(
                nl="Een opdracht staat waar haar stappen zeggen, en niemand zette er twee.",
                en="An order is where its steps say, and nobody took two of them.",
            ),
            _steps,
        ),
        "payments_are_over_when_their_order_is": (
            Text(
                nl="Van een opdracht die voorbij is, wacht geen betaling meer.",
                en="Of an order that is over no payment waits any more.",
            ),
            _over,
        ),
    }


def _requested() -> Iterable[str]:
    asked = Payment.objects.filter(state=_STATE.REQUESTED).values_list("order__line__code", "order__year")
    expected = {(line, year): cents for line, year, cents in asked.annotate(Sum("amount_cents")).order_by()}
    accounts = Account.objects.filter(name=Account.Name.REQUESTED).values_list(
        "line__code", "year", "balance_cents"
    )
    found = {(line, year): cents for line, year, cents in accounts if cents}
    for line, year in sorted(expected.keys() | found.keys()):
        booked, ordered = found.get((line, year), 0), expected.get((line, year), 0)
        if booked != ordered:
            yield f"{line} {year}: {booked} ≠ {ordered}"


def _paid() -> Iterable[str]:
    said = Coalesce(Sum("payments__amount_cents", filter=Q(payments__state=_STATE.PAID)), 0)
    # Of an invented commitment a demo's past may be booked as paid, of which no bank ever said anything.
    wrong = Commitment.objects.annotate(said=said).filter(
        Q(paid_cents__lt=F("said")) | Q(fictitious=False, paid_cents__gt=F("said"))
    )
    wrong = wrong.order_by("number")
    for number, paid, cents in wrong.values_list("number", "paid_cents", "said"):
        yield f"{number}: {paid} ≠ {cents}"


def _totals() -> Iterable[str]:
    counted = Order.objects.annotate(many=Count("payments"), cents=Coalesce(Sum("payments__amount_cents"), 0))
    wrong = counted.exclude(count=F("many"), total_cents=F("cents"))
    return wrong.order_by("number").values_list("number", flat=True)


def _steps() -> Iterable[str]:
    taken: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    for order, step, by in OrderStep.objects.order_by("id").values_list("order_id", "step", "by_id"):
        taken[order].append((step, by))
    for order in Order.objects.order_by("id").only("number", "state"):
        steps = taken[order.pk]
        who = [by for step, by in steps if step != Order.State.REFUSED and by is not None]
        if not steps or steps[-1][0] != order.state or len(who) != len(set(who)):
            yield order.number


def _over() -> Iterable[str]:
    waiting = Order.objects.filter(
        state__in=[Order.State.DONE, Order.State.REFUSED], payments__state=_STATE.REQUESTED
    )
    return waiting.order_by("number").values_list("number", flat=True).distinct()
