"""What is stuck: an order that nobody takes further, or on which the bank does not answer, for too many days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.payments.models import Order
from veerkracht.rulebook.types import Text

# Nobody counts further than this, whatever a clock says.
_MOST_DAYS = 1_000
OPEN = (Order.State.PREPARED, Order.State.CHECKED, Order.State.APPROVED, Order.State.SENT)
_LATE = Text("te betalen op {due}, en nog niet verstuurd", "due on {due}, and not sent yet")
_NO_STEP = Text(
    "al {days} werkdagen geen volgende stap (hoogstens {most})",
    "no next step for {days} working days ({most} at most)",
)
_NO_ANSWER = Text(
    "al {days} werkdagen geen antwoord van de bank (hoogstens {most})",
    "no answer of the bank for {days} working days ({most} at most)",
)


@dataclass(frozen=True)
class Stuck:
    """An order that asks for attention. `days`: working days since its last step."""

    number: str
    state: str
    days: int
    why: Text


def stuck(programme: str = "", on: date | None = None) -> list[Stuck]:
    """Every order that is stuck on a day (default: today), longest first; of one programme when it is named."""
    rules, today = region.current().payments, on or clock.today()
    if rules is None:
        return []
    orders = Order.objects.filter(state__in=OPEN).order_by("state_at", "id")
    if programme:
        orders = orders.filter(line__programme=programme)
    return [
        found
        for order in orders.only("number", "state", "state_at", "due_on")
        if (found := _judged(order, today))
    ]


def why(order: Order, on: date) -> Text | None:
    """Why one order is stuck; None when it isn't."""
    found = _judged(order, on)
    return found.why if found else None


def _judged(order: Order, on: date) -> Stuck | None:
    rules = region.current().payments
    if rules is None or order.state not in OPEN:
        return None
    days, is_sent = working_days(timezone.localdate(order.state_at), on), order.state == Order.State.SENT
    most = rules.answer_days if is_sent else rules.step_days
    if days > most:
        said = (_NO_ANSWER if is_sent else _NO_STEP).fill(days=days, most=most)
    elif not is_sent and order.due_on < on:
        said = _LATE.fill(due=order.due_on)
    else:
        return None
    return Stuck(order.number, order.state, days, said)


def working_days(since: date, until: date) -> int:
    """How many working days of the region have begun after one day, up to and including another."""
    return sum(map(region.current().is_working_day, _days(since, until)))


def _days(since: date, until: date) -> Iterable[date]:
    return (since + timedelta(days=day) for day in range(1, min((until - since).days, _MOST_DAYS) + 1))
