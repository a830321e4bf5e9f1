"""What a process of its own does to a line; by codes and numbers, since it reads everything itself."""

from veerkracht.register import clock
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, NewCommitment, PaymentOf
from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.people.actors import actor_named


def commit(code: str, user: str, cents: int) -> None:
    line = Line.objects.get(code=code)
    actions.commit(line, NewCommitment(clock.today(), cents, "grant", "At once"), by=actor_named(user))


def shift(source: str, target: str, user: str, cents: int) -> None:
    lines = Line.objects.in_bulk([source, target], field_name="code")
    actions.transfer(
        lines[source],
        lines[target],
        by=actor_named(user),
        year=clock.today().year,
        amounts=Amounts(cents, cents),
        decided=Decided(clock.today(), "At once"),
    )


def pay(number: str, user: str, cents: int) -> None:
    from django.db import transaction

    from veerkracht.register.constraints import said

    part = [PaymentOf(Commitment.objects.get(number=number).pk, cents)]
    with said(), transaction.atomic():
        actions.request_payments(part, by=actor_named(user), on=clock.today())


def close(year: int, user: str) -> None:
    actions.close_year(year, by=actor_named(user))
