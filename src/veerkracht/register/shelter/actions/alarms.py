"""Alarms of stays whose norm is nearly over or over: raised once, told to the desk and to where the family is."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.queries import staff_of
from veerkracht.register.shelter import access, norms
from veerkracht.register.shelter.models import Alarm, CrisisStay
from veerkracht.rulebook.stay_terms import FINE, nearness

# Who is told: whoever follows stays at the desk and at the service.
TOLD = ("crisis-worker", "admission")
NOTICE = "crisis-alarm"


def raise_alarms(*, by: Actor) -> list[Alarm]:
    """Write down which clocks are nearly over or over since the last time, and tell; those that are new.

    Twice in a row nothing more happens. Alarms that nobody raised stand on the pages all the same.
    """
    require("shelter.read", by, by.programme)
    now, made = clock.now(), []
    with said(), transaction.atomic():
        # In one order, so that two who do this at once don't wait for each other.
        stays = CrisisStay.objects.select_for_update(of=("self",)).select_related("service", "search")
        for stay in stays.filter(access.of(by), may_be_near(now)).order_by("pk"):
            made += _raise(stay, now)
        if made:
            record(by, "create", "alarm", detail={"alarms": len(made)})
    return made


def may_be_near(now: datetime) -> Q:
    """Running stays of which a clock may be near its end: never fewer than are."""
    last = now + timedelta(hours=max((norm.warn_hours for norm in norms.all_norms()), default=0))
    return Q(state=CrisisStay.State.RUNNING) & (Q(due_at__lte=last) | Q(consent_due_at__lte=last))


def level_of(stay: CrisisStay, watched: str, now: datetime) -> str:
    """How near the end of one clock of a stay is; fine for one that has no end."""
    due: datetime | None = getattr(stay, norms.CLOCK_FIELDS[watched])
    if due is None:
        return FINE
    norm = norms.norm_of(stay, watched)
    return nearness(due, now, norm.warn_hours if norm else 0)


def _raise(stay: CrisisStay, now: datetime) -> list[Alarm]:
    made = []
    for watched, field in norms.CLOCK_FIELDS.items():
        level = level_of(stay, watched, now)
        if level == FINE:
            continue
        alarm, is_new = Alarm.objects.get_or_create(
            stay=stay, clock=watched, level=level, due_at=getattr(stay, field), defaults={"raised_at": now}
        )
        if is_new:
            made.append(alarm)
            _tell(stay, alarm)
    return made


def _tell(stay: CrisisStay, alarm: Alarm) -> None:
    """By the number of the search: no name, and not where they are."""
    users = staff_of([stay.desk_id, stay.service.organisation_id], "", TOLD)
    due = alarm.due_at.astimezone(norms.zone())
    tell(
        users,
        f"{NOTICE}-{alarm.clock}-{alarm.level}",
        about=str(stay.pk),
        number=stay.search.number,
        due=f"{due:%d-%m-%Y %H:%M}",
    )
