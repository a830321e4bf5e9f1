"""The homes whose day an actor may see, each with what waits there; a fixed number of queries for however many."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min

from veerkracht.register import clock
from veerkracht.register.offers import access
from veerkracht.register.offers.models import LIVE_OFFERS, Offer, Vacancy
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor

SHOWN = 50


@dataclass(frozen=True)
class HomeRow:
    """`ready`: open vacancies that are ready; `coming`: those that are not yet. `ends`: when the first offer ends."""

    id: int
    name: str
    area: str
    ready: int
    coming: int
    offers: int
    ends: datetime | None


@dataclass(frozen=True)
class Homes:
    """Homes as they came into the register. `after`: what to ask for the next page; "" on the last."""

    on: date
    rows: tuple[HomeRow, ...]
    after: str


def homes(actor: Actor, after: str = "") -> Homes:
    """The homes of an actor's organisation that offer places. Raises `Refused` for who has none to see."""
    found = access.list_services(actor)
    if last := whole(after):
        found = found.filter(pk__gt=last)
    services = list(found.order_by("pk")[: SHOWN + 1])
    shown = services[:SHOWN]
    ids, today = [service.pk for service in shown], clock.today()
    ready, coming = _vacancies(ids, ready_on__lte=today), _vacancies(ids, ready_on__gt=today)
    running = Offer.objects.filter(service__in=ids, state__in=LIVE_OFFERS).values("service")
    offers = {row["service"]: row for row in running.annotate(count=Count("pk"), ends=Min("until"))}
    rows = tuple(
        HomeRow(
            service.pk,
            service.name,
            service.area,
            ready.get(service.pk, 0),
            coming.get(service.pk, 0),
            offers.get(service.pk, {}).get("count", 0),
            offers.get(service.pk, {}).get("ends"),
        )
        for service in shown
    )
    return Homes(today, rows, str(shown[-1].pk) if len(services) > SHOWN else "")


def _vacancies(services: list[int], **when: object) -> dict[int, int]:
    found = Vacancy.objects.filter(unit__service__in=services, state="open", **when).values("unit__service")
    return {row["unit__service"]: row["count"] for row in found.annotate(count=Count("pk"))}
