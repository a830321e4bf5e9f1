"""Who at a desk searches so often with something to avoid, and never holds a place, that somebody should ask why.

A place that is left out for safety tells something to who asks again and again: that it lies near a municipality, or
that somebody is there. Who looks for a safe place in earnest holds one, or finds none now and then; who only asks does
not. It refuses nobody: danger at night goes before suspicion.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.crisis.models import Search, SearchStep
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, require

WINDOW = timedelta(hours=24)
# So many in a day, and one more is told.
MOST = 6


@dataclass(frozen=True)
class Probing:
    """A worker with more than `MOST` searches within `WINDOW` that avoid something and held no place."""

    worker: str
    desk: str
    searches: int
    last_at: datetime


def probing(actor: Actor) -> list[Probing]:
    """Who asks too often, most first; for who reads the log. One query. Raises `Refused`."""
    require("log.read", actor, EVERY_PROGRAMME)
    record(actor, "list", "probing")
    rows = (
        _fruitless(clock.now() - WINDOW)
        .values("call__by", "call__by_name", "call__organisation__name")
        .annotate(searches=Count("pk"), last_at=Max("made_at"))
        .filter(searches__gt=MOST)
        .order_by("-searches", "call__by_name")
    )
    return [
        Probing(one["call__by_name"], one["call__organisation__name"], one["searches"], one["last_at"])
        for one in rows
    ]


def is_too_often(user: int | None) -> bool:
    """Whether somebody asks too often now; one query."""
    return user is not None and _fruitless(clock.now() - WINDOW).filter(call__by=user).count() > MOST


def _fruitless(since: datetime) -> QuerySet[Search]:
    held = SearchStep.objects.filter(search=OuterRef("pk"), kind=SearchStep.Kind.HELD)
    avoiding = ~Q(avoid_areas=[]) | ~Q(avoid_names="")
    return Search.objects.filter(avoiding, ~Exists(held), made_at__gt=since)
