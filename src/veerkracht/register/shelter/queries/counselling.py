"""Crisis counselling: what waits for a first talk, who follows how many families, and how much began in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from veerkracht.region.ids import Named
from veerkracht.region.shelter import Module
from veerkracht.register import clock
from veerkracht.register.crisis.models import Shelter
from veerkracht.register.crisis.rules import rules
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import User
from veerkracht.register.permissions import may
from veerkracht.register.sharing.queries import staff_of
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.access import get_counselling, is_of_service, list_counselling
from veerkracht.register.shelter.actions.counselling import WORKERS
from veerkracht.register.shelter.case_load import case_load
from veerkracht.register.shelter.models import Counselling, CounsellingStep
from veerkracht.register.shelter.models.counselling import OPEN
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.now import CASE

SHOWN = 20
LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True)
class CounsellingRow:
    """Counselling in a list, without a name. `late`: the first talk was, or is by now, later than the norm."""

    id: int
    number: str
    module: str
    service: str
    asked_at: datetime
    start_by: datetime
    started_at: datetime | None
    worker: str
    state: str
    late: bool


@dataclass(frozen=True)
class WorkerLoad:
    """A worker of a team: families followed now, by form of counselling, beside the norm of one full-time worker."""

    worker: User
    loads: tuple[tuple[Module, int], ...]


@dataclass(frozen=True)
class InTime:
    """Of a form of counselling: what began in a year, how much of it in time, and what waits for a first talk."""

    module: Module
    started: int
    in_time: int
    waiting: int


@dataclass(frozen=True)
class CounsellingPage:
    """`after`: what to ask for the next page; "" on the last."""

    rows: tuple[CounsellingRow, ...]
    after: str
    loads: tuple[WorkerLoad, ...]
    in_time: tuple[InTime, ...]


@dataclass(frozen=True)
class CounsellingView:
    """`row`: to hand to an action. `workers`: who can take it up, with their families of this form now."""

    row: Counselling
    steps: tuple[CounsellingStep, ...]
    module: Module | None
    late: bool
    workers: tuple[tuple[User, int], ...]
    end_reasons: tuple[Named, ...]
    may_follow: bool
    may_end: bool


def counselling(actor: Actor, *, after: str = "", size: int = SHOWN) -> CounsellingPage:
    """The open counselling that an actor may know of, page by page: the first to start first.

    Raises `Refused` for who may see none, and `Invalid` for a page that isn't there.
    """
    found = list_counselling(actor)
    rows = found.filter(state__in=OPEN).order_by("start_by", "pk")
    if last := last_seen(rows, after):
        rows = rows.filter(_beyond(last))
    page, now = list(rows[: size + 1]), clock.now()
    return CounsellingPage(
        rows=tuple(_row(one, now) for one in page[:size]),
        after=str(page[size - 1].pk) if len(page) > size else "",
        loads=_loads(actor),
        in_time=_in_time(found, now),
    )


def one_counselling(actor: Actor, id: int) -> CounsellingView:
    """One counselling. Raises `Refused`, the same whether it exists or not."""
    row = get_counselling(actor, id)
    is_team = is_of_service(actor, row)
    team = staff_of([row.service.organisation_id], "", WORKERS)
    loads = case_load([user.pk for user in team], row.module)
    follows = is_team and may("counselling.follow", actor, actor.programme)
    return CounsellingView(
        row=row,
        steps=tuple(row.steps.order_by("sequence")),
        module=_module(row.module),
        late=_late(row, clock.now()),
        workers=tuple((user, loads.get(user.pk, 0)) for user in team),
        end_reasons=tuple(norms.shelter().end_reasons.values()),
        may_follow=follows and row.state == Counselling.State.ASKED,
        may_end=row.state in OPEN
        and (follows or (not is_team and may("counselling.ask", actor, actor.programme))),
    )


def _module(id: str) -> Module | None:
    return next((one for one in norms.shelter().modules if one.id == id), None)


def _row(one: Counselling, now: datetime) -> CounsellingRow:
    return CounsellingRow(
        id=one.pk,
        number=one.search.number,
        module=one.module,
        service=one.service.name,
        asked_at=one.asked_at,
        start_by=one.start_by,
        started_at=one.started_at,
        worker=one.worker.full_name if one.worker else "",
        state=one.state,
        late=_late(one, now),
    )


def _late(one: Counselling, now: datetime) -> bool:
    waits = one.state == Counselling.State.ASKED
    return (now if waits else one.started_at or one.start_by) > one.start_by


def _loads(actor: Actor) -> tuple[WorkerLoad, ...]:
    """The workers of the reader's own organisation, when it gives counselling."""
    if not may("counselling.follow", actor, actor.programme) or actor.organisation_id is None:
        return ()
    modules = [one for one in norms.shelter().modules if one.holds(clock.today())]
    team = staff_of([actor.organisation_id], "", WORKERS)
    rows = Counselling.objects.filter(worker__in=team, state=Counselling.State.STARTED)
    counted: dict[tuple[int, str], int] = {}
    for worker, module in rows.values_list("worker", "module"):
        counted[worker, module] = counted.get((worker, module), 0) + 1
    return tuple(
        WorkerLoad(user, tuple((one, counted.get((user.pk, one.id), 0)) for one in modules)) for user in team
    )


def _in_time(found: QuerySet[Counselling], now: datetime) -> tuple[InTime, ...]:
    recent = found.filter(started_at__gt=now - LOOKED_BACK)
    started = _by_module(recent)
    in_time = _by_module(recent.filter(started_at__lte=F("start_by")))
    waiting = _by_module(found.filter(state=Counselling.State.ASKED))
    modules: Sequence[Module] = [one for one in norms.shelter().modules if one.holds(clock.today())]
    return tuple(
        InTime(one, started.get(one.id, 0), in_time.get(one.id, 0), waiting.get(one.id, 0)) for one in modules
    )


def _by_module(found: QuerySet[Counselling]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for module in found.order_by().values_list("module", flat=True):
        counted[module] = counted.get(module, 0) + 1
    return counted


def _beyond(last: Counselling) -> Q:
    return Q(start_by__gt=last.start_by) | Q(start_by=last.start_by, pk__gt=last.pk)


def teams() -> dict[int, Service]:
    """The services that follow families by cases and not by beds, by their number, by name."""
    kinds = {kind.id for kind in rules().kinds.values() if kind.fills == CASE}
    told = Shelter.objects.select_related("service").order_by("service__name", "service_id")
    return {one.service_id: one.service for one in told if kinds & set(one.kinds)}
