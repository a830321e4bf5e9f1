"""What the government recognises and awards: recognitions, and the growth calendar step by step."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.register.supply.awarding import (
    AWARDED,
    LAPSED,
    NOTHING_LEFT,
    POSTPONED,
    REALISED,
    Happened,
    begin,
    check_number,
    follow,
    step_of,
)
from veerkracht.register.supply.models import Award, Recognition, Service
from veerkracht.rulebook.types import Text


def recognise(
    service: Service, *, by: Actor, places: int, holds_from: date, source: str, extra_places: int = 0
) -> Recognition:
    """Record how many places of a service the government recognises from a day on, open or not.

    `extra_places`: how many of them with the extra recognition for heavier care. Raises `Invalid` for a number that no
    service has, more extra places than places, or no source.
    """
    require("place.recognise", by, service.programme)
    check_number("places", places, 0)
    check_number("extra_places", extra_places, 0)
    with said(), transaction.atomic():
        recognition = Recognition.objects.create(
            service=service,
            holds_from=holds_from,
            places=places,
            extra_places=extra_places,
            source=source.strip(),
            by_name=by.name,
            recorded_at=clock.now(),
        )
        record(by, "create", recognition, detail={"service": service.pk, "places": places})
    return recognition


@dataclass(frozen=True)
class NewAward:
    """So many places that may be added in a municipality from the first day of a period of the growth calendar.

    `kind`: an id of the region's kinds of growth; `on`: the day of the decision, `source`: where it stands.
    """

    programme: str
    kind: str
    units: int
    area: str
    period_from: date
    on: date
    source: str
    service: Service | None = None


def award(organisation: Organisation, new: NewAward, *, by: Actor) -> Award:
    """Record that an organisation may add places. Raises `Invalid` for a kind or a
    municipality that isn't there, a number that no organisation is awarded, a day to come, a service of another
    organisation or no source.
    """
    require("growth.decide", by, new.programme)
    if new.service is not None and new.service.organisation_id != organisation.pk:
        raise Invalid(_OF_ANOTHER, "service")
    made = Award(
        organisation=organisation,
        service=new.service,
        programme=new.programme,
        kind=new.kind,
        area=new.area,
        source=new.source.strip(),
    )
    what = Happened(AWARDED, new.on, new.units, new.period_from)
    begin(made, what)
    with said(), transaction.atomic():
        _write(made, what, by)
    return made


def postpone(award: Award, *, by: Actor, on: date, period_from: date, reason: str, version: int) -> Award:
    """Record that what is left of an award moves to a later period. `version`: what was seen.

    Raises `Conflict` when somebody changed it since or nothing is left, and `Invalid` for a period that is not later,
    a day before the step before this or to come, or no reason.
    """
    require("growth.decide", by, award.programme)
    with said(), transaction.atomic():
        award = _open(award, version)
        return _add(award, Happened(POSTPONED, on, award.left, period_from, reason), by)


def lapse(award: Award, *, by: Actor, on: date, units: int, reason: str, version: int) -> Award:
    """Record that so many places of an award will not come. Raises as `postpone`."""
    require("growth.decide", by, award.programme)
    with said(), transaction.atomic():
        return _add(_open(award, version), Happened(LAPSED, on, units, reason=reason), by)


def realise(award: Award, *, by: Actor, on: date, units: int, version: int) -> Award:
    """Record that so many places of an award came into use on a day. Raises as `postpone`."""
    require("growth.decide", by, award.programme)
    with said(), transaction.atomic():
        return _add(_open(award, version), Happened(REALISED, on, units), by)


def _open(award: Award, version: int) -> Award:
    """The award as it is now, of which something is left, locked."""
    # Two who record at once what became of one award don't use its places twice.
    award = locked(award, version)
    if award.left == 0:
        raise Conflict(NOTHING_LEFT)
    return award


def _add(award: Award, what: Happened, by: Actor) -> Award:
    last = award.steps.order_by("holds_from").values_list("holds_from", flat=True).last()
    follow(award, last, what)
    _write(award, what, by)
    return award


def _write(award: Award, what: Happened, by: Actor) -> None:
    """Add a step and keep beside it what it makes of the award. Only for an award that is new or locked."""
    award.save()
    step_of(award, what, by).save()
    verb = "create" if what.kind == AWARDED else "change"
    record(by, verb, award, detail={"step": what.kind, "units": what.units})


_OF_ANOTHER = Text(
    nl="Deze dienst is van een andere organisatie.", en="This service is of another organisation."
)
