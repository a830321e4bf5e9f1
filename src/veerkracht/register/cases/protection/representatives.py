"""Who speaks for a person or only looks, and for whom somebody is here."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, Paths, fields, may, people_scope, restricted
from veerkracht.register.sharing.models import Representation
from veerkracht.register.sharing.representation import BY_CODE, held

_VERB = "representation.record"
_OF_REPRESENTATIVE = Paths(programme="", area="", person="representative")


@dataclass(frozen=True)
class RepresentativeView:
    """Who speaks for a person, or looks (`only_looks`). `source`: "" of who used a code. `counts`: today; `withheld`:
    groups of fields that they don't see, for the person and for staff.
    """

    id: int
    name: str
    number: str
    kind: str
    source: str
    from_date: date
    until_date: date | None
    counts: bool
    withheld: tuple[str, ...]

    @property
    def only_looks(self) -> bool:
        return self.kind == Representation.Kind.VIEWER


def representatives_of(actor: Actor, case: Case) -> tuple[RepresentativeView, ...]:
    """Who speaks for the person of a case, or looks, or did so, as far as the actor may know of them; last first.

    Raises `Refused` for who may not see with whom the case is shared.
    """
    if "sharing" not in fields(actor, case):
        record(actor, "refused", "representation", detail={"asked": case.number})
        raise Refused()
    known = Representation.objects.filter(~restricted(actor, _OF_REPRESENTATIVE), person=case.person_id)
    # What a young person keeps from a parent is not for a parent to read.
    knows_withheld = actor.person is None or actor.person.pk == case.person_id
    counting = set(held(clock.today()).filter(person=case.person_id).values_list("pk", flat=True))
    return tuple(
        RepresentativeView(
            one.pk,
            str(one.representative),
            one.representative.number,
            one.kind,
            "" if one.source == BY_CODE else one.source,
            one.from_date,
            one.until_date,
            one.pk in counting,
            tuple(one.withheld) if knows_withheld else (),
        )
        for one in known.select_related("representative").order_by("-from_date", "-id")
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


def here_for(actor: Actor) -> tuple[Person, ...]:
    """The others whom somebody speaks for today, or at whose file they only look, by name; nobody for staff."""
    if actor.person is None:
        return ()
    known = Person.objects.filter(people_scope(actor, "request.read")).exclude(pk=actor.person.pk)
    return tuple(known.order_by("search_name", "pk"))


def whom(actor: Actor, number: str = "") -> Person:
    """Oneself, or the person with this number for whom one speaks, or at whose file one only looks. What one may do
    for them is asked apart.

    Raises `Refused`, the same whether there is nobody with that number or one is not there for them.
    """
    if actor.person and number in ("", actor.person.number):
        return actor.person
    found = next((person for person in here_for(actor) if person.number == number), None)
    if found is None:
        record(actor, "refused", "person", detail={"asked": number[:12] or "own"})
        raise Refused()
    return found
