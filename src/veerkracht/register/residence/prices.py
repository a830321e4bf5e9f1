"""The day prices of homes as they stand: which holds on a day, and what the region's rule says of a new one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from veerkracht.register.errors import Invalid
from veerkracht.register.residence.models import DayPrice
from veerkracht.register.residence.rules import rules
from veerkracht.rulebook import day_prices
from veerkracht.rulebook.day_prices import Price


@dataclass(frozen=True)
class Prices:
    """All prices of some homes that stand, oldest first."""

    rows: tuple[DayPrice, ...]

    def on(self, service: int, unit_kind: str, day: date) -> DayPrice | None:
        """What a day costs in a kind of place: its own price, or that for every kind; None: nobody said."""
        found = None
        for row in self.rows:
            if row.service_id == service and row.unit_kind in (unit_kind, "") and row.from_date <= day:
                is_closer = found is None or row.unit_kind == unit_kind or found.unit_kind == ""
                found = row if is_closer else found
        return found

    def of(self, service: int, unit_kind: str) -> list[DayPrice]:
        return [row for row in self.rows if (row.service_id, row.unit_kind) == (service, unit_kind)]


def standing(services: Collection[int]) -> Prices:
    """Every price of homes, of each the last version, with its parts; two queries."""
    rows = in_force().filter(service__in=services).prefetch_related("parts")
    return Prices(tuple(rows.order_by("service", "unit_kind", "from_date")))


def cents_on(services: Collection[int], on: date) -> dict[int, int]:
    """By home, what a day costs on a day in a place without a price of its own; one query."""
    rows = in_force().filter(service__in=services, unit_kind="", from_date__lte=on)
    return dict(rows.order_by("from_date").values_list("service", "cents"))


def in_force() -> QuerySet[DayPrice]:
    """Of each price the last version."""
    same = DayPrice.objects.filter(
        service=OuterRef("service"), unit_kind=OuterRef("unit_kind"), from_date=OuterRef("from_date")
    )
    last = same.order_by("-version").values("pk")[:1]
    return DayPrice.objects.filter(pk=Subquery(last))


def require_allowed(before: Iterable[DayPrice], new: Price) -> None:
    """Raise `Invalid` when the rule in force on the first day of a price does not allow it."""
    known = rules()
    earlier = [as_price(row) for row in before]
    found = day_prices.refusal(known.price_rules, known.passings, earlier, new)
    if found is not None:
        raise Invalid(found, "ground")


def as_price(row: DayPrice) -> Price:
    """A price as the rulebook reads it. A ground that the region no longer has is taken for an approval."""
    ground = rules().grounds.get(row.ground)
    kind = ground.kind if ground else day_prices.APPROVAL
    return Price(row.cents, row.from_date, kind, row.reference)
