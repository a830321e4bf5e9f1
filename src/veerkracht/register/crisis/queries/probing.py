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


@dataclass(frozen=True)
class Window:
    """So many searches in so long are likely in earnest; one more is told of."""

    lasts: timedelta
    most: int


# In haste, and patiently: who stays under the first for weeks is told of by the second.
DAY, MONTH = Window(timedelta(hours=24), 6), Window(timedelta(days=30), 20)


@dataclass(frozen=True)
class Probing:
    """A worker with more searches that avoid something and held no place than `DAY` or `MONTH` gives."""

    worker: str
    desk: str
    in_a_day: int
    in_a_month: int
    last_at: datetime


def probing(actor: Actor) -> list[Probing]:
    """Who asks too often, most first; for who reads the log. One query. Raises `Refused`."""
    require("log.read", actor, EVERY_PROGRAMME)
    record(actor, "list", "probing")
    rows = (
        _fruitless()
        .values("call__by", "call__by_name", "call__organisation__name")
        .annotate(**_counted(), last_at=Max("made_at"))
        .filter(_TOO_OFTEN)
        .order_by("-month", "call__by_name")
    )
    return [
        Probing(
            one["call__by_name"], one["call__organisation__name"], one["day"], one["month"], one["last_at"]
        )
        for one in rows
    ]


def is_too_often(user: int | None) -> bool:
    """Whether somebody asks too often now; one query."""
    if user is None:
        return False
    found = _fruitless().filter(call__by=user).aggregate(**_counted())
    return bool(found["day"] > DAY.most or found["month"] > MONTH.most)


_TOO_OFTEN = Q(day__gt=DAY.most) | Q(month__gt=MONTH.most)


def _counted() -> dict[str, Count]:
    return {"day": Count("pk", filter=Q(made_at__gt=clock.now() - DAY.lasts)), "month": Count("pk")}


def _fruitless() -> QuerySet[Search]:
    """Searches of the longest window that avoid something and for which no place was held."""
    held = SearchStep.objects.filter(search=OuterRef("pk"), kind=SearchStep.Kind.HELD)
    avoiding = ~Q(avoid_areas=[]) | ~Q(avoid_names="")
    return Search.objects.filter(avoiding, ~Exists(held), made_at__gt=clock.now() - MONTH.lasts)
