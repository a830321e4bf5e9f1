"""When each waiting request's turn is likely: the forecast from the register's own list, kept beside the requests."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
from django.db import transaction
from django.db.models import Q, Sum

from veerkracht import forecast, region
from veerkracht.register import clock
from veerkracht.register.care.models import Budget, Request, Turn, TurnRun
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.money.models import Credit, Posting
from veerkracht.rulebook.types import Programme, Text

DEFAULT_RUNS = 200
DEFAULT_SEED = 1
DEFAULT_YEARS = 10
_BATCH = 5_000
_SHOWN = ("p10", "p25", "p50", "p75", "p90", "served_share", "horizon")

Progress = Callable[[int, int], None]


def start(programme: str | Programme, on: date | None = None) -> forecast.Start:
    """The register as a forecast starts from it: as it stands, or as it was on the evening of a day, as known now."""
    id = programme if isinstance(programme, str) else programme.id
    day = on or clock.today()
    waiting = waiting_table(id, on)
    holders, cost = _holders(id, day)
    free = _free(id, on)
    return forecast.Start(
        date=day,
        waiting=waiting,
        holders=holders,
        holder_cost_cents=cost,
        money_free_cents=max(free, 0),
        starting=_starting(id, on),
        money_from=_money_from(id, day),
        rests_on=(_said(id, day, waiting.height, free),),
    )


def compute(
    programme_id: str,
    plan: str = "",
    runs: int = DEFAULT_RUNS,
    seed: int = DEFAULT_SEED,
    *,
    years: int = DEFAULT_YEARS,
    workers: int = 1,
    progress: Progress | None = None,
) -> TurnRun:
    """Play a plan from the list as it stands, and keep the turn of every request on it in place of the earlier ones.

    Without a plan: the one that the region names for it.

    The same list, plan, runs and seed give the same turns. Raises the faults of `forecast.run`.
    """
    computed_at = clock.now()
    begin = start(programme_id)
    here = region.current()
    plan = plan or here.turns_plan
    played = forecast.run(
        here, programme_id, plan, begin, years, runs, seed, workers=workers, progress=progress
    )
    turns = played.turns()
    with transaction.atomic():
        TurnRun.objects.filter(programme=programme_id).delete()
        run = TurnRun.objects.create(
            programme=programme_id,
            plan=plan,
            start=begin.date,
            seed=seed,
            runs=runs,
            computed_at=computed_at,
            series=played.plain()["series"],
        )
        _store(run, turns)
    return run


def _store(run: TurnRun, turns: pl.DataFrame) -> None:
    # A request may have gone from the register's list since the forecast began, never from the register.
    rows = turns.select("id", *_SHOWN).iter_rows()
    Turn.objects.bulk_create(
        (Turn(run=run, request_id=id, **dict(zip(_SHOWN, values, strict=True))) for id, *values in rows),
        batch_size=_BATCH,
    )


def _holders(programme_id: str, on: date) -> tuple[int, int]:
    """Persons with a budget on a day, and what they cost in a year, in cents."""
    open_ = Budget.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), programme=programme_id, from_date__lte=on
    )
    return open_.count(), open_.aggregate(cents=Sum("amount_cents"))["cents"] or 0


def _free(programme_id: str, on: date | None) -> int:
    """Voted money that is not granted, in cents a year."""
    moved = Posting.objects.filter(entry__programme=programme_id)
    if on is not None:
        moved = moved.filter(entry__holds_from__lte=on)
    sums = moved.aggregate(
        came=Sum("amount_cents", filter=Q(target__name="free")),
        went=Sum("amount_cents", filter=Q(source__name="free")),
    )
    return (sums["came"] or 0) - (sums["went"] or 0)


def _starting(programme_id: str, on: date | None) -> int:
    """Persons who were granted a budget and have not started it."""
    if on is None:
        granted = Request.objects.filter(programme=programme_id, state="granted")
        return granted.values("person").distinct().count()
    return waiting_table(programme_id, on, states=("granted",)).get_column("person").n_unique()


def _money_from(programme_id: str, on: date) -> date | None:
    """The day after the last real credit: money of a plan from that day on is not in the register yet."""
    real = Credit.objects.filter(programme=programme_id, fictitious=False, voted_on__lte=on)
    last = real.order_by("-voted_on").values_list("voted_on", flat=True).first()
    return last + timedelta(days=1) if last else None


def _said(programme_id: str, on: date, waiting: int, free: int) -> Text:
    euro = free // 100
    day = f"{on:%d-%m-%Y}"
    dutch = f"{euro:,}".replace(",", ".")
    name = programme_of(programme_id).name
    return Text(
        f"De lijst van het register op {day} ({name.nl}): {waiting} wachtende vragen, en {dutch} euro per jaar die "
        "gestemd is en nog niet toegekend.",
        f"The register's list of {day} ({name.en}): {waiting} waiting requests, and {euro:,} euro a year that is "
        "voted and not granted yet.",
    )
