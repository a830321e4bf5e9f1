"""The gates to entries: a home sees its own list and no other, a person their own entries and nobody else's."""

from collections.abc import Sequence

import polars as pl
from django.db.models import Q, QuerySet

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.access import open_file
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.lists import pairs
from veerkracht.register.lists.models import STANDING, Double, Entry, Together
from veerkracht.register.lists.rules import listed_programme, lists
from veerkracht.register.log.record import record
from veerkracht.register.people import areas, codes
from veerkracht.register.people.actors import COMMAND, PERSON, Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, kept_from, may, people_scope, require, which
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service


def get_home_entry(actor: Actor, id: int) -> Entry:
    """The entry with this number, for the home on whose list it is and nobody else; the look is logged.

    Raises `Refused`, the same whether it doesn't exist or may not be seen.
    """
    entries = Entry.objects.select_related("request__person", "service__organisation")
    found = entries.filter(pk=id).first()
    if found is None or not is_home_of(actor, found):
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
    """Whether an actor keeps the list that an entry is on, and may know of whoever it is for."""
    if not (is_of(actor, entry.service) and may("entry.keep", actor, entry.service.programme)):
        return False
    person = entry.request.person
    return not person.restricted or actor.role == COMMAND or person.pk not in kept_from(actor)


def require_change(actor: Actor, entry: Entry) -> None:
    """Raise `Refused`, and log it, unless an actor keeps an entry."""
    if not is_home_of(actor, entry):
        require("entry.register", actor, entry.request)


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
    standing = request.entries.filter(state__in=STANDING)
    return _near(_open_homes(request.programme).exclude(entries__in=standing), area)


def may_ask_oneself(actor: Actor, person: Person) -> bool:
    """Whether somebody asks homes for a place here themself, for them or for whom they speak, and does not yet."""
    programme = region.current().programmes.get(listed_programme())
    if programme is None or not programme.ask_oneself or person.died_on:
        return False
    asks_already = Request.objects.filter(person=person, programme=programme.id, live=True).exists()
    return not asks_already and may("request.ask-oneself", actor, Case(person, programme.id, person.area))


def may_ask_for_others(actor: Actor) -> bool:
    """Whether an actor, at a counter or a telephone, records for others which homes they ask."""
    programme = listed_programme()
    return bool(programme) and _asks_for_others(actor, programme, programme)


def may_come_together(actor: Actor) -> bool:
    """Whether an actor who asks homes says with whom somebody comes: a family, and who registers at any home. A home at
    its counter registers one person on its own list.
    """
    return actor.role == PERSON or may("entry.register", actor, lists().programme)


def whom_to_ask_for(actor: Actor, number: str) -> tuple[Person, str]:
    """The person with this number, or whose request has it, and the number of the request with which they ask homes
    already ("" for none); the look is logged.

    Raises `Refused`, the same whether there is nobody or the actor may not see them or not ask homes for them.
    """
    programme, wanted = lists().programme, number.strip().upper()
    having = Q(number=wanted) | Q(requests__number=wanted)
    found = Person.objects.filter(having).order_by("pk").first()
    if found is None or not _asks_for_others(actor, programme, Case(found, programme, found.area)):
        record(actor, "refused", "person", detail={"asked": number[:20]})
        raise Refused()
    record(actor, "read", found, person_id=found.pk, fields=("identity",))
    live = Request.objects.filter(person=found, programme=programme, live=True).order_by("pk").first()
    return found, live.number if live else ""


def homes_to_ask(actor: Actor, person: Person | None, area: str, name: str = "") -> QuerySet[Service]:
    """The homes that somebody who does not ask yet can choose from, by name: in the care zone of a municipality (its
    code), or in its province where that zone has none; with a part of a `name`, anywhere. `person` None: who is not in
    the register yet. Who keeps the list of a home has those of their own organisation alone, wherever they are.

    Raises `Refused` for who may not ask for them.
    """
    programme = lists().programme
    case = Case(person, programme, person.area) if person else programme
    verbs = ("request.ask-oneself",) if actor.role == PERSON else _for_others(actor, programme)
    for verb in verbs:
        require(verb, actor, case)
    record(actor, "list", "service", detail={"programme": programme, "area": area[:20]})
    homes = _homes_for(actor, programme).select_related("organisation", "location")
    if name:
        return homes.filter(Q(name__icontains=name) | Q(organisation__name__icontains=name))
    return homes if _keeps_a_list(actor, programme) else _near(homes, area)


