"""How a budget year would end, and what the next one would begin with."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Sum

from veerkracht.register.money.committing import weight
from veerkracht.register.money.models import Account, BudgetYear, Commitment, Line
from veerkracht.rulebook.types import Text

_CARRIED = ("commitment-free", "payment-free", "requested", "commitment-lapsed", "payment-lapsed")


@dataclass(frozen=True)
class YearEndLine:
    """A line at the end of a year, in cents: what is left and would lapse (or has lapsed), what stands in payment
    orders, what is promised and not paid (open), and what weighs on the next year beside the VAK voted for it; None
    while nothing is voted for it.
    """

    code: str
    name: Text
    commitment_left: int
    payment_left: int
    requested: int
    commitment_lapsed: int
    payment_lapsed: int
    open_cents: int
    weighs_next: int
    next_vak: int | None

    @property
    def short_next(self) -> int:
        """How much VAK the next year lacks for what goes on; none is missed before it is voted."""
        return 0 if self.next_vak is None else max(0, self.weighs_next - self.next_vak)


@dataclass(frozen=True)
class YearEnd:
    """A budget year and its lines; `state`: planned, open or closed. `is_over`: its last day has come."""

    year: int
    state: str
    is_over: bool
    lines: tuple[YearEndLine, ...]

    @property
    def has_open_orders(self) -> bool:
        return any(line.requested for line in self.lines)


def year_end(year: int, on: date) -> YearEnd:
    """What is left, lapses and is carried of each line in a year: the same few queries for any number of lines."""
    kept = BudgetYear.objects.filter(year=year).first()
    cents: dict[int, dict[str, int]] = {}
    for line, name, balance in Account.objects.filter(year=year, name__in=_CARRIED).values_list(
        "line_id", "name", "balance_cents"
    ):
        cents.setdefault(line, {})[name] = balance
    still = dict(
        Commitment.objects.filter(year__lte=year, open_cents__gt=0)
        .values_list("line_id")
        .annotate(cents=Sum("open_cents"))
        .order_by("line_id")
    )
    weighing: dict[int, int] = {}
    for one in Commitment.objects.filter(year=year, yearly_cents__gt=0):
        weighing[one.line_id] = weighing.get(one.line_id, 0) + weight(one, year + 1)
    # The origin of a year's credits stands below zero.
    voted = dict(
        Account.objects.filter(year=year + 1, name=Account.Name.COMMITMENT_VOTED).values_list(
            "line_id", "balance_cents"
        )
    )
    lines = Line.objects.filter(pk__in={*cents, *still, *weighing}).order_by("code")
    return YearEnd(
        year,
        state_of(kept),
        on >= date(year, 12, 31),
        tuple(
            YearEndLine(
                code=line.code,
                name=Text(line.name_nl, line.name_en),
                commitment_left=cents.get(line.pk, {}).get("commitment-free", 0),
                payment_left=cents.get(line.pk, {}).get("payment-free", 0),
                requested=cents.get(line.pk, {}).get("requested", 0),
                commitment_lapsed=cents.get(line.pk, {}).get("commitment-lapsed", 0),
                payment_lapsed=cents.get(line.pk, {}).get("payment-lapsed", 0),
                open_cents=still.get(line.pk, 0),
                weighs_next=weighing.get(line.pk, 0),
                next_vak=-voted[line.pk] if line.pk in voted else None,
            )
            for line in lines
        ),
    )


def year_totals(found: YearEnd) -> dict[str, int]:
    """Each column of a year's end summed over its lines, in cents; columns are never added up with each other."""
    names = [one.name for one in fields(YearEndLine) if one.type is int or one.type == "int"]
    return {name: sum(getattr(line, name) for line in found.lines) for name in names}


def state_of(year: BudgetYear | None) -> str:
    """planned, open or closed."""
    if year is None or year.opened_at is None:
        return "planned"
    return "open" if year.is_open else "closed"
