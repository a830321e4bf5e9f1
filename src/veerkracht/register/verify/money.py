"""The books balance, money stands to whom it was granted, and what is kept beside the postings is what they say."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet, Sum, Window

from veerkracht.register.care.models import Budget, Request
from veerkracht.register.money.committing import weight
from veerkracht.register.money.models import (
    Account,
    BudgetYear,
    Commitment,
    DayBalance,
    LineCredit,
    Posting,
)
from veerkracht.register.verify import money_rounds, money_times
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text

_OF_COMMITMENTS = ("commitment-voted", "commitment-free", "committed", "commitment-lapsed")


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    own = {**_of_all(), **_of_programmes(), **_of_lines(), **_of_years()}
    return {**own, **money_rounds.checks(), **money_times.checks()}


def _of_all() -> dict[str, Check]:
    return {
        "balance_is_the_sum_of_postings": (
            Text(nl="Een saldo is de som van zijn boekingen.", en="A balance is the sum of its postings."),
            _balances,
        ),
        "day_balance_is_the_postings_of_the_day": (
            Text(
                nl="Wat een rekening op een dag veranderde, is de som van de boekingen van die dag.",
                en="What an account changed on a day is the sum of the postings of that day.",
            ),
            _days,
        ),
        "no_money_is_lost": (
            Text(
                nl="Alle rekeningen van een programma of van een kant van een lijn zijn samen nul.",
                en="All accounts of a programme, or of one side of a line, are together zero.",
            ),
            _nothing_lost,
        ),
    }


def _of_programmes() -> dict[str, Check]:
    return {
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


def _of_lines() -> dict[str, Check]:
    return {
        "line_within_vak_and_vek_on_every_day": (
            Text(
                nl="Een lijn was op geen enkele dag boven haar VAK vastgelegd of boven haar VEK betaald.",
                en="On no day was a line committed beyond its VAK or paid beyond its VEK.",
            ),
            _every_day,
        ),
        "voted_money_is_what_the_credits_say": (
            Text(
                nl="Wat op een lijn gestemd is, is de som van haar kredieten.",
                en="What is voted on a line is the sum of its credits.",
            ),
            _credits,
        ),
        "commitment_is_what_was_posted": (
            Text(
                nl="Een vastlegging is wat erop vastgelegd, aangevraagd, betaald en teruggevorderd is.",
                en="A commitment is what was committed, requested, paid and recovered on it.",
            ),
            _commitments,
        ),
        "committed_money_is_that_of_commitments": (
            Text(
                nl="Wat op een lijn vastgelegd is, is de som van haar vastleggingen.",
                en="What is committed on a line is the sum of its commitments.",
            ),
            _committed,
        ),
    }


def _of_years() -> dict[str, Check]:
    return {
        "recurrent_commitment_weighs_on_the_next_year": (
            Text(
                nl="Een recurrente vastlegging weegt op elk volgend jaar dat open is.",
                en="A recurrent commitment weighs on each next year that is open.",
            ),
            _recurrent,
        ),
        "what_one_line_gives_another_gets": (
            Text(
                nl="Wat bij een herverdeling of overdracht van een lijn gaat, komt er bij de andere bij.",
                en="What a transfer or carry-over takes from one line and year comes to the other.",
            ),
            _pairs,
        ),
        "closed_year_has_nothing_left": (
            Text(
                nl="In een gesloten begrotingsjaar is niets meer vrij of aangevraagd.",
                en="In a closed budget year nothing is free or requested any more.",
            ),
            _closed,
        ),
    }


def _balances() -> Iterable[str]:
    came = dict(Posting.objects.values_list("target_id").annotate(Sum("amount_cents")))
    went = dict(Posting.objects.values_list("source_id").annotate(Sum("amount_cents")))
    for account in _accounts():
        posted = came.get(account.pk, 0) - went.get(account.pk, 0)
        if posted != account.balance_cents:
            yield f"{account}: {account.balance_cents} ≠ {posted}"


def _days() -> Iterable[str]:
    posted: dict[tuple[int, date], int] = defaultdict(int)
    for side, sign in (("target_id", 1), ("source_id", -1)):
        moved = Posting.objects.values_list(side, "entry__holds_from").annotate(cents=Sum("amount_cents"))
        for account, day, cents in moved.order_by():
            posted[account, day] += sign * cents
    for account, day, cents in DayBalance.objects.values_list("account_id", "day", "cents"):
        posted[account, day] -= cents
    wrong = {key: cents for key, cents in posted.items() if cents}
    names = {account.pk: account for account in _accounts()} if wrong else {}
    return [f"{names[account]} {day}: {-cents}" for (account, day), cents in sorted(wrong.items())]


def _nothing_lost() -> Iterable[str]:
    totals: dict[str, int] = defaultdict(int)
    for account in _accounts():
        side = "" if account.programme else " VAK" if account.name in _OF_COMMITMENTS else " VEK"
        totals[f"{account.owner}{side}"] += account.balance_cents
    return [f"{owner}: {total}" for owner, total in totals.items() if total]


def _accounts() -> QuerySet[Account]:
    return Account.objects.select_related("line").order_by("programme", "line__code", "year", "name")


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


def _every_day() -> Iterable[str]:
    running = Window(Sum("cents"), partition_by=[F("account")], order_by=[F("day").asc()])
    ours = DayBalance.objects.filter(account__line__isnull=False).exclude(account__name__in=Account.ORIGINS)
    below = ours.annotate(stands=running).filter(stands__lt=0).select_related("account__line")
    return [f"{one.account} {one.day}: {one.stands}" for one in below.order_by("account_id", "day")]


def _credits() -> Iterable[str]:
    voted = {
        (line, year): (commitments, payments)
        for line, year, commitments, payments in LineCredit.objects.values_list("line_id", "year")
        .annotate(Sum("commitment_cents"), Sum("payment_cents"))
        .order_by()
    }
    names = ("commitment-voted", "payment-voted")
    for account in _accounts().filter(name__in=names):
        expected = voted.get((account.line_id, account.year), (0, 0))[names.index(account.name)]
        if account.balance_cents != -expected:
            yield f"{account}: {-account.balance_cents} ≠ {expected}"


def _pairs() -> Iterable[str]:
    both = LineCredit.objects.filter(kind__in=[LineCredit.Kind.TRANSFER, LineCredit.Kind.CARRY_OVER])
    given = both.filter(pair__isnull=False).select_related("line", "pair")
    taken = set(both.filter(pair=None).values_list("pk", flat=True))
    for one in given.order_by("id"):
        if (one.commitment_cents, one.payment_cents) != (-one.pair.commitment_cents, -one.pair.payment_cents):
            yield f"{one.line} {one.year}: {one.version}"
        taken.discard(one.pair_id)
    yield from (f"credit {pk}" for pk in sorted(taken))


def _commitments() -> Iterable[str]:
    moved: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    postings = Posting.objects.filter(commitment__isnull=False).values_list(
        "commitment_id", "source__name", "target__name"
    )
    for commitment, source, target, cents in postings.annotate(cents=Sum("amount_cents")).order_by():
        moved[commitment][source, target] = cents
    for one in Commitment.objects.order_by("id").iterator():
        expected = _as_posted(moved.get(one.pk, {}))
        kept = (one.committed_cents, one.requested_cents, one.paid_cents, one.recovered_cents, one.open_cents)
        if kept != expected:
            yield f"{one.number}: {kept} ≠ {expected}"


def _as_posted(moved: dict[tuple[str, str], int]) -> tuple[int, int, int, int, int]:
    def stands(name: str) -> int:
        return sum(cents * ((target == name) - (source == name)) for (source, target), cents in moved.items())

    committed, paid = stands("committed"), moved.get(("requested", "paid"), 0)
    return committed, stands("requested"), paid, stands("recovered"), committed - paid


def _committed() -> Iterable[str]:
    kept = {
        (line, year): cents
        for line, year, cents in Commitment.objects.values_list("line_id", "year")
        .annotate(Sum("committed_cents"))
        .order_by()
    }
    for account in _accounts().filter(name=Account.Name.COMMITTED):
        expected = kept.get((account.line_id, account.year), 0)
        if account.balance_cents != expected:
            yield f"{account}: {account.balance_cents} ≠ {expected}"


def _recurrent() -> Iterable[str]:
    opened = set(BudgetYear.objects.filter(opened_at__isnull=False).values_list("year", flat=True))
    going_on = Commitment.objects.filter(yearly_cents__gt=0, year__in=[year - 1 for year in opened])
    renewed = set(Commitment.objects.filter(series__isnull=False).values_list("series_id", "year"))
    return [
        f"{one.number}: {one.year + 1}"
        for one in going_on.order_by("id")
        if (one.series_id or one.pk, one.year + 1) not in renewed and weight(one, one.year + 1)
    ]


def _closed() -> Iterable[str]:
    closed = BudgetYear.objects.filter(closed_at__isnull=False).values("year")
    left = _accounts().filter(
        year__in=closed, name__in=["commitment-free", "payment-free", "requested"], balance_cents__gt=0
    )
    return [f"{account}: {account.balance_cents}" for account in left]
