"""How a step is written and what is kept beside the steps: the one place where a request's columns change."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
from django.db.models import Max, Q

from veerkracht.register import clock
from veerkracht.register.care.models import LIVE_STATES, Request, Step
from veerkracht.register.care.steps import FOLDED, fold
from veerkracht.register.errors import Invalid
from veerkracht.register.money.queries import granted_cents
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text

# A later date than this is a slip of the pen, not a plan.
_FURTHEST = timedelta(days=366)
_COLUMNS = ("request_id", "id", "kind", "holds_from", "recorded_at", *FOLDED)
_TYPES: dict[str, Any] = {
    "request_id": pl.Int64,
    "id": pl.Int64,
    "kind": pl.String,
    "holds_from": pl.Date,
    "recorded_at": pl.Datetime("us", "UTC"),
    "state": pl.String,
    "request_date": pl.Date,
    "priority_group": pl.Int64,
    "priority_date": pl.Date,
    "route": pl.String,
    "scheme": pl.String,
    "category": pl.String,
    "points": pl.Decimal(10, 6),
    "points_held": pl.Decimal(10, 6),
    "partial": pl.Boolean,
    "recognised": pl.Boolean,
    "plan_approved_on": pl.Date,
    "complete": pl.Boolean,
    "converted": pl.Boolean,
    "register_date": pl.Date,
    "bundle": pl.Int64,
    "respond_by": pl.Date,
}


def write_step(
    request: Request,
    kind: str,
    *,
    by: Actor,
    on: date,
    reason: str = "",
    text: str = "",
    round_id: int | None = None,
    facts: dict[str, Any] | None = None,
    **sets: Any,
) -> Step:
    """Add a step that holds from `on` and sets the columns in `sets`, and keep the request as its steps now
    say.

    Only for a request that is locked, in the transaction that changes it.
    """
    step = Step.objects.create(
        request=request,
        kind=kind,
        holds_from=on,
        # Never before the step before it, even when the machine's clock was set back: the order decides.
        recorded_at=max(clock.now(), request.updated_at),
        by_id=by.user_id,
        by_name=by.name,
        role=by.role,
        round_id=round_id,
        reason=reason,
        text=text,
        facts=facts,
        **sets,
    )
    refold(request, step.recorded_at)
    return step


def refold(request: Request, at: datetime) -> None:
    """Set the request's columns to the fold of its steps, as a new version of it."""
    columns = folded([request.pk])[request.pk]
    for name in FOLDED:
        setattr(request, name, columns[name])
    request.live = request.state in LIVE_STATES
    request.version += 1
    request.updated_at = at
    request.save(update_fields=[*FOLDED, "live", "version", "updated_at"])


def folded(request_ids: list[int]) -> dict[int, dict[str, Any]]:
    """The columns of requests as their steps say, by id of the request."""
    rows = list(Step.objects.filter(request_id__in=request_ids).values_list(*_COLUMNS))
    table = pl.DataFrame(rows, schema={name: _TYPES[name] for name in _COLUMNS}, orient="row")
    return {row["request_id"]: row for row in fold(table).iter_rows(named=True)}


def check_day(on: date, field: str = "on") -> None:
    """Raise `Invalid` for a day further away than plans are made."""
    if on > clock.today() + _FURTHEST:
        raise Invalid(
            Text(
                nl=f"{on:%d-%m-%Y} ligt meer dan een jaar in de toekomst.",
                en=f"{on:%d-%m-%Y} is more than a year from now.",
            ),
            field,
        )


def check_in_time(request: Request, on: date, *columns: str) -> None:
    """Raise `Invalid` when what is set now would hold before what one of these columns was last set to.

    Without this a late entry with an early date would be silently overruled by the earlier entry.
    """
    last = last_set(request, *columns)
    if last and on < last:
        raise Invalid(
            Text(
                nl=f"{on:%d-%m-%Y} ligt voor {last:%d-%m-%Y}, de dag van de vorige beslissing hierover.",
                en=f"{on:%d-%m-%Y} is before {last:%d-%m-%Y}, the day of the previous decision on this.",
            ),
            "on",
        )


def last_set(request: Request, *columns: str) -> date | None:
    """The latest day from which a step set one of these columns."""
    any_set = Q()
    for column in columns:
        any_set |= Q(**{f"{column}__isnull": False})
    return request.steps.filter(any_set).aggregate(last=Max("holds_from"))["last"]


def check_state(request: Request, *states: str) -> None:
    """Raise `Invalid` unless the request is in one of these states."""
    if request.state not in states:
        raise Invalid(
            Text(
                nl=f"Dit kan niet bij vraag {request.number}: haar toestand is “{request.state}”.",
                en=f"This can't be done to request {request.number}: its state is “{request.state}”.",
            ),
            "state",
        )


def check_nothing_on_offer(request: Request) -> None:
    """Raise `Invalid` while money that was granted waits to be taken up: it is declined or started first."""
    if granted_cents([request.pk]):
        raise Invalid(
            Text(
                nl=f"Bij vraag {request.number} staat nog iets open dat is toegekend: weiger of start dat eerst.",
                en=f"Request {request.number} has something granted still open: decline or start that first.",
            ),
            "state",
        )


def as_points(points: float | Decimal) -> Decimal:
    """Care points as they are kept: six decimals."""
    return Decimal(str(points)).quantize(Decimal("0.000001"))
