"""Proves that what is kept for speed equals what it rests on, and that nothing is there that must never be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

import polars as pl
from django.apps import apps
from django.db import models
from django.db.models import Count, F, Max, Q, Sum

from veerkracht import region
from veerkracht.register import append_only, constraints
from veerkracht.register.care.models import Budget, Request, Round, Step
from veerkracht.register.care.queries import as_of
from veerkracht.register.care.queries.frames import Out, frame
from veerkracht.register.care.steps import FOLDED, fold
from veerkracht.register.money.models import Account, Posting
from veerkracht.register.people.models import Counter, Person
from veerkracht.rulebook.types import Text

# How many of what is wrong are named; how many there are is always said.
_SHOWN = 10
_MILLIONTH = 0.000001


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold: its name, what it says, how often it is broken, and where (some of
    them).
    """

    name: str
    text: Text
    count: int
    where: tuple[str, ...]


def run() -> list[Broken]:
    """Check every invariant; an empty list when all hold."""
    found = []
    for name, (text, check) in invariants().items():
        where = list(check())
        if where:
            found.append(Broken(name, text, len(where), tuple(where[:_SHOWN])))
    return found


def invariants() -> dict[str, tuple[Text, Callable[[], Iterable[str]]]]:
    """Every invariant by name: what it says, and a function that gives where it is broken."""
    held = {
        name: (constraints.MESSAGES[name], _held_by_database(name)) for name in sorted(constraints.named())
    }
    return {**held, **_OURS}


def _held_by_database(name: str) -> Callable[[], Iterable[str]]:
    return lambda: _breaking(*_model_and_constraint(name))


def _model_and_constraint(name: str) -> tuple[type[models.Model], models.BaseConstraint]:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return model, constraint
    raise LookupError(name)


def _breaking(model: type[models.Model], constraint: models.BaseConstraint) -> Iterable[str]:
    rows = model._default_manager.all()
    if isinstance(constraint, models.CheckConstraint):
        broken = rows.exclude(constraint.condition)
        return [f"{model._meta.model_name} {key}" for key in broken.values_list("pk", flat=True)]
    if constraint.condition:
        rows = rows.filter(constraint.condition)
    # Two unknowns are not the same: a unique rule leaves them out.
    rows = rows.filter(**{f"{field}__isnull": False for field in constraint.fields})
    doubles = rows.values(*constraint.fields).annotate(times=Count("pk")).filter(times__gt=1).order_by()
    return [f"{model._meta.model_name} {row}" for row in doubles]


def _protected() -> Iterable[str]:
    return append_only.unprotected()


def _folds() -> Iterable[str]:
    for programme in Request.objects.values_list("programme", flat=True).distinct().order_by("programme"):
        yield from _folds_of(programme)


def _folds_of(programme: str) -> Iterable[str]:
    kept_columns = (
        Out("request_id", "r.id", pl.Int64()),
        Out("number", "r.number", pl.String()),
        *(Out(name, f"r.{name}", as_of.TYPES[name]) for name in FOLDED),
    )
    kept = frame(kept_columns, "FROM care_request r WHERE r.programme = %s", [programme])
    both = kept.join(fold(as_of.all_steps(programme)), on="request_id", how="left", suffix="_folded")
    differs = pl.any_horizontal(_differs(name) for name in FOLDED)
    for row in both.filter(differs).sort("number").iter_rows(named=True):
        columns = [name for name in FOLDED if row[name] != row[f"{name}_folded"]]
        yield f"{row['number']}: {', '.join(columns)}"


def _differs(name: str) -> pl.Expr:
    kept, folded = pl.col(name), pl.col(f"{name}_folded")
    if as_of.TYPES[name] == pl.Float64:
        return ((kept - folded).abs() > _MILLIONTH / 2) | (kept.is_null() != folded.is_null())
    return kept.ne_missing(folded)


def _balances() -> Iterable[str]:
    came = dict(Posting.objects.values_list("target_id").annotate(Sum("amount_cents")))
    went = dict(Posting.objects.values_list("source_id").annotate(Sum("amount_cents")))
    for account in Account.objects.order_by("programme", "name"):
        posted = came.get(account.pk, 0) - went.get(account.pk, 0)
        if posted != account.balance_cents:
            yield f"{account.programme} {account.name}: {account.balance_cents} ≠ {posted}"


