"""Who speaks for a person, and for whom somebody speaks."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, Paths, fields, may, people_scope, restricted
from veerkracht.register.sharing.models import Representation
from veerkracht.register.sharing.representation import in_force

_VERB = "representation.record"
_OF_REPRESENTATIVE = Paths(programme="", area="", person="representative")


@dataclass(frozen=True)
class RepresentativeView:
    """Who speaks for a person. `counts`: today; `withheld`: groups of fields that they don't see, for the
    young person and for staff."""

    id: int
    name: str
    number: str
    kind: str
    source: str
    from_date: date
    until_date: date | None
    counts: bool
    withheld: tuple[str, ...]


def representatives_of(actor: Actor, case: Case) -> tuple[RepresentativeView, ...]:
    """Who speaks or spoke for the person of a case, as far as the actor may know of them; last first.

    Raises `Refused` for who may not see with whom the case is shared.
    """
    if "sharing" not in fields(actor, case):
        record(actor, "refused", "representation", detail={"asked": case.number})
        raise Refused()
    held = Representation.objects.filter(~restricted(actor, _OF_REPRESENTATIVE), person=case.person_id)
    # What a young person keeps from a parent is not for a parent to read.
    knows_withheld = actor.person is None or actor.person.pk == case.person_id
    counting = set(in_force(clock.today()).filter(person=case.person_id).values_list("pk", flat=True))
    return tuple(
        RepresentativeView(
            one.pk,
            str(one.representative),
            one.representative.number,
            one.kind,
            one.source,
            one.from_date,
            one.until_date,
            one.pk in counting,
            tuple(one.withheld) if knows_withheld else (),
        )
        for one in held.select_related("representative").order_by("-from_date", "-id")
    )


def get_representation(actor: Actor, case: Case, id: int) -> Representation:
    """One of those of a case, to change it. Raises `Refused`, the same whether it is of another case or none."""
    found = Representation.objects.filter(
        ~restricted(actor, _OF_REPRESENTATIVE), pk=id, person=case.person_id
    ).first()
    if found is None or not may(_VERB, actor, case):
        record(actor, "refused", "representation", detail={"asked": str(id)})
        raise Refused()
    return found


def speaks_for(actor: Actor) -> tuple[Person, ...]:
    """The people whom somebody speaks for today, by name; nobody for staff."""
    if actor.person is None:
        return ()
    known = Person.objects.filter(people_scope(actor, "request.read")).exclude(pk=actor.person.pk)
    return tuple(known.order_by("search_name", "pk"))


def whom(actor: Actor, number: str = "") -> Person:
    """Oneself, or the person with this number for whom one speaks.

    Raises `Refused`, the same whether there is nobody with that number or one does not speak for them.
    """
    if actor.person and number in ("", actor.person.number):
        return actor.person
    found = next((person for person in speaks_for(actor) if person.number == number), None)
    if found is None:
        record(actor, "refused", "person", detail={"asked": number[:12] or "own"})
        raise Refused()
    return found
