"""What was granted is declined, or not taken up in time: the money returns, and the next in line follows."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht.register.care.actions.rounds import prepare_follow_up
from veerkracht.register.care.actions.writing import check_day, write_step
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import OPEN_ROUND_STATES, Request, Round, Step
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.actions import Movement, move
from veerkracht.register.money.models import Entry
from veerkracht.register.money.queries import granted_cents
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.rulebook.types import Text

_GRANTS = (Step.Kind.GRANTED, Step.Kind.GRANTED_PARTIALLY)


@dataclass(frozen=True)
class Returned:
    """`request` as it is now, `cents` a year that came free, and the round that proposes who is next."""

    request: Request
    cents: int
    follow_up: Round | None


def decline_grant(
    request: Request,
    *,
    by: Actor,
    on: date,
    reason: str = "",
    text: str = "",
    version: int | None = None,
) -> Returned:
    """The person does not want what was granted. A partial grant that is declined leaves the request waiting
    as it was.

    The money returns, and when no round is open, one is prepared that proposes it to the next in line.
    """
    require("grant.decline", by, request)
    check_day(on)
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        grant = open_grant(request)
        _check_after(grant, on)
        cents = let_go(request, grant, Step.Kind.DECLINED, by=by, on=on, reason=reason, text=text)
        follow_up = _next_in_line(grant.round, by)
        record(by, "change", request, person_id=request.person_id, detail={"step": "declined"})
    return Returned(request, cents, follow_up)


def lapse_grants(programme: str, *, by: Actor, on: date) -> list[Returned]:
    """Everything granted whose last day to respond is before `on` lapses; the money returns, the next in line
    follows.
    """
    require("grant.lapse", by, programme)
    check_day(on)
    with said(), transaction.atomic():
        change_list(programme)
        late = (
            Request.objects.select_for_update().filter(programme=programme, respond_by__lt=on).order_by("id")
        )
        done, rounds = [], {}
        for request in late:
            grant = open_grant(request)
            cents = let_go(request, grant, Step.Kind.LAPSED, by=by, on=on, reason="not-taken-up")
            record(by, "change", request, person_id=request.person_id, detail={"step": "lapsed"})
            done.append((request, cents, grant.round_id))
            rounds[grant.round_id] = grant.round
        follow_ups = {id: _next_in_line(round, by) for id, round in rounds.items()}
    return [Returned(request, cents, follow_ups[id]) for request, cents, id in done]


def open_grant(request: Request) -> Step:
    """The grant that is on offer. Raises `Invalid` when there is none."""
    last = (
        request.steps.filter(kind__in=[*_GRANTS, *_AFTER]).order_by("holds_from", "recorded_at", "id").last()
    )
    if last is None or last.kind not in _GRANTS:
        raise Invalid(
            Text(
                nl=f"Bij vraag {request.number} staat er niets open dat is toegekend.",
                en=f"Request {request.number} has nothing granted that is still open.",
            ),
            "state",
        )
    return last


_AFTER = (Step.Kind.STARTED, Step.Kind.DECLINED, Step.Kind.LAPSED, Step.Kind.DIED, Step.Kind.ENDED)


def let_go(
    request: Request, grant: Step, kind: str, *, by: Actor, on: date, reason: str = "", text: str = ""
) -> int:
    """End a grant on offer and return its money, in cents a year; for actions that hold the request."""
    if grant.kind == Step.Kind.GRANTED_PARTIALLY:
        sets = {"partial": False, "points_held": _held_before(request, grant)}
    else:
        sets = {"state": str(kind)}
    if kind == Step.Kind.DIED:
        sets = {"state": "deceased"}
    write_step(request, kind, by=by, on=on, reason=reason, text=text, round_id=grant.round_id, **sets)
    cents = granted_cents([request.pk]).get(request.pk, 0)
    back = [Movement("granted", "free", cents, request.pk)]
    move(request.programme, Entry.Kind.RETURNED, back, by=by, on=on, round_id=grant.round_id)
    return cents


def _held_before(request: Request, grant: Step):
    earlier = [
        step
        for step in request.steps.filter(points_held__isnull=False).order_by(
            "holds_from", "recorded_at", "id"
        )
        if step.pk != grant.pk
    ]
    return earlier[-1].points_held if earlier else 0


def _check_after(grant: Step, on: date) -> None:
    if on < grant.holds_from:
        raise Invalid(
            Text(
                nl=f"{on:%d-%m-%Y} ligt voor de toekenning van {grant.holds_from:%d-%m-%Y}.",
                en=f"{on:%d-%m-%Y} is before the grant of {grant.holds_from:%d-%m-%Y}.",
            ),
            "on",
        )


def _next_in_line(round: Round | None, by: Actor) -> Round | None:
    """Propose the freed money to who is next. Who may not prepare (the person, a command) leaves that to an
    officer.
    """
    if round is None or not may("round.prepare", by, round):
        return None
    if Round.objects.filter(programme=round.programme, state__in=OPEN_ROUND_STATES).exists():
        return None
    return prepare_follow_up(round, by=by)
