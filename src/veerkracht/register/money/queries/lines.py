"""What stands on budget lines, on any day: read from balances, never from postings. Nothing tells who was helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from veerkracht.register.money.committing import weight
from veerkracht.register.money.models import Account, Commitment, DayBalance, Line

# Accounts by the name of the field that shows them; origins are shown above zero.
_SHOWN = {
    "commitment_voted": Account.Name.COMMITMENT_VOTED,
    "commitment_free": Account.Name.COMMITMENT_FREE,
    "committed": Account.Name.COMMITTED,
    "commitment_lapsed": Account.Name.COMMITMENT_LAPSED,
    "payment_voted": Account.Name.PAYMENT_VOTED,
    "payment_free": Account.Name.PAYMENT_FREE,
    "requested": Account.Name.REQUESTED,
    "paid": Account.Name.PAID,
    "recovered": Account.Name.RECOVERED,
    "payment_lapsed": Account.Name.PAYMENT_LAPSED,
}


@dataclass(frozen=True)
class LineBalances:
    """What stands on the accounts of a line in a year, in cents. The two sides are never added up.

    `paid`: less what was recovered. `open_commitments`: committed in this and earlier years and not paid, as it is now
    (encours). `weighs_next_year`: what goes on into the next year, as it is now.
    """

    commitment_voted: int = 0
    commitment_free: int = 0
    committed: int = 0
    commitment_lapsed: int = 0
    payment_voted: int = 0
    payment_free: int = 0
    requested: int = 0
    paid: int = 0
    recovered: int = 0
    payment_lapsed: int = 0
    open_commitments: int = 0
    weighs_next_year: int = 0


@dataclass(frozen=True)
class Totals:
    """Levels of one measure's money, in cents; they are never added across.

    `voted_commitment`: VAK, `voted_payment`: VEK; `recurrent_yearly`: what commitments of the latest year weigh on a
    full later year, as it is now.
    """

    voted_commitment: int = 0
    voted_payment: int = 0
    committed: int = 0
    requested: int = 0
    paid: int = 0
    recurrent_yearly: int = 0


def line_balances(code: str, year: int, on: date | None = None) -> LineBalances:
    """The balances of a line in a year: as they are now, or at the end of the day `on`. Zero where nothing is known."""
    line = Line.objects.filter(code=code).first()
    return balances_of_lines([line], year, on)[line.pk] if line else LineBalances()


def balances_of_lines(lines: Sequence[Line], year: int, on: date | None = None) -> dict[int, LineBalances]:
    """As `line_balances`, of many lines by their id; the number of queries is the same for any number of them."""
    ids = [line.pk for line in lines]
    cents: dict[int, dict[str, int]] = {one: {} for one in ids}
    found = _cents(Account.objects.filter(line__in=ids, year=year), on, "line_id", "name")
    for (line, name), stands in found.items():
        cents[line][name] = stands
    commitments = Commitment.objects.filter(line__in=ids)
    still = dict(
        commitments.filter(year__lte=year, open_cents__gt=0)
        .values_list("line_id")
        .annotate(cents=Sum("open_cents"))
        .order_by("line_id")
    )
    weighing: dict[int, int] = {}
    for one in commitments.filter(year=year, yearly_cents__gt=0):
        weighing[one.line_id] = weighing.get(one.line_id, 0) + weight(one, year + 1)
    return {
        one: LineBalances(
            **shown(cents[one]),
            open_commitments=still.get(one, 0),
            weighs_next_year=weighing.get(one, 0),
        )
        for one in ids
    }


def balance_on(account: Account, on: date) -> int:
    """What stood on an account at the end of a day, in cents."""
    return account.days.filter(day__lte=on).aggregate(cents=Sum("cents"))["cents"] or 0


def totals_by_measure(on: date | None = None, year: int | None = None) -> dict[str, Totals]:
    """What was voted, committed, requested and paid, by the measure of the lines: of all years, or of one; now, or
    at the end of the day `on`. Lines without a measure are under "".
    """
    return _totals("line__measure", on, year)


def totals_by_area(on: date | None = None, year: int | None = None) -> dict[str, Totals]:
    """As `totals_by_measure`, by the area of the lines; those of the whole region are under ""."""
    return _totals("line__area", on, year)


def totals_by_year(measure: str | None = None, on: date | None = None) -> dict[int, Totals]:
    """As `totals_by_measure`, by budget year; of one measure or of all."""
    return _totals("year", on, None, measure)


def _totals(by: str, on: date | None, year: int | None, measure: str | None = None) -> dict:
    also = Q() if measure is None else Q(line__measure=measure)
    wanted = Q(line__isnull=False) & also & (Q(year=year) if year else Q())
    found: dict = {}
    for (key, name), cents in _cents(Account.objects.filter(wanted), on, by, "name").items():
        found.setdefault(key, {})[name] = cents
    weighing = _recurrent(by, also, year)
    return {key: _total(cents, weighing.get(key, 0)) for key, cents in sorted(found.items())}


def _recurrent(by: str, also: Q, year: int | None) -> dict:
    """What weighs on a full later year: from one year on, or from the last year of each series of commitments."""
    later = Commitment.objects.filter(
        series=Coalesce(OuterRef("series"), OuterRef("pk")), year__gt=OuterRef("year")
    )
    wanted = Q(year=year) if year else ~Exists(later)
    found = Commitment.objects.filter(also & wanted, yearly_cents__gt=0).values_list(by)
    return dict(found.annotate(cents=Sum("yearly_cents")).order_by(by))


def _total(cents: dict[str, int], recurrent: int) -> Totals:
    stands = shown(cents)
    return Totals(
        voted_commitment=stands["commitment_voted"],
        voted_payment=stands["payment_voted"],
        committed=stands["committed"],
        requested=stands["requested"],
        paid=stands["paid"],
        recurrent_yearly=recurrent,
    )


def _cents(accounts: QuerySet[Account], on: date | None, *by: str) -> dict[tuple, int]:
    if on is None:
        rows = accounts.values_list(*by).annotate(cents=Sum("balance_cents"))
    else:
        days = DayBalance.objects.filter(account__in=accounts, day__lte=on)
        rows = days.values_list(*(f"account__{one}" for one in by)).annotate(cents=Sum("cents"))
    return {tuple(key): cents for *key, cents in rows.order_by()}


def shown(cents: dict[str, int]) -> dict[str, int]:
    """Balances by the names of the fields of `LineBalances`; what was voted above zero."""
    return {
        field: -cents.get(name, 0) if name in Account.ORIGINS else cents.get(name, 0)
        for field, name in _SHOWN.items()
    }
