"""The gates to assessments: of whom one may read them, and for whom one may record one.

By the matrix, as every part of a file; and a home reads and records those of who stays with it.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import fields, kept_from, may, require, scope
from veerkracht.register.permissions.relations import Case, case_of
from veerkracht.register.permissions.scope import Paths
from veerkracht.register.supply.models import Stay

READ, RECORD, RESIDENTS = "assessment.read", "assessment.record", "assessment.residents"
_OF_ASSESSMENT = Paths(programme="", area="person__area", person="person")
_OF_STAY = Paths("unit__service__programme", "residence__person__area", "residence__person")


def list_of(actor: Actor, matter: Person | Case) -> QuerySet[Assessment]:
    """The assessments of a person, or of the person of a request, that hold; newest first. The look is logged.

    Raises `Refused`, the same whether there are any or not.
    """
    case = case_of(matter)
    if case is None or not may_read(actor, matter):
        _refuse(actor, READ, matter)
    record(actor, "read", "assessment", person_id=case.person_id, fields=["assessment"])
    return in_force().filter(person=case.person_id).order_by("-on", "instrument", "-pk")


def get_assessment(actor: Actor, id: int) -> Assessment:
    """An assessment in whatever version, with its person, that an actor may correct. Raises `Refused`, the same
    whether it exists or not.
    """
    found = Assessment.objects.select_related("person").filter(pk=id).first()
    if found is None or not may_record(actor, found.person):
        record(actor, "refused", "assessment", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found, person_id=found.person_id, fields=["assessment"])
    return found


def get_person(actor: Actor, number: str) -> Person:
    """Somebody whose assessments an actor may read, by the number of the person. Raises `Refused`, the same whether
    they exist or not.
    """
    found = Person.objects.filter(number=number).first()
    if found is None or not may_read(actor, found):
        record(actor, "refused", "person", detail={"asked": number[:20]})
        raise Refused()
    return found


def list_current(actor: Actor) -> QuerySet[Assessment]:
    """Of each person whom an actor may know, the last assessment of each instrument that holds: of who stays somewhere
    today, or asks for something. Of others nobody has to measure again.
    """
    require_list(actor)
    record(actor, "list", "assessment")
    newer = in_force().filter(
        person=OuterRef("person"), instrument=OuterRef("instrument"), on__gt=OuterRef("on")
    )
    asking = Person.objects.filter(requests__live=True).values("pk")
    is_needed = Q(person__in=asking) | Q(person__in=_open_stays().values("residence__person"))
    current = in_force().filter(~Exists(newer), known_to(actor), is_needed, person__died_on=None)
    return current.select_related("person")


def list_without(actor: Actor, instrument: str, programme: str) -> QuerySet[Stay]:
    """The stays of today in a programme, of whom an actor may know, of people of whom there is no result of an
    instrument at all. Raises `Refused`.
    """
    require_list(actor)
    record(actor, "list", "assessment", detail={"without": instrument})
    known = scope(actor, READ, _OF_STAY)
    if may(RESIDENTS, actor):
        kept = Q(residence__person__in=kept_from(actor))
        known |= Q(pk__in=_stays(actor).values("pk")) & ~kept
    measured = in_force().filter(person=OuterRef("residence__person"), instrument=instrument)
    stays = _open_stays().filter(known, ~Exists(measured), unit__service__programme=programme)
    return stays.select_related("residence__person", "unit__service")


def require_list(actor: Actor) -> None:
    """Raise `Refused`, and log it, unless an actor may see a list of assessments at all."""
    if not may(RESIDENTS, actor):
        require(READ, actor)


def require_records(actor: Actor) -> None:
    """Raise `Refused`, and log it, unless an actor may record assessments of anybody at all."""
    if not may(RESIDENTS, actor):
        require(RECORD, actor)


def require_recorder(actor: Actor, person: Person) -> None:
    """Raise `Refused`, and log it, unless an actor may record an assessment of a person."""
    if not may_record(actor, person):
        _refuse(actor, RECORD, person)


def may_read(actor: Actor, matter: Person | Case) -> bool:
    """Whether an actor may read the assessments of a person, or of the person of a request."""
    case = case_of(matter)
    return case is not None and (bool(fields(actor, matter, READ)) or is_resident(actor, case.person))


def may_record(actor: Actor, person: Person) -> bool:
    """Whether somebody may record results of a person: by their role, or since the person lives in their home."""
    return may(RECORD, actor, person) or is_resident(actor, person)


def is_resident(actor: Actor, person: Person) -> bool:
    """Whether somebody stays today with the organisation of an actor who works with its residents."""
    if not may(RESIDENTS, actor) or (person.restricted and person.pk in kept_from(actor)):
        return False
    return _stays(actor).filter(residence__person=person.pk).exists()


def known_to(actor: Actor) -> Q:
    """The assessments of whom an actor may know: by the matrix, and of who stays with their organisation."""
    known = scope(actor, READ, _OF_ASSESSMENT)
    if may(RESIDENTS, actor):
        kept = Q(person__in=kept_from(actor))
        known |= Q(person__in=_stays(actor).values("residence__person")) & ~kept
    return known


def in_force() -> QuerySet[Assessment]:
    """What holds: not put right by a later one, and not taken away."""
    # Looked for one by one: joined to itself, SQLite makes an index of the whole table for each question.
    later = Assessment.objects.filter(corrects=OuterRef("pk"))
    return Assessment.objects.filter(~Exists(later), withdrawn=False)


def _stays(actor: Actor) -> QuerySet[Stay]:
    """The stays of today that an actor works with: of their organisation and programme; all for a command."""
    stays = _open_stays()
    if actor.role != COMMAND:
        stays = stays.filter(unit__service__organisation=actor.organisation_id)
    return stays.filter(unit__service__programme=actor.programme) if actor.programme else stays


def _open_stays() -> QuerySet[Stay]:
    today = clock.today()
    return Stay.objects.filter(from_date__lte=today, residence__isnull=False).exclude(until_date__lte=today)


def _refuse(actor: Actor, verb: str, matter: Person | Case) -> None:
    record(actor, "refused", verb, detail={"object": str(getattr(matter, "number", ""))[:20]})
    raise Refused()
