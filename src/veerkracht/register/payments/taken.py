"""Who took which step of an order, written down; and what the log says of an order."""

from veerkracht.register import clock
from veerkracht.register.payments.models import Order, OrderStep
from veerkracht.register.people.actors import Actor


def take_step(order: Order, step: str, by: Actor, reason: str = "") -> None:
    """Write down who took a step; only inside the transaction that takes it."""
    OrderStep.objects.create(
        order=order, step=step, by=by.user, by_name=by.name, at=clock.now(), reason=reason
    )


def told(order: Order) -> dict[str, object]:
    """What the log says of an order: totals, nobody's name."""
    return {
        "line": order.line.code,
        "state": order.state,
        "payments": order.count,
        "cents": order.total_cents,
        "month": order.month,
    }
