"""What the government recognises and awards: recognitions, and the growth calendar step by step."""

from datetime import date

from django.db import transaction

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.register.supply.models import Award, AwardStep, Recognition, Service
from veerkracht.rulebook.types import Text

# More than this has no service: a slip of the finger.
MOST_PLACES = 10_000


def recognise(
    service: Service, *, by: Actor, places: int, holds_from: date, source: str, extra_places: int = 0
) -> Recognition:
    """Record how many places of a service the government recognises from a day on, open or not.

    `extra_places`: how many of them with the extra recognition for heavier care. Raises `Invalid` for a number that no
    service has, more extra places than places, or no source.
    """
    require("place.recognise", by, service.programme)
    _check_number("places", places, 0)
    _check_number("extra_places", extra_places, 0)
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


def award(
    organisation: Organisation,
    *,
    by: Actor,
    programme: str,
    kind: str,
    units: int,
    area: str,
    period_from: date,
    on: date,
    source: str,
    service: Service | None = None,
) -> Award:
    """Record that an organisation may add places from the first day of a period of the growth calendar.

    `on`: the day of the decision; `kind`: an id of the region's kinds of growth. Raises `Invalid` for a kind that isn't
    there, a number that no organisation is awarded, a service of another organisation or no source.
    """
    require("growth.decide", by, programme)
    _check_kind(kind)
    _check_number("units", units, 1)
    if service is not None and service.organisation_id != organisation.pk:
        raise Invalid(
            Text(
                nl="Deze dienst is van een andere organisatie.", en="This service is of another organisation."
            ),
            "service",
        )
    with said(), transaction.atomic():
        made = Award.objects.create(
            organisation=organisation,
            service=service,
            programme=programme,
            kind=kind,
            area=area,
            units=units,
            awarded_for=period_from,
            period_from=period_from,
            source=source.strip(),
        )
        _step(made, "awarded", by, on, units, period_from=period_from)
    return made


def postpone(award: Award, *, by: Actor, on: date, period_from: date, reason: str, version: int) -> Award:
    """Record that what is left of an award moves to a later period. `version`: what was seen.

    Raises `Conflict` when somebody changed it since, and `Invalid` for nothing left, an earlier period or no reason.
    """
    require("growth.decide", by, award.programme)
    _check_reason(reason)
    with said(), transaction.atomic():
        award = _open(award, version, on)
        if period_from <= award.period_from:
            raise Invalid(
                Text(
                    nl=f"Uitstel is tot na {award.period_from:%d-%m-%Y}; gevonden: {period_from:%d-%m-%Y}.",
                    en=f"Postponed is until after {award.period_from:%d-%m-%Y}; found: {period_from:%d-%m-%Y}.",
                ),
                "period_from",
            )
        award.period_from = period_from
        _step(award, "postponed", by, on, award.left, period_from=period_from, reason=reason)
    return award


def lapse(award: Award, *, by: Actor, on: date, units: int, reason: str, version: int) -> Award:
    """Record that so many places of an award will not come. Raises as `postpone`."""
    require("growth.decide", by, award.programme)
    _check_reason(reason)
    with said(), transaction.atomic():
        award = _open(award, version, on)
        _check_left(award, units)
        award.lapsed += units
        _step(award, "lapsed", by, on, units, reason=reason)
    return award


def realise(award: Award, *, by: Actor, on: date, units: int, version: int) -> Award:
    """Record that so many places of an award came into use on a day. Raises as `postpone`."""
    require("growth.decide", by, award.programme)
    with said(), transaction.atomic():
        award = _open(award, version, on)
        _check_left(award, units)
        award.realised += units
        _step(award, "realised", by, on, units)
    return award


def _open(award: Award, version: int, on: date) -> Award:
    # Two who record at once what became of one award don't use its places twice.
    award = locked(award, version)
    if award.left == 0:
        raise Conflict(
            Text(
                nl="Van deze toekenning blijft niets over.",
                en="Nothing is left of this award.",
            )
        )
    last = award.steps.order_by("holds_from").values_list("holds_from", flat=True).last()
    if last is not None and on < last:
        raise Invalid(
            Text(
                nl=f"De vorige stap is van {last:%d-%m-%Y}; gevonden: {on:%d-%m-%Y}.",
                en=f"The step before this is of {last:%d-%m-%Y}; found: {on:%d-%m-%Y}.",
            ),
            "on",
        )
    return award


def _step(award: Award, kind: str, by: Actor, on: date, units: int, **more: object) -> None:
    """Add a step and keep what it makes of the award beside it. Only for an award that is new or locked."""
    AwardStep.objects.create(
        award=award,
        kind=kind,
        holds_from=on,
        units=units,
        by_id=by.user_id,
        by_name=by.name,
        role=by.role,
        recorded_at=clock.now(),
        **more,
    )
    award.version += 1
    award.save()
    record(by, "create" if kind == "awarded" else "change", award, detail={"step": kind, "units": units})


def _check_kind(kind: str) -> None:
    places = region.current().places
    known = places.growth_kinds if places else {}
    if kind not in known:
        expected = ", ".join(known) or "–"
        raise Invalid(
            Text(
                nl=f"Er is geen soort groei “{kind}”. Er zijn: {expected}.",
                en=f"There is no kind of growth “{kind}”. There are: {expected}.",
            ),
            "kind",
        )


def _check_number(field: str, found: int, least: int) -> None:
    if not least <= found <= MOST_PLACES:
        raise Invalid(
            Text(
                nl=f"Dit zijn {least} tot {MOST_PLACES} plaatsen; gevonden: {found}.",
                en=f"These are {least} to {MOST_PLACES} places; found: {found}.",
            ),
            field,
        )


def _check_left(award: Award, units: int) -> None:
    if not 1 <= units <= award.left:
        raise Invalid(
            Text(
                nl=f"Er blijven 1 tot {award.left} plaatsen van deze toekenning; gevonden: {units}.",
                en=f"1 to {award.left} places are left of this award; found: {units}.",
            ),
            "units",
        )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(Text(nl="Zeg waarom.", en="Say why."), "reason")
