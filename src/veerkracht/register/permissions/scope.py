"""Which rows an actor may see, for the database and for columns: the matrix's relations as filters."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions.matrix import matrix
from veerkracht.register.sharing.in_force import case_work
from veerkracht.register.sharing.models import Representation
from veerkracht.register.sharing.protection import named
from veerkracht.register.sharing.representation import in_force, viewing

NOTHING = Q(pk__in=[])
ALL = ~NOTHING


@dataclass(frozen=True)
class Paths:
    """Where a row keeps its programme, its area and its person; "" for none."""

    programme: str = "programme"
    area: str = "area"
    person: str = "person"


OF_REQUEST = Paths()
OF_PERSON = Paths(programme="", area="area", person="pk")


def scope(actor: Actor, verb: str = "request.list", paths: Paths = OF_REQUEST) -> Q:
    """A filter for the rows on which an actor may do `verb`; it lets nothing through when they may on none."""
    seen = ALL if sees_region(actor, verb) else _by_relation(actor, verb, paths)
    if paths.programme and actor.programme:
        seen &= Q(**{paths.programme: actor.programme})
    return seen & ~restricted(actor, paths)


def _by_relation(actor: Actor, verb: str, paths: Paths) -> Q:
    relations = matrix().relations_that_allow(actor.role, verb)
    seen = NOTHING
    for relation, rows in _FILTERS.items():
        # Who works on a case is of its team.
        if relation in relations and not (relation == "own" and "team" in relations):
            seen |= rows(actor, paths)
    return seen


def people_scope(actor: Actor, verb: str = "request.list") -> Q:
    """As `scope`, for people. A role for one programme sees who has something to do with that programme by the
    gate of that programme only.
    """
    return scope(actor, verb, OF_PERSON)


def restricted(actor: Actor, paths: Paths = OF_REQUEST) -> Q:
    """The rows of restricted people in whose file the actor is not named."""
    return Q(**{f"{paths.person}__in": _kept_from(actor).values("pk")})


def lists_by_area(actor: Actor, verb: str = "request.list") -> bool:
    """Whether an actor's role sees rows by their area, and not only those of its own cases."""
    return "area" in matrix().relations_that_allow(actor.role, verb)


def sees_region(actor: Actor, verb: str = "request.list") -> bool:
    """Whether an actor sees the rows of every area: then only restricted people are kept from them."""
    return lists_by_area(actor, verb) and actor.area_codes is None


def kept_from(actor: Actor) -> tuple[int, ...]:
    """The restricted people in whose file the actor is not named, by id: few."""
    return tuple(_kept_from(actor).order_by("pk").values_list("pk", flat=True))


def _kept_from(actor: Actor) -> QuerySet[Person]:
    kept = Person.objects.filter(restricted=True)
    if actor.role == PERSON and actor.person:
        return kept.exclude(pk=actor.person.pk)
    if actor.user_id is None:
        return kept
    return kept.exclude(pk__in=named(clock.today()).filter(user=actor.user_id).values("person"))


def _by_area(actor: Actor, paths: Paths) -> Q:
    codes = actor.area_codes
    return ALL if codes is None else Q(**{f"{paths.area}__in": sorted(codes)})


def _by_case(actor: Actor, paths: Paths, **who: int | None) -> Q:
    work = case_work(clock.today()).filter(**who)
    if not paths.programme:
        return Q(**{f"{paths.person}__in": work.values("person")})
    found = Q(**{f"{paths.person}__in": work.filter(programme="").values("person")})
    for programme in [actor.programme] if actor.programme else region.current().programmes:
        people = work.filter(programme=programme).values("person")
        found |= Q(**{f"{paths.person}__in": people, paths.programme: programme})
    return found


def _own(actor: Actor, paths: Paths) -> Q:
    return _by_case(actor, paths, user=actor.user_id, organisation=actor.organisation_id)


def _team(actor: Actor, paths: Paths) -> Q:
    return _by_case(actor, paths, organisation=actor.organisation_id)


def _self(actor: Actor, paths: Paths) -> Q:
    return Q(**{paths.person: actor.person.pk}) if actor.person else NOTHING


def _represented(actor: Actor, paths: Paths) -> Q:
    return _let_in(in_force(clock.today()), actor, paths)


def _viewed(actor: Actor, paths: Paths) -> Q:
    return _let_in(viewing(clock.today()), actor, paths)


def _let_in(held: QuerySet[Representation], actor: Actor, paths: Paths) -> Q:
    if actor.person is None:
        return NOTHING
    return Q(**{f"{paths.person}__in": held.filter(representative=actor.person.pk).values("person")})


# Relations that come with a consent, a referral or an emergency open one file, never a list.
_FILTERS = {
    "area": _by_area,
    "own": _own,
    "team": _team,
    "self": _self,
    "representative": _represented,
    "viewer": _viewed,
}
