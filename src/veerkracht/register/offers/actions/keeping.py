"""Each morning: places that came free since, however they did, are vacancies, and what is no place any more is none."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.offers.idle import idle
from veerkracht.register.offers.models import Vacancy
from veerkracht.register.offers.opening import open_by_itself
from veerkracht.register.offers.writing import vacancy_becomes
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service, Stay, Unit

ENDED = "place-ended"


@dataclass(frozen=True)
class Kept:
    """How many vacancies were opened, filled by who lives there already, and withdrawn with their place."""

    opened: int
    filled: int
    withdrawn: int


def keep_vacancies(*, by: Actor) -> Kept:
    """Keep the vacancies of an actor's organisation, or of all homes for a command, as the places are today.

    A place that was opened again, is new, or for which there is staff again is a vacancy; one in which somebody came to
    live is filled; one that is there no more is withdrawn. Each in a transaction of its own, and never twice.
    """
    require("vacancy.keep", by, by.programme)
    programmes = set(region.current().offers)
    if by.programme:
        programmes &= {by.programme}
    homes = [one for one in Service.objects.filter(programme__in=programmes).order_by("pk") if is_of(by, one)]
    ids, today = [one.pk for one in homes], clock.today()
    open_ = Vacancy.objects.filter(state=Vacancy.State.OPEN, unit__service__in=ids)
    lives = Stay.objects.filter(
        unit=OuterRef("unit"), hold__state="confirmed", from_date__gte=OuterRef("from_date")
    )
    filled = open_.filter(Exists(lives), from_date__lte=today)
    ended = open_.filter(unit__until_date__lt=today)
    return Kept(
        filled=sum(_becomes(key, "filled", by) for key in _keys(filled)),
        withdrawn=sum(_becomes(key, "withdrawn", by, ENDED) for key in _keys(ended)),
        opened=sum(_opened(one.unit, by) for one in idle(homes) if not one.why),
    )


def _keys(vacancies: QuerySet[Vacancy]) -> list[int]:
    return list(vacancies.order_by("pk").values_list("pk", flat=True))


def _becomes(vacancy: int, state: str, by: Actor, why: str = "") -> bool:
    with said(), transaction.atomic():
        # Locked, so that one that was offered meanwhile is left alone.
        found = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy)
        if found.state != Vacancy.State.OPEN:
            return False
        vacancy_becomes(found, state, by, why)
    return True


def _opened(unit: Unit, by: Actor) -> bool:
    with said(), transaction.atomic():
        # Locked, so that nobody takes the place between the look and the vacancy.
        unit = Unit.objects.select_for_update(of=("self",)).select_related("service").get(pk=unit.pk)
        return open_by_itself(unit, by) is not None
