"""The gates to stays in homes. A home sees its own residents; to others no resident is there.

Who plans sees counts of places, never who lives in them (`queries.occupancy`).
"""

from datetime import date

from django.db.models import Q, QuerySet

from veerkracht.register.care.access import whom
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import plain
from veerkracht.register.permissions import kept_from, may
from veerkracht.register.residence.models import Contribution, DayPrice, Residence
from veerkracht.register.residence.rules import lives_there
from veerkracht.register.supply.access import is_of, knows
from veerkracht.register.supply.access import require_of as require_of_service
from veerkracht.register.supply.models import Service

# No name has more.
_MOST_WORDS = 6


def list_residents(actor: Actor, service: Service, name: str = "") -> QuerySet[Residence]:
    """Who lives in a home now, with the person and the place, by family name; `name`: who is called so, in part.

    Raises `Refused` for another's home.
    """
    require_of("stay.read", actor, service)
    record(actor, "list", "residence", detail={"service": service.pk, "by_name": bool(name)})
    found = Residence.objects.filter(service=service, until_date=None).exclude(person__in=kept_from(actor))
    for word in plain(name).split()[:_MOST_WORDS]:
        found = found.filter(person__search_name__contains=word)
    return found.select_related("person", "stay__unit").order_by("person__search_name", "pk")


def get_residence(actor: Actor, id: int) -> Residence:
    """The stay with this number; the look is logged. Raises `Refused`, the same whether it exists or not."""
    rows = Residence.objects.select_related("service", "person", "stay__unit", "stay__hold", "request")
    found = rows.filter(pk=id).first()
    if found is None or not _may_see(actor, found):
        record(actor, "refused", "residence", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found, person_id=found.person_id)
    return found


def stay_of(actor: Actor, person: Person) -> int | None:
    """The number of the stay of somebody who lives where an actor may see it; None when there is none to see."""
    rows = Residence.objects.select_related("service", "person", "stay__unit")
    found = rows.filter(person=person, until_date=None).first()
    return found.pk if found and _may_see(actor, found) else None


def get_priced(actor: Actor, id: int) -> Service:
    """A home of which an actor may read what a day costs; the look is logged. Where nobody lives a day has no price.

    Raises `Refused`, the same whether it exists or not.
    """
    found = Service.objects.select_related("organisation").filter(pk=id).first()
    is_home = found is not None and lives_there(found)
    if found is None or not (is_home and may("price.read", actor, found.programme) and knows(actor, found)):
        record(actor, "refused", "dayprice", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "list", "dayprice", detail={"service": found.pk})
    return found


def list_contributions(actor: Actor, service: Service, on: date) -> QuerySet[Contribution]:
    """What is paid beside the day price for who lives in an actor's own home, on a day, as it was written down.

    Raises `Refused` for another's home.
    """
    require_of("stay.read", actor, service)
    record(actor, "list", "contribution", detail={"service": service.pk})
    lasts = Q(until_date=None) | Q(until_date__gte=on)
    found = Contribution.objects.filter(lasts, residence__service=service, from_date__lte=on)
    found = found.exclude(residence__person__in=kept_from(actor))
    return found.select_related("residence__person").order_by("pk")


def get_price(actor: Actor, id: int) -> DayPrice:
    """A day price of an actor's own home. Raises `Refused`, the same whether it exists or not."""
    found = DayPrice.objects.select_related("service").filter(pk=id).first()
    if found is None or not (
        may("price.set", actor, found.service.programme) and is_of(actor, found.service)
    ):
        record(actor, "refused", "dayprice", detail={"asked": str(id)[:20]})
        raise Refused()
    return found


def my_residences(actor: Actor, number: str = "") -> QuerySet[Residence]:
    """Where an actor lives and lived, or whom they speak for (the person with this number), last first; the look is
    logged.

    Raises `Refused` for who is not a person, and for anybody they don't speak for.
    """
    person = whom(actor, number)
    record(actor, "read", "residence", person_id=person.pk)
    mine = Residence.objects.filter(person=person).select_related("service", "stay__unit")
    return mine.order_by("-from_date", "-pk")


def _may_see(actor: Actor, residence: Residence) -> bool:
    return (
        may("stay.read", actor, residence.service.programme)
        and is_of(actor, residence.service)
        and residence.person_id not in kept_from(actor)
    )


def require_of(verb: str, actor: Actor, service: Service) -> None:
    """Raise `Refused`, and log it, unless the actor may do this for a home: it is of their own organisation."""
    require_of_service(verb, actor, service, is_of(actor, service))
