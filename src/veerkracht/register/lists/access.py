"""The gates to entries: a home sees its own list and no other, a person their own entries and nobody else's."""

import polars as pl
from django.db.models import QuerySet

from veerkracht.register.care.access import open_file
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.lists.models import STANDING, Double, Entry
from veerkracht.register.lists.rules import lists
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import may, people_scope, require
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service


def get_entry(actor: Actor, id: int) -> Entry:
    """The entry with this number, for its home and for who may change it; the look is logged.

    Raises `Refused`, the same whether it doesn't exist or may not be seen.
    """
    found = Entry.objects.select_related("request__person", "service").filter(pk=id).first()
    if found is None or not may_change(actor, found):
        record(actor, "refused", "entry", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found, person_id=found.request.person_id)
    return found


def list_entries(actor: Actor, service: Service) -> QuerySet[Entry]:
    """All entries that a home ever had, for that home; the look is logged. Raises `Refused` for anybody else."""
    require("entry.list", actor, service.programme)
    if not is_of(actor, service):
        record(actor, "refused", "entry.list", detail={"object": str(service.pk)})
        raise Refused()
    record(actor, "list", "entry", detail={"service": service.pk})
    return Entry.objects.filter(service=service)


def entries_of(actor: Actor, number: str) -> tuple[Request, frozenset[str], QuerySet[Entry]]:
    """The request with this number, the groups of fields that the actor may see of it, and its entries by preference.

    For who may read the request; the look is logged. Raises `Refused` for anybody else.
    """
    request, seen = open_file(actor, number)
    entries = Entry.objects.filter(request=request).select_related("service")
    return request, seen, entries.order_by("preference", "pk")


def may_change(actor: Actor, entry: Entry) -> bool:
    """Whether an actor keeps an entry: for the person, or for the home on whose list it is."""
    return may("entry.register", actor, entry.request) or is_home_of(actor, entry)


def is_home_of(actor: Actor, entry: Entry) -> bool:
    """Whether an actor keeps the list that an entry is on."""
    return is_of(actor, entry.service) and may("entry.keep", actor, entry.service.programme)


def require_change(actor: Actor, entry: Entry) -> None:
    """Raise `Refused`, and log it, unless an actor keeps an entry."""
    if not may_change(actor, entry):
        record(actor, "refused", "entry.change", detail={"object": str(entry.pk)})
        raise Refused()


def require_home(actor: Actor, entry: Entry) -> None:
    """Raise `Refused`, and log it, unless an actor keeps the list that an entry is on."""
    if not is_home_of(actor, entry):
        record(actor, "refused", "entry.keep", detail={"object": str(entry.pk)})
        raise Refused()


def homes_near(actor: Actor, request: Request, area: str) -> QuerySet[Service]:
    """The homes that a request can be registered at in the care zone of a municipality (its code), by name: those
    whose list it isn't on. Of the whole province where that zone has none.

    Raises `Refused` for who may not register it.
    """
    require("entry.register", actor, request)
    record(actor, "list", "service", detail={"programme": request.programme, "area": area[:20]})
    homes = Service.objects.filter(programme=request.programme, secret=False)
    homes = homes.exclude(entries__in=request.entries.filter(state__in=STANDING)).order_by("name", "pk")
    found = areas.table().filter(pl.col("code") == area)
    near = homes.none()
    for larger in ("zone", "province") if found.height else ():
        within = areas.codes_or_none(larger, found.item(0, larger)) or ()
        near = homes.filter(area__in=within)
        if near.exists():
            break
    return near


def list_doubles(actor: Actor) -> QuerySet[Double]:
    """Pairs that nobody decided on yet, the likeliest first, of people whom an actor may tell apart."""
    require("double.decide", actor, lists().programme)
    record(actor, "list", "double")
    known = Person.objects.filter(people_scope(actor, "double.decide")).values("pk")
    found = Double.objects.filter(state=Double.State.OPEN, first__in=known, second__in=known)
    return found.select_related("first", "second").order_by("-likeness", "pk")


def get_double(actor: Actor, id: int) -> Double:
    """The pair with this number, for who may tell both apart. Raises `Refused`, the same whether it is there or not."""
    found = Double.objects.select_related("first", "second").filter(pk=id).first()
    people = found.people if found else ()
    if found is None or not all(may("double.decide", actor, person) for person in people):
        record(actor, "refused", "double", detail={"asked": str(id)[:20]})
        raise Refused()
    for person in people:
        record(actor, "read", found, person_id=person.pk)
    return found
