"""What is paid for a stay beside the day price: supplements, discounts, and what others pay."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import access
from veerkracht.register.residence.actions.prices import LONGEST_WORDS, MOST_CENTS
from veerkracht.register.residence.models import Contribution, Residence
from veerkracht.register.residence.rules import check_not_later, one_of, rules
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text


def start_contribution(
    residence: Residence, *, by: Actor, kind: str, cents_a_day: int, on: date, payer: str = ""
) -> Contribution:
    """Something is paid beside the day price from a day on; `kind`: of the region's file, `payer`: an organisation.

    Raises `Conflict` when one of this kind goes on, and `Invalid` for an unknown kind, an amount that can't be, or a
    day outside the stay.
    """
    access.require_of("price.set", by, residence.service)
    one_of(rules().contributions, kind, "kind")
    if not 1 <= cents_a_day <= MOST_CENTS:
        raise Invalid(_NOT_POSSIBLE.fill(cents=cents_a_day, most=MOST_CENTS), "cents_a_day")
    payer = " ".join(payer.split())
    if len(payer) > LONGEST_WORDS:
        raise Invalid(_TOO_LONG.fill(most=LONGEST_WORDS), "payer")
    check_not_later(on)
    with said(), transaction.atomic():
        # Locked, so that the stay does not end between the look and the writing.
        residence = locked(residence)
        _check_within(residence, on)
        contribution = Contribution.objects.create(
            residence=residence,
            kind=kind,
            payer=payer,
            cents_a_day=cents_a_day,
            from_date=on,
            by=by.user,
            by_name=by.name,
            recorded_at=clock.now(),
        )
        record(by, "create", contribution, person_id=residence.person_id, detail={"kind": kind})
    return contribution


def end_contribution(
    contribution: Contribution, *, by: Actor, on: date, version: int | None = None
) -> Contribution:
    """Say on which day it is paid for the last time. `version`: what was seen.

    Raises `Conflict` when somebody was before us or it has ended, and `Invalid` for a day before it began or to come.
    """
    access.require_of("price.set", by, contribution.residence.service)
    check_not_later(on)
    with said(), transaction.atomic():
        contribution = locked(contribution, version)
        if contribution.until_date is not None:
            raise Conflict(_HAS_ENDED)
        contribution.until_date = on
        contribution.version += 1
        contribution.save(update_fields=["until_date", "version"])
        person = contribution.residence.person_id
        record(by, "change", contribution, person_id=person, detail={"until": str(on)})
    return contribution


def _check_within(residence: Residence, on: date) -> None:
    if on < residence.from_date or (residence.until_date is not None and on >= residence.until_date):
        raise Invalid(_OUTSIDE.fill(day=on), "on")


_NOT_POSSIBLE = Text(
    nl="Een bijdrage is 1 tot {most} cent per dag; gevonden: {cents}.",
    en="A contribution is 1 to {most} cents a day; found: {cents}.",
)
_TOO_LONG = Text(
    nl="De naam van wie betaalt, telt hoogstens {most} tekens.",
    en="The name of who pays has at most {most} characters.",
)
_OUTSIDE = Text(nl="Op {day} verbleef deze persoon hier niet.", en="On {day} this person did not stay here.")
_HAS_ENDED = Text(nl="Deze bijdrage is al beëindigd.", en="This contribution has ended already.")
