"""Requests are what their steps say, rounds are what was granted, and the dead wait for nothing."""

from collections.abc import Iterable
from itertools import combinations, groupby, pairwise

import polars as pl
from django.db.models import Count, F, Q, Sum

from veerkracht import region
from veerkracht.register.care.models import Budget, Request, Round, Step
from veerkracht.register.care.queries import as_of
from veerkracht.register.care.queries.frames import Out, frame
from veerkracht.register.care.steps import FOLDED, fold
from veerkracht.register.money.models import Posting
from veerkracht.register.people.models import Move
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text

_MILLIONTH = 0.000001


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "request_is_the_fold_of_its_steps": (
            Text(
                nl="Wat bij een vraag staat, is wat haar stappen zeggen.",
                en="What a request says is what its steps say.",
            ),
            _folds,
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
                nl="Het gebied van een vraag is dat van de persoon.",
                en="The area of a request is its person's.",
            ),
            _areas,
        ),
        "a_person_lives_where_they_moved": (
            Text(
                nl="Iemand woont in de gemeente van de laatste verhuizing; elke verhuizing sluit aan op de vorige.",
                en="Somebody lives in the municipality of their last move; each move follows on the one before.",
            ),
            _moves,
        ),
        "the_dead_wait_for_nothing": (
            Text(
                nl="Wie overleden is, heeft geen lopende vraag en geen lopend budget.",
                en="Who has died has no live request and no open budget.",
            ),
            _deaths,
        ),
        "live_kinds_may_coexist": (
            Text(
                nl="Lopende vragen van één persoon zijn soorten die naast elkaar mogen bestaan.",
                en="Live requests of one person are of kinds that may coexist.",
            ),
            _coexist,
        ),
    }


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


def _moves() -> Iterable[str]:
    rows = Move.objects.order_by("person", "pk").values_list(
        "person__number", "person__area", "area_before", "area", "holds_from"
    )
    for number, found in groupby(rows.iterator(), key=lambda row: row[0]):
        moves = list(found)
        follows = all(one[3] == other[2] and one[4] <= other[4] for one, other in pairwise(moves))
        if not follows or moves[-1][3] != moves[-1][1]:
            yield number


def _deaths() -> Iterable[str]:
    dead = Q(person__died_on__isnull=False)
    live = Request.objects.filter(dead, live=True).order_by("number").values_list("number", flat=True)
    budgets = Budget.objects.filter(dead, ended_on=None).order_by("pk").values_list("pk", flat=True)
    return [*live, *(f"budget {key}" for key in budgets)]


def _coexist() -> Iterable[str]:
    """Kinds of live requests that one person has beside one another are kinds that may stand so."""
    for id, programme in region.current().programmes.items():
        for one, other in combinations(programme.kinds, 2):
            if programme.may_coexist(one, other):
                continue
            live = Request.objects.filter(programme=id, live=True)
            both = live.filter(kind=one, person__in=live.filter(kind=other).values("person"))
            yield from both.order_by("number").values_list("number", flat=True)
