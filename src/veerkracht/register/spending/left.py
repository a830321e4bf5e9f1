"""What is left of each measure's money, and until when it can be used."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from veerkracht.region.money import Measure
from veerkracht.register.money.models import BudgetYear, Commitment
from veerkracht.register.money.queries import Totals
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.spending.books import books
from veerkracht.register.spending.measures import region_money


@dataclass(frozen=True)
class Left:
    """What is left of a measure in a budget year, in cents: two ceilings that are never added.

    `to_commit` of what was voted (VAK) until the last day of the year; `to_pay` (VEK), not yet in a payment order;
    `open_commitments`: committed in this or an earlier year and not paid (encours). `weighs`: what it already promised
    a year on full later years.
    """

    measure: Measure
    new_money: bool
    booked: Totals
    open_commitments: int

    @property
    def to_commit(self) -> int:
        return self.booked.voted_commitment - self.booked.committed

    @property
    def to_pay(self) -> int:
        return self.booked.voted_payment - self.booked.requested - self.booked.paid

    @property
    def weighs(self) -> int:
        return self.booked.recurrent_yearly


@dataclass(frozen=True)
class WhatIsLeft:
    """`until`: the last day on which it can be used. `closed`: the year is over, and what was left has lapsed.

    `without`: measures that no line of these books pays, so that nobody can say here what is left of them.
    """

    year: int
    until: date
    closed: bool
    rows: tuple[Left, ...]
    without: tuple[Measure, ...]


def left(actor: Actor, year: int | None = None) -> WhatIsLeft:
    """What is left in a budget year (this one). Six queries. Raises `Refused`."""
    require("money.read", actor, actor.programme)
    money, kept = region_money(), books(year)
    opened = Commitment.objects.filter(year__lte=kept.year).values_list("line__measure")
    still = dict(opened.annotate(cents=Sum("open_cents")).order_by())
    rows = tuple(
        Left(money.measures[id], money.is_new(money.measures[id]), totals, still.get(id, 0))
        for id, totals in kept.of_year.items()
        if id in money.measures
    )
    return WhatIsLeft(
        year=kept.year,
        until=date(kept.year, 12, 31),
        closed=BudgetYear.objects.filter(year=kept.year, closed_at__isnull=False).exists(),
        rows=rows,
        without=tuple(one for one in money.measures.values() if one.id not in kept.ever),
    )
