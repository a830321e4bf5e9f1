"""Crisis counselling: asked by a desk, taken up by somebody of a team within the norm, and ended."""

from datetime import datetime, timedelta

from django.db import transaction

from veerkracht.region.shelter import Module
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import access as crisis
from veerkracht.register.crisis.models import Search
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import User
from veerkracht.register.rows import locked
from veerkracht.register.sharing.queries import staff_of
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.access import is_of_service, require_of
from veerkracht.register.shelter.case_load import case_load
from veerkracht.register.shelter.models import Counselling, CounsellingStep
from veerkracht.register.shelter.writing import moment_since, why_of
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.stay_terms import hours_later
from veerkracht.rulebook.types import Text

State = Counselling.State
WORKERS = ("admission", "crisis-worker")
_ELSEWHERE = Text(
    nl="Deze medewerker werkt niet bij dit team.", en="This worker does not work with this team."
)
_NOT_ANY_MORE = Text(
    nl="Deze begeleiding is niet meer in deze toestand.", en="This counselling is no longer in that state."
)


def ask_counselling(search: Search, *, by: Actor, module: str, service: Service) -> Counselling:
    """Ask a team to follow the family of a search. The first talk is within the norm of that form of counselling.

    Raises `Refused` for a search of another desk, `Invalid` for a form that the region does not know, and `Conflict`
    when it is asked for this family already.
    """
    crisis.require_desk("counselling.ask", by, search.call)
    rules = norms.module(module)
    with said(), transaction.atomic():
        return asked(search, service, rules, by)


def asked(search: Search, service: Service, module: Module, by: Actor) -> Counselling:
    """A team is asked to follow a family: for an action that looked whether this may, in its transaction."""
    now = clock.now()
    made = Counselling(
        service=service,
        desk_id=search.call.organisation_id,
        module=module.id,
        search=search,
        area=search.from_area,
        asked_at=now,
        start_by=hours_later(now, module.start_hours),
        updated_at=now,
        fictitious=search.call.fictitious,
    )
    made.save()
    _step(made, State.ASKED, by=by, at=now)
    return made


def start_counselling(
    counselling: Counselling,
    *,
    by: Actor,
    worker: User,
    at: datetime | None = None,
    why: str = "",
    version: int | None = None,
) -> Counselling:
    """The first talk was held, by somebody of the team who follows the family from now on.

    A worker with a full case-load takes one more only with a reason (`why`). Raises `Refused` for another team,
    `Invalid` for a worker of elsewhere, no reason where one is asked, or a moment before it was asked, and `Conflict`
    when somebody was before us.
    """
    _require_team("counselling.follow", by, counselling)
    why = why_of(why, counselling.search.call, required=False)
    if worker.pk not in {one.pk for one in staff_of([counselling.service.organisation_id], "", WORKERS)}:
        raise Invalid(_ELSEWHERE, "worker")
    rules = norms.module(counselling.module)
    with said(), transaction.atomic():
        # The worker's row stands for the case-load: of two who give them a family, the second sees the first.
        User.objects.select_for_update().get(pk=worker.pk)
        counselling = locked(counselling, version)
        _check_state(counselling, State.ASKED)
        at = moment_since(counselling.asked_at, at)
        _check_load(counselling, worker, rules.case_load, why)
        counselling.worker, counselling.started_at = worker, at
        counselling.until_date = at.astimezone(norms.zone()).date() + timedelta(days=rules.lasts_days)
        _step(counselling, State.STARTED, by=by, at=at, why=why)
    return counselling


def end_counselling(
    counselling: Counselling,
    *,
    by: Actor,
    reason: str,
    at: datetime | None = None,
    version: int | None = None,
) -> Counselling:
    """It is over, or was asked and is not needed any more. Raises `Invalid` for a reason that the region does not know
    or a moment before it was asked, and `Conflict` when somebody was before us.
    """
    require_of("counselling.read", by, counselling)
    if is_of_service(by, counselling):
        require_of("counselling.follow", by, counselling)
    else:
        require_of("counselling.ask", by, counselling)
    norms.end_reason(reason)
    with said(), transaction.atomic():
        counselling = locked(counselling, version)
        _check_state(counselling, State.ASKED, State.STARTED)
        counselling.ended_at = moment_since(counselling.started_at or counselling.asked_at, at)
        counselling.end_reason = reason
        kind = State.ENDED if counselling.state == State.STARTED else State.WITHDRAWN
        _step(counselling, kind, by=by, at=counselling.ended_at)
    return counselling


def _require_team(verb: str, by: Actor, counselling: Counselling) -> None:
    require_of(verb, by, counselling)
    if not is_of_service(by, counselling):
        record(by, "refused", verb, detail={"object": str(counselling.pk)})
        raise Refused()


def _check_state(counselling: Counselling, *states: str) -> None:
    if counselling.state not in states:
        raise Conflict(_NOT_ANY_MORE)


def _check_load(counselling: Counselling, worker: User, most: int, why: str) -> None:
    followed = case_load([worker.pk], counselling.module).get(worker.pk, 0)
    if followed < most or why:
        return
    raise Invalid(
        Text(
            nl=f"Deze medewerker volgt al {followed} gezinnen; de norm is {most}. Zeg waarom dit er een bij kan.",
            en=f"This worker follows {followed} families already; the norm is {most}. Say why one more is possible.",
        ),
        "why",
    )


def _step(counselling: Counselling, kind: str, *, by: Actor, at: datetime, why: str = "") -> None:
    """Write down what happened to counselling that is new or locked, and keep its state beside it."""
    counselling.state = kind
    counselling.version += 1
    counselling.updated_at = max(clock.now(), counselling.updated_at)
    counselling.save()
    CounsellingStep.objects.create(
        counselling=counselling,
        sequence=counselling.version,
        kind=kind,
        holds_at=at,
        recorded_at=counselling.updated_at,
        why=why,
        by=by.user,
        by_name=by.name,
        role=by.role,
    )
    record(by, "create" if kind == State.ASKED else "change", counselling, detail={"step": kind})