def _nothing_lost() -> Iterable[str]:
    totals = (
        Account.objects.values_list("programme").annotate(total=Sum("balance_cents")).order_by("programme")
    )
    return [f"{programme}: {total}" for programme, total in totals if total]


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


def _rounds() -> Iterable[str]:
    """What a signed round granted was posted, and each grant is a step of its request."""
    for signed in Round.objects.filter(state="signed").order_by("pk"):
        lines = signed.lines.filter(granted=True).aggregate(cents=Sum("cost_cents"), count=Count("pk"))
        posted = Posting.objects.filter(entry__round=signed, entry__kind="granted").aggregate(
            cents=Sum("amount_cents")
        )
        kinds = ["granted", "granted-partially"]
        steps = Step.objects.filter(round=signed, kind__in=kinds).count()
        if (lines["cents"] or 0, lines["count"]) != (posted["cents"] or 0, steps):
            yield f"round {signed.pk}"


def _areas() -> Iterable[str]:
    moved = Request.objects.exclude(area=F("person__area")).order_by("number")
    return list(moved.values_list("number", flat=True))


def _deaths() -> Iterable[str]:
    dead = Q(person__died_on__isnull=False)
    live = Request.objects.filter(dead, live=True).order_by("number").values_list("number", flat=True)
    budgets = Budget.objects.filter(dead, ended_on=None).order_by("pk").values_list("pk", flat=True)
    return [*live, *(f"budget {key}" for key in budgets)]


def _counters() -> Iterable[str]:
    last = dict(Counter.objects.values_list("name", "last"))
    for model in (Person, Request):
        highest = model._default_manager.aggregate(highest=Max("number"))["highest"]
        if highest and highest[1:].lstrip("-").isdigit():
            prefix, _, digits = highest.partition("-")
            if int(digits) > last.get(prefix, 0):
                yield f"{prefix}: {highest}"


def _coexist() -> Iterable[str]:
    """Kinds of live requests that one person has beside one another are kinds that may stand so."""
    for id, programme in region.current().programmes.items():
        for one, other in combinations(programme.kinds, 2):
            if programme.may_coexist(one, other):
                continue
            live = Request.objects.filter(programme=id, live=True)
            both = live.filter(kind=one, person__in=live.filter(kind=other).values("person"))
            yield from both.order_by("number").values_list("number", flat=True)


_OURS: dict[str, tuple[Text, Callable[[], Iterable[str]]]] = {
    "append_only": (constraints.MESSAGES["append_only"], _protected),
    "request_is_the_fold_of_its_steps": (
        Text(
            nl="Wat bij een vraag staat, is wat haar stappen zeggen.",
            en="What a request says is what its steps say.",
        ),
        _folds,
    ),
    "balance_is_the_sum_of_postings": (
        Text(nl="Een saldo is de som van zijn boekingen.", en="A balance is the sum of its postings."),
        _balances,
    ),
    "no_money_is_lost": (
        Text(
            nl="Alle rekeningen van een programma zijn samen nul.",
            en="All accounts of a programme are together zero.",
        ),
        _nothing_lost,
    ),
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
    "signed_round_is_what_was_granted": (
        Text(
            nl="Wat een getekende ronde toekent, is geboekt en staat bij de vragen.",
            en="What a signed round grants was posted and stands with the requests.",
        ),
        _rounds,
    ),
    "area_is_the_persons": (
        Text(
            nl="Het gebied van een vraag is dat van de persoon.", en="The area of a request is its person's."
        ),
        _areas,
    ),
    "the_dead_wait_for_nothing": (
        Text(
            nl="Wie overleden is, heeft geen lopende vraag en geen lopend budget.",
            en="Who has died has no live request and no open budget.",
        ),
        _deaths,
    ),
    "numbers_are_given_out_once": (
        Text(
            nl="Een volgend nummer is hoger dan alle nummers die er zijn.",
            en="A next number is higher than all there are.",
        ),
        _counters,
    ),
    "live_kinds_may_coexist": (
        Text(
            nl="Lopende vragen van één persoon zijn soorten die naast elkaar mogen bestaan.",
            en="Live requests of one person are of kinds that may coexist.",
        ),
        _coexist,
    ),
}
