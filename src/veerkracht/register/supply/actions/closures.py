"""Closing a place for a while or for good, and opening it again."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import access
from veerkracht.register.supply.closing_checks import Days, Unclosable
from veerkracht.register.supply.models import Unit, UnitClosure
from veerkracht.rulebook.types import Text

HELD = Text(
    nl="Iemand houdt of heeft deze plaats nog: geef ze eerst terug.",
    en="Somebody still holds or has this place: give it back first.",
)
CLOSED_ALREADY = Text(
    nl="Deze plaats is in die tijd al gesloten: doe haar eerst open.",
    en="This place is closed in that time already: open it first.",
)


def close_unit(
    unit: Unit, *, by: Actor, reason: str, from_date: date | None = None, reopens_on: date | None = None
) -> UnitClosure:
    """Close a place from a day (today) until it opens again on `reopens_on` (None: not known yet).

    `reason`: an id of the region's file. Raises `Conflict` while somebody holds or has it or when it is closed
    already, and `Invalid` for a reason that isn't there, a day of opening before the day of closing, or days gone by on
    which somebody stayed there.
    """
    access.require_of("place.manage", by, unit.service, access.is_of(by, unit.service))
    _check_reason(reason)
    from_date = from_date or clock.today()
    with said(), transaction.atomic():
        # Locked, so that nobody takes it between the look and the closing.
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        _check_free(unit, Days(from_date, reopens_on), unit.closures.all(), "from_date")
        closure = UnitClosure.objects.create(
            unit=unit,
            from_date=from_date,
            reopens_on=reopens_on,
            reason=reason,
            by=by.user,
            by_name=by.name,
            recorded_at=clock.now(),
        )
        record(by, "change", unit, detail={"closed": str(from_date), "reason": reason})
    return closure


def reopen(unit: Unit, *, by: Actor, on: date | None = None) -> UnitClosure:
    """Open a closed place again on a day (today). Raises `Conflict` when it is not closed, and `Invalid` for a day
    before it closed.
    """
    access.require_of("place.manage", by, unit.service, access.is_of(by, unit.service))
    on = on or clock.today()
    with said(), transaction.atomic():
        # Of two who open it at once the second sees that it is open.
        Unit.objects.select_for_update().get(pk=unit.pk)
        last = Q(reopens_on=None) | Q(reopens_on__gt=max(on, clock.today()))
        closure = UnitClosure.objects.filter(last, unit=unit).order_by("from_date").first()
        if closure is None:
            raise Conflict(Text(nl="Deze plaats is niet gesloten.", en="This place is not closed."))
        closure.reopens_on = on
        closure.save(update_fields=["reopens_on"])
        record(by, "change", unit, detail={"reopened": str(on)})
    return closure


def end_unit(unit: Unit, *, by: Actor, on: date | None) -> Unit:
    """Say on which day a place is there for the last time; None: that it stays after all.

    Raises `Conflict` while somebody holds or has it, and `Invalid` for a day before its first or one after which
    somebody stayed there. It may be closed meanwhile: what goes away is often closed before.
    """
    access.require_of("place.manage", by, unit.service, access.is_of(by, unit.service))
    with said(), transaction.atomic():
        # Locked, so that nobody takes it between the look and the closing.
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        before = unit.until_date
        if on is not None:
            _check_free(unit, Days(on + timedelta(days=1), None), (), "on")
        unit.until_date = on
        unit.save(update_fields=["until_date"])
        record(by, "change", unit, detail={"until": str(on or ""), "before": str(before or "")})
    return unit


def _check_free(unit: Unit, days: Days, closures: Iterable[UnitClosure], field: str) -> None:
    """A place that somebody had was not closed: its days would count as taken and as closed."""
    found = Unclosable([unit.pk], closures).of(unit.pk, days)
    if found is None:
        return
    if found.kind == "stayed" and found.days and found.days.until:
        raise Invalid(_STAYED.fill(until=found.days.until), field)
    raise Conflict(HELD if found.kind == "held" else CLOSED_ALREADY)


_STAYED = Text(
    nl="Tot {until} verbleef hier iemand: kies die dag of een latere.",
    en="Somebody stayed here until {until}: choose that day or a later one.",
)


def _check_reason(reason: str) -> None:
    places = region.current().places
    known = places.closures if places else {}
    if reason not in known:
        expected = ", ".join(known) or "–"
        raise Invalid(
            Text(
                nl=f"Er is geen reden “{reason}” om te sluiten. Er zijn: {expected}.",
                en=f"There is no reason “{reason}” to close. There are: {expected}.",
            ),
            "reason",
        )
