"""A person objects to a look at their file; the records officer answers."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping.models import Objection
from veerkracht.register.keeping.queries.looks import look_at
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor, in_force
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.register.sharing.notices import tell
from veerkracht.rulebook.types import Text

OBJECTION = "objection"
_LONGEST = 1000


def object_to_look(person: Person, *, by: Actor, entry_id: int, text: str) -> Objection:
    """The person, or who speaks for them, says why somebody should not have looked.

    Raises `Refused` for a look that is not in their file, `Invalid` without a reason or a second time.
    """
    require("log.object", by, person)
    look = look_at(person, entry_id)
    if look is None:
        record(by, "refused", "look", person_id=person.pk, detail={"asked": entry_id})
        raise Refused()
    if not text.strip():
        raise Invalid(
            Text(nl="Zeg waarom dit volgens u niet mocht.", en="Say why you think this was not right."),
            "text",
        )
    with said(), transaction.atomic():
        made = Objection.objects.create(
            person=person, entry_id=entry_id, text=text.strip()[:_LONGEST], at=clock.now()
        )
        record(by, "create", made, person_id=person.pk, detail={"entry": entry_id})
        tell(_who_answer(), OBJECTION, person=person, about=str(made.pk))
    return made


def answer_objection(
    objection: Objection, *, by: Actor, upheld: bool, answer: str, version: int
) -> Objection:
    """The records officer says whether the person was right, in words that the person reads.

    Raises `Conflict` when somebody answered in the meantime, `Refused` for who did the looking.
    """
    require("objection.answer", by, EVERY_PROGRAMME)
    look = look_at(objection.person, objection.entry_id)
    if by.user_id is None or (look and look.user_id == by.user_id):
        record(by, "refused", objection, person_id=objection.person_id)
        raise Refused()
    if not answer.strip():
        raise Invalid(
            Text(nl="Zeg waarom: de persoon leest dit.", en="Say why: the person will read this."), "answer"
        )
    with said(), transaction.atomic():
        # Locked, so that a person gets one answer.
        objection = Objection.objects.select_for_update().get(pk=objection.pk)
        if objection.version != version or objection.answered_at:
            raise Conflict(Text(nl="Iemand anders gaf al antwoord.", en="Somebody else answered already."))
        objection.upheld, objection.answer = upheld, answer.strip()[:_LONGEST]
        objection.answered_by_name, objection.answered_at = by.name, clock.now()
        objection.version += 1
        objection.save()
        record(by, "change", objection, person_id=objection.person_id, detail={"upheld": upheld})
    return objection


def _who_answer() -> list[User]:
    held = Membership.objects.filter(
        in_force(clock.today()), role=Membership.Role.RECORDS, programme="", user__is_active=True
    )
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
