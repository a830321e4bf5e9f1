"""When each waiting request's turn is likely: the forecast from the register's own list, kept beside the requests."""

from concurrent.futures import Executor
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Q, Sum

from veerkracht import forecast, region
from veerkracht.forecast.many import Progress
from veerkracht.register import clock
from veerkracht.register.care.locks import hold_list
from veerkracht.register.care.models import Budget, Request, Turn, TurnRun
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.models import Credit, Posting
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Programme, Text

DEFAULT_RUNS = 200
DEFAULT_SEED = 1
DEFAULT_YEARS = 10
_BATCH = 5_000
_SHOWN = ("p10", "p25", "p50", "p75", "p90", "served_share", "horizon")
_NO_LIST = Text(
    "Van {on} is er geen lijst van {programme}: er is er een van {first} tot {last}.",
    "There is no list of {programme} of {on}: there is one from {first} to {last}.",
)

_FROM_REGISTER = Text(
    "De lijst van het register op {on} ({programme}): {waiting} wachtende vragen, en {euro} euro per jaar die gestemd "
    "is en nog niet toegekend.",
    "The register's list of {on} ({programme}): {waiting} waiting requests, and {euro} euro a year that is voted and "
    "not granted yet.",
)


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


def play(
    programme_id: str,
    plan: str = "",
    runs: int = DEFAULT_RUNS,
    seed: int = DEFAULT_SEED,
    *,
    on: date | None = None,
    years: int = DEFAULT_YEARS,
    workers: int = 1,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> forecast.Forecast:
    """Play a plan from the list as it stands, or as it was on the evening of a day. Keeps nothing.

    Without a plan: the one that the region names for turns. The same list, plan, runs and seed give the same turns.
    Raises the faults of `forecast.run`, and `Invalid` for a day on which there is no list.
    """
    here = region.current()
    _check_day(here.programme(programme_id), on)
    plan = plan or here.turns_plan
    begin = start(programme_id, on)
    how = forecast.Experiment(years, runs, seed, workers, executor, progress)
    return forecast.run(here, programme_id, plan, begin, how)


def compute(programme_id: str, plan: str = "", runs: int = DEFAULT_RUNS, **how: Any) -> forecast.Forecast:
    """Play a plan from the list as it stands, and keep the turn of every request on it in place of the earlier ones.

    `how`: as for `play`, but for the day.
    """
    computed_at = clock.now()
    played = play(programme_id, plan, runs, **how)
    _keep(played, computed_at)
    return played


def renew(
    programme_id: str, plan: str = "", runs: int = DEFAULT_RUNS, *, by: Actor, **how: Any
) -> forecast.Forecast:
    """As `compute`, for somebody, and logged. Raises `Refused` for who may not."""
    require("turns.compute", by, programme_id)
    played = compute(programme_id, plan, runs, **how)
    record(by, "change", "turns", detail=_told(played))
    return played


def look_back(
    programme_id: str, plan: str = "", runs: int = DEFAULT_RUNS, *, by: Actor, on: date, **how: Any
) -> forecast.Forecast:
    """What was to be expected on an earlier day, by the list of then. Kept nowhere; the look at the list is logged."""
    require("request.list", by, programme_id)
    played = play(programme_id, plan, runs, on=on, **how)
    record(by, "list", "turns", detail=_told(played))
    return played


def _told(played: forecast.Forecast) -> dict[str, Any]:
    return {
        "programme": played.programme.id,
        "plan": played.plan.id,
        "start": played.start.isoformat(),
        "runs": played.runs,
        "requests": played.list.height,
    }


def _check_day(programme: Programme, on: date | None) -> None:
    if on is not None and not programme.begins <= on <= clock.today():
        raise Invalid(
            _NO_LIST.fill(programme=programme.name, on=on, first=programme.begins, last=clock.today())
        )


def _keep(played: forecast.Forecast, computed_at: datetime) -> None:
    programme_id = played.programme.id
    turns, series = played.turns(), played.plain()["series"]
    with transaction.atomic():
        # Two who compute at the same moment write one after the other.
        hold_list(programme_id)
        TurnRun.objects.filter(programme=programme_id).delete()
        run = TurnRun.objects.create(
            programme=programme_id,
            plan=played.plan.id,
            start=played.start,
            seed=played.seed,
            runs=played.runs,
            computed_at=computed_at,
            series=series,
        )
        _store(run, turns)


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
    return _FROM_REGISTER.fill(
        on=on, programme=programme_of(programme_id).name, waiting=waiting, euro=free // 100
    )