def require_for_others(actor: Actor) -> None:
    """Raise `Refused`, and log it, unless an actor records for others which homes they ask."""
    programme = lists().programme
    for verb in _for_others(actor, programme):
        require(verb, actor, programme)


def require_register(actor: Actor, request: Request, services: Sequence[Service]) -> None:
    """Raise `Refused`, and log it, unless an actor registers this request, and does so at all of these homes: who keeps
    the list of a home, at those of their own organisation alone.
    """
    require(_registering(actor, request.programme), actor, request)
    for service in services:
        if _keeps_a_list(actor, service.programme) and not is_of(actor, service):
            record(actor, "refused", "entry.take-in", detail={"object": str(service.pk)})
            raise Refused()


def _asks_for_others(actor: Actor, programme: str, case: Case | str) -> bool:
    verbs = _for_others(actor, programme)
    return which(verbs, actor, case) == frozenset(verbs)


def _for_others(actor: Actor, programme: str) -> tuple[str, ...]:
    """What somebody may do who records for others which homes they ask."""
    return "request.read", "request.ask", _registering(actor, programme)


def _registering(actor: Actor, programme: str) -> str:
    return "entry.take-in" if _keeps_a_list(actor, programme) else "entry.register"


def _keeps_a_list(actor: Actor, programme: str) -> bool:
    return actor.role != COMMAND and may("entry.keep", actor, programme)


def _homes_for(actor: Actor, programme: str) -> QuerySet[Service]:
    """The homes at which an actor can register somebody, by name."""
    homes = _open_homes(programme)
    return homes.filter(organisation=actor.organisation_id) if _keeps_a_list(actor, programme) else homes


def _open_homes(programme: str) -> QuerySet[Service]:
    """Those that anybody may know of, by name."""
    told = Q(location=None) | Q(location__secret=False)
    return Service.objects.filter(told, programme=programme, secret=False).order_by("name", "pk")


def _near(homes: QuerySet[Service], area: str) -> QuerySet[Service]:
    """Those in the care zone of a municipality, or in its province where that zone has none."""
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


def together_asked_of(actor: Actor, person: Person) -> list[Together]:
    """Who asks to come to homes together with a person and named them exactly, first asked first; the look is logged.

    Raises `Refused` for who may not answer for them.
    """
    require("entry.register", actor, Case(person, lists().programme, person.area))
    record(actor, "read", "together", person_id=person.pk)
    asked = Together.objects.filter(person=person, state=Together.State.ASKED, until__gte=clock.today())
    return list(asked.select_related("request__person").order_by("pk"))


def together_by_code(actor: Actor, person: Person, code: str) -> Together:
    """What a person was asked with this code: it was made for somebody with their birth date.

    Raises `Refused`, the same whether the code is wrong, of somebody else, was used or lapsed, and for who may not
    answer for the person.
    """
    require("entry.register", actor, Case(person, lists().programme, person.area))
    number, _, secret = code.strip().partition("-")
    asked = Together.objects.filter(
        pk=int(number[:18]) if number.isdecimal() else 0,
        state=Together.State.ASKED,
        until__gte=clock.today(),
        birth_date=person.birth_date,
    )
    found = asked.exclude(request__person=person).select_related("request__person").first()
    # A secret is weighed in any case: the time taken tells nothing.
    if not codes.opens(secret, found.code_hash if found else "") or found is None:
        record(actor, "refused", "together", person_id=person.pk, detail={"asked": number[:18]})
        raise Refused(codes.UNKNOWN)
    record(actor, "read", found, person_id=person.pk)
    return found


def together_now(actor: Actor, request: Request, id: int) -> Together:
    """What a request asks or agreed to, as long as that runs, when it has this number.

    Raises `Refused` for who may not register the request, and for another number.
    """
    require("entry.register", actor, request)
    found = pairs.of(request)
    if found is None or found.pk != id:
        record(actor, "refused", "together", person_id=request.person_id, detail={"asked": str(id)[:18]})
        raise Refused()
    record(actor, "read", found, person_id=request.person_id)
    return found


def is_asked(asked: Together, person: Person) -> bool:
    """Whether somebody may be whom it was asked of: known as such, or born on that day and with the code."""
    return person.pk == asked.person_id or person.birth_date == asked.birth_date
