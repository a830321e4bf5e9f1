"""A place comes free: from when, when it is ready, and when it is no vacancy any more."""

from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.offers.access import require_of
from veerkracht.register.offers.idle import STAFF, idle, ready_after
from veerkracht.register.offers.models import Vacancy
from veerkracht.register.offers.opening import left_on, write_vacancy
from veerkracht.register.offers.rules import clean
from veerkracht.register.offers.writing import vacancy_becomes
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.register.supply.models import Service, Unit
from veerkracht.register.supply.staffing import in_the_way
from veerkracht.rulebook.types import Text

# Nobody knows further ahead that a place comes free: a slip of the finger.
_FURTHEST = timedelta(days=366)
STILL_TAKEN = Text(
    nl="Iemand houdt of heeft deze plaats nog: zeg op welke dag ze vrijkomt.",
    en="Somebody still holds or has this place: say on which day it comes free.",
)
NO_LONGER_OPEN = Text(
    nl="Deze plaats is intussen aangeboden, ingenomen of teruggetrokken. Kijk eerst wat er nu staat.",
    en="This place has meanwhile been offered, taken or withdrawn. Look at what it says now first.",
)


def open_vacancy(
    unit: Unit,
    *,
    by: Actor,
    from_date: date | None = None,
    ready_on: date | None = None,
    fictitious: bool = False,
) -> Vacancy:
    """Say that a place comes free on a day (when the last left, or today), and when it can be lived in again.

    Without `ready_on` the region's days of turnover are added. Raises `Conflict` for a place that somebody has, unless
    it comes free later, and `Invalid` for a place that is closed for good by then, or days that make no sense.
    """
    require_of("offer.make", by, unit.service)
    with said(), transaction.atomic():
        # Locked, so that nobody takes the place between the look and the vacancy.
        unit = Unit.objects.select_for_update(of=("self",)).select_related("service").get(pk=unit.pk)
        from_date = from_date or left_on(unit) or clock.today()
        ready_on = ready_on or ready_after(unit.service.programme, from_date)
        _check_days(unit, from_date, ready_on)
        is_taken = unit.holds.filter(in_the_way()).exists()
        if is_taken and from_date <= clock.today():
            raise Conflict(STILL_TAKEN)
        return write_vacancy(unit, by=by, from_date=from_date, ready_on=ready_on, fictitious=fictitious)


def note_vacancies(service: Service, *, by: Actor, fictitious: bool = False) -> list[Vacancy]:
    """Open a vacancy for each place of a service that is free and not among the vacancies yet, also where the register
    knows of no staff; not for what the home took off itself. Gives those that were opened.
    """
    require_of("offer.make", by, service)
    made = []
    with transaction.atomic():
        for one in idle([service]):
            # Of two who do this at once, the second leaves what the first did as it is.
            with suppress(Conflict):
                if one.why in ("", STAFF):
                    made.append(open_vacancy(one.unit, by=by, fictitious=fictitious))
    return made


def move_vacancy(
    vacancy: Vacancy, *, by: Actor, ready_on: date, why: str = "", version: int | None = None
) -> Vacancy:
    """Say that a place is ready on another day. `version`: what was seen.

    Raises `Conflict` when somebody was before us or it is no longer open, and `Invalid` for a day before it is free.
    """
    require_of("offer.make", by, vacancy.unit.service)
    why = clean(why, "why")
    with said(), transaction.atomic():
        vacancy = _open(vacancy, version)
        _check_days(vacancy.unit, vacancy.from_date, ready_on)
        vacancy.ready_on = ready_on
        vacancy_becomes(vacancy, "open", by, why)
    return vacancy


def withdraw_vacancy(vacancy: Vacancy, *, by: Actor, why: str, version: int | None = None) -> Vacancy:
    """Say that a place is no vacancy any more: it closes, or is used for something else. `version`: what was seen.

    Raises `Conflict` when somebody was before us or it is offered, and `Invalid` without a reason.
    """
    require_of("offer.make", by, vacancy.unit.service)
    why = clean(why, "why")
    if not why:
        raise Invalid(Text(nl="Zeg waarom.", en="Say why."), "why")
    with said(), transaction.atomic():
        vacancy = _open(vacancy, version)
        vacancy_becomes(vacancy, "withdrawn", by, why)
    return vacancy


def _open(vacancy: Vacancy, version: int | None) -> Vacancy:
    vacancy = locked(vacancy, version)
    if vacancy.state != "open":
        raise Conflict(NO_LONGER_OPEN)
    return vacancy


def _check_days(unit: Unit, from_date: date, ready_on: date) -> None:
    if ready_on > clock.today() + _FURTHEST:
        raise Invalid(
            Text(
                nl=f"{ready_on:%d-%m-%Y} ligt meer dan een jaar in de toekomst.",
                en=f"{ready_on:%d-%m-%Y} is more than a year from now.",
            ),
            "ready_on",
        )
    if ready_on < from_date:
        raise Invalid(
            Text(
                nl=f"Klaar op {ready_on:%d-%m-%Y} kan niet: de plaats komt vrij op {from_date:%d-%m-%Y}.",
                en=f"Ready on {ready_on:%d-%m-%Y} can't be: the place comes free on {from_date:%d-%m-%Y}.",
            ),
            "ready_on",
        )
    if unit.until_date is not None and unit.until_date < ready_on:
        raise Invalid(
            Text(
                nl=f"Plaats {unit.name} is open tot en met {unit.until_date:%d-%m-%Y}.",
                en=f"Place {unit.name} is open up to and including {unit.until_date:%d-%m-%Y}.",
            ),
            "ready_on",
        )
