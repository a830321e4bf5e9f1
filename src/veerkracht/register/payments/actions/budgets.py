"""A month of the personal budgets of a line, as one order. Who can't be paid is named as held back, and not lost."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.care.models import Budget
from veerkracht.register.errors import Invalid
from veerkracht.register.money.models import Commitment, Line, Posting
from veerkracht.register.money.weighing import share
from veerkracht.register.payments.accounts import accounts_of_people
from veerkracht.register.payments.actions.orders import NewPayment, prepare_order
from veerkracht.register.payments.models import BankAccount, Order, Payment
from veerkracht.register.payments.words import month_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text

_IDS = 900


class Why(StrEnum):
    """Why a budget is not in the order of a month."""

    NO_ACCOUNT = "no-account"
    NO_COMMITMENT = "no-commitment"
    TOO_LITTLE_LEFT = "too-little-left"


@dataclass(frozen=True)
class HeldBack:
    """Budgets that are not paid for a reason: how many, and how much a month. Nobody by name: who prepares an order
    reads no files.
    """

    why: Why
    budgets: int
    cents: int


@dataclass(frozen=True)
class PreparedBudgets:
    """The order, or None when nobody could be paid, and what was held back."""

    order: Order | None
    held_back: tuple[HeldBack, ...]


def prepare_budget_payments(
    line: Line, month: date, *, by: Actor, due_on: date | None = None, fictitious: bool = False
) -> PreparedBudgets:
    """One order for what personal budgets of the line's programme get for a month (any day of it names it).

    A budget that was paid or is in an open order for that month is left out; so it can be asked again for who was held
    back. Raises `Refused`, and `Invalid` as `prepare_order`, or for a month that lies ahead.
    """
    require("payment.prepare", by, line.programme)
    month = month_of(month)
    if not line.programme or month > clock.today():
        raise Invalid(
            Text(
                "Persoonsbudgetten worden betaald van een lijn met een zorgvorm, voor een maand die begonnen is; "
                "gevonden: {line}, {month}.",
                "Personal budgets are paid from a line with a programme, for a month that has begun; found: {line}, "
                "{month}.",
            ).fill(line=line.code, month=month),
            "month",
        )
    found = _sorted_out(line, month)
    order = None
    if found.payments:
        order = prepare_order(
            line,
            by=by,
            due_on=due_on or clock.today(),
            payments=found.payments,
            text=f"{line.code} {month:%Y-%m}",
            fictitious=fictitious,
        )
    return PreparedBudgets(order, found.held_back())


class _SortedOut:
    def __init__(self) -> None:
        self.payments: list[NewPayment] = []
        self._held: dict[Why, tuple[int, int]] = {}

    def hold(self, why: Why, cents: int) -> None:
        count, total = self._held.get(why, (0, 0))
        self._held[why] = (count + 1, total + cents)

    def held_back(self) -> tuple[HeldBack, ...]:
        return tuple(HeldBack(why, *self._held[why]) for why in Why if why in self._held)


def _sorted_out(line: Line, month: date) -> _SortedOut:
    budgets = list(_due(line.programme, month))
    today = clock.today()
    accounts = accounts_of_people((one.person_id for one in budgets), today)
    commitments = _commitments(line, month.year, budgets)
    left = {
        one.pk: one.committed_cents - one.paid_cents - one.requested_cents for one in commitments.values()
    }
    found = _SortedOut()
    for budget in budgets:
        cents = share(budget.amount_cents, month, budget.from_date, budget.ended_on or budget.until_date)
        account, commitment = accounts.get(budget.person_id), commitments.get(budget.pk)
        why = _why_not(account, commitment, left, cents)
        if not cents:
            continue
        if why is not None:
            found.hold(why, cents)
            continue
        left[commitment.pk] -= cents
        text = f"{line.code} {month:%Y-%m}"
        found.payments.append(NewPayment(commitment, cents, account, text, budget.pk, month))
    return found


def _why_not(
    account: BankAccount | None, commitment: Commitment | None, left: dict[int, int], cents: int
) -> Why | None:
    if account is None:
        return Why.NO_ACCOUNT
    if commitment is None:
        return Why.NO_COMMITMENT
    return Why.TOO_LITTLE_LEFT if cents > left[commitment.pk] else None


def _due(programme: str, month: date) -> Iterable[Budget]:
    """The budgets that run in a month and were not paid for it, in the order of their ids."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    paid = Payment.objects.filter(month=month, state__in=[Payment.State.REQUESTED, Payment.State.PAID])
    return (
        Budget.objects.filter(programme=programme, from_date__lte=last, amount_cents__gt=0)
        .filter(Q(ended_on=None) | Q(ended_on__gte=month))
        .filter(Q(until_date=None) | Q(until_date__gte=month))
        .exclude(pk__in=paid.exclude(budget=None).values("budget"))
        .only("person_id", "request_id", "amount_cents", "from_date", "until_date", "ended_on")
        .order_by("id")
    )


def _commitments(line: Line, year: int, budgets: Iterable[Budget]) -> dict[int, Commitment]:
    """The commitment of the month's year on which each budget weighs: that of the round that granted it, else that of
    what was granted outside rounds. December that is paid in January is still of the year before (encours).
    """
    of_year = Commitment.objects.filter(line=line, year=year, kind=Commitment.Kind.ROUND).order_by("id")
    by_series = {one.series_id or one.pk: one for one in of_year}
    outside = next((one for one in by_series.values() if one.round_id is None), None)
    series = _series(line, [one.request_id for one in budgets if one.request_id])
    found = {}
    for budget in budgets:
        commitment = by_series.get(series.get(budget.request_id, 0)) or outside
        if commitment is not None:
            found[budget.pk] = commitment
    return found


def _series(line: Line, requests: list[int]) -> dict[int, int]:
    """In which series of commitments each request weighs on a line, by its latest posting."""
    found: dict[int, int] = {}
    for start in range(0, len(requests), _IDS):
        part = Posting.objects.filter(
            entry__line=line, target__name="committed", request_id__in=requests[start : start + _IDS]
        )
        for request, series, commitment in part.order_by("id").values_list(
            "request_id", "commitment__series_id", "commitment_id"
        ):
            found[request] = series or commitment
    return found
