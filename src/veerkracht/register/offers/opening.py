"""A place that somebody left is a vacancy by itself, and one that somebody took is none any more.

Only in the transaction of who came or left: whether they may was asked there.
"""

from datetime import date

from django.db.models import Max, Q

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.offers.idle import idle, ready_after
from veerkracht.register.offers.models import LIVE_VACANCIES, Vacancy
from veerkracht.register.offers.writing import vacancy_becomes
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Unit
from veerkracht.register.supply.staffing import in_the_way

LEFT_EARLIER = "left-earlier"


def write_vacancy(
    unit: Unit, *, by: Actor, from_date: date, ready_on: date, fictitious: bool = False
) -> Vacancy:
    """Open a vacancy of a locked place."""
    vacancy = Vacancy(
        unit=unit,
        from_date=from_date,
        ready_on=ready_on,
        updated_at=clock.now(),
        fictitious=fictitious,
    )
    vacancy.save()
    vacancy_becomes(vacancy, "open", by)
    return vacancy


def left_on(unit: Unit) -> date | None:
    """The last day on which somebody left a place; None: nobody did."""
    found: date | None = unit.stays.aggregate(last=Max("until_date"))["last"]
    return found


def place_came_free(unit: Unit, by: Actor) -> None:
    """Open a vacancy for a place that somebody left, unless something keeps it from being offered (`idle.Idle`).

    One that was foreseen for later is a vacancy from the day on which they left.
    """
    if unit.service.programme not in region.current().offers:
        return
    # Locked, so that nobody takes the place between the look and the vacancy.
    unit = Unit.objects.select_for_update(of=("self",)).select_related("service").get(pk=unit.pk)
    foreseen = (
        Vacancy.objects.select_for_update(of=("self",)).filter(unit=unit, state__in=LIVE_VACANCIES).first()
    )
    if foreseen is None:
        open_by_itself(unit, by)
    elif foreseen.state == Vacancy.State.OPEN and not unit.holds.filter(in_the_way()).exists():
        _bring_forward(foreseen, by)


def open_by_itself(unit: Unit, by: Actor) -> Vacancy | None:
    """Open a vacancy for a locked place when it is idle and nothing keeps it from being one; else None."""
    found = idle([unit.service], Q(pk=unit.pk))
    if not found or found[0].why:
        return None
    from_date = left_on(unit) or clock.today()
    return write_vacancy(
        unit, by=by, from_date=from_date, ready_on=ready_after(unit.service.programme, from_date)
    )


def place_was_taken(unit: Unit, by: Actor) -> None:
    """Fill the open vacancy of a place in which somebody came to live without an offer: moved, or by hand.

    One that is foreseen for later stays, for who comes after.
    """
    free = Vacancy.objects.filter(unit=unit, state=Vacancy.State.OPEN, from_date__lte=clock.today())
    vacancy = free.select_for_update(of=("self",)).first()
    if vacancy is not None:
        vacancy_becomes(vacancy, "filled", by)


def _bring_forward(vacancy: Vacancy, by: Actor) -> None:
    left = left_on(vacancy.unit)
    if left is None or left >= vacancy.from_date:
        return
    vacancy.from_date = left
    vacancy.ready_on = min(vacancy.ready_on, ready_after(vacancy.unit.service.programme, left))
    vacancy_becomes(vacancy, "open", by, LEFT_EARLIER)
