"""A legal hold: nothing of a person's file is destroyed while a judge, a complaint or an audit needs it."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.keeping.models import LegalHold
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.rulebook.types import Text


def hold_legal(person: Person, *, by: Actor, reason: str, until: date | None = None) -> LegalHold:
    """Keep a person's file whole, up to and including a day (None: until it is lifted).

    Raises `Invalid` without a reason, for a day that is over, or for somebody who is pseudonymised already.
    """
    require("hold.legal", by, EVERY_PROGRAMME)
    require("hold.legal", by, person)
    if until and until < clock.today():
        raise Invalid(Text(nl="Deze dag is voorbij.", en="This day is over."), "until")
    if not reason.strip():
        raise Invalid(Text(nl="Zeg waarom.", en="Say why."), "reason")
    with said(), transaction.atomic():
        # Locked, so that nobody destroys what is held at the same moment.
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.pseudonymised_on:
            raise Invalid(
                Text(nl="Deze persoon is al gepseudonimiseerd.", en="This person is pseudonymised already.")
            )
        hold = LegalHold.objects.create(
            person=person,
            reason=reason.strip()[:300],
            by=by.user,
            by_name=by.name,
            from_at=clock.now(),
            until_date=until,
        )
        record(by, "create", hold, person_id=person.pk, detail={"until": str(until or "")})
    return hold


def lift_hold(hold: LegalHold, *, by: Actor) -> LegalHold:
    """Destruction by the rules goes on again. Raises `Invalid` when it was lifted already."""
    require("hold.legal", by, EVERY_PROGRAMME)
    require("hold.legal", by, hold.person)
    with said(), transaction.atomic():
        # Locked, so that of two who lift it at once one is told.
        hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
        if hold.lifted_at:
            raise Invalid(Text(nl="Dit is al opgeheven.", en="This was lifted already."))
        hold.lifted_at, hold.lifted_by_name = clock.now(), by.name
        hold.save(update_fields=["lifted_at", "lifted_by_name"])
        record(by, "change", hold, person_id=hold.person_id, detail={"lifted": True})
    return hold
