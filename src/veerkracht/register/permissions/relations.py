"""What links an actor to a case, and which groups of fields that link is cut to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.people.actors import COMMAND, PERSON, Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions.matrix import matrix
from veerkracht.register.sharing import in_force as sharing
from veerkracht.register.sharing.models import Representation
from veerkracht.register.sharing.protection import named
from veerkracht.register.sharing.representation import in_force, viewing

Fields = frozenset[str] | None


@dataclass(frozen=True)
class Case:
    """A person and a programme ("" for every programme), as far as permissions need to know.

    `area`: the municipality that counts for the case.
    """

    person: Person
    programme: str = ""
    area: str = ""

    @property
    def person_id(self) -> int:
        return self.person.pk

    @property
    def number(self) -> str:
        """How the log names a case: never by a name."""
        return self.person.number


def case_of(obj: Any) -> Case | None:
    """The case that an object belongs to; None for what is about nobody in particular."""
    if isinstance(obj, Case) or obj is None or isinstance(obj, str):
        return obj if isinstance(obj, Case) else None
    if isinstance(obj, Person):
        return Case(obj, "", obj.area)
    if getattr(obj, "person_id", None) is None:
        return None
    person = obj.person
    return Case(person, getattr(obj, "programme", ""), getattr(obj, "area", "") or person.area)


def covers(actor: Actor, programme: str) -> bool:
    """Whether an actor's role is for a programme. A command is for all; who acts for themself has no role."""
    if actor.role in (PERSON, COMMAND):
        return True
    return bool(actor.role) and actor.programme in ("", programme)


def holds_in_programme(actor: Actor, relation: str) -> bool:
    """Whether an actor, whose role is for a programme, may stand in a relation to something there."""
    if relation == "region":
        return actor.area_codes is None
    return actor.role != PERSON


class Links:
    """An actor's links to one case; each is looked up once, when it is asked for."""

    def __init__(self, actor: Actor, case: Case):
        self.actor, self.case = actor, case

    def has(self, relation: str) -> bool:
        return self.cut(relation) != frozenset()

    def cut(self, relation: str) -> Fields:
        """The groups of fields that a relation is cut to: None for no cut, none at all when it doesn't hold."""
        if relation != "self" and not self.may_know:
            return frozenset()
        found = _LINKS[relation](self)
        return None if found is True else frozenset() if found is False else found

    @cached_property
    def may_know(self) -> bool:
        """Who isn't named in a restricted file has no link to it, whatever else they are."""
        if not self.case.person.restricted:
            return True
        held = named(clock.today()).filter(person=self.case.person_id, user=self.actor.user_id)
        return self.actor.user_id is not None and held.exists()

    @cached_property
    def in_area(self) -> bool:
        codes = self.actor.area_codes
        return self.actor.role != PERSON and (codes is None or self.case.area in codes)

    @cached_property
    def workers(self) -> list[tuple[int, int]]:
        """Who works on the case: user and organisation."""
        found = sharing.case_work(clock.today()).filter(self._of_case(), person=self.case.person_id)
        return list(found.values_list("user_id", "organisation_id"))

    @cached_property
    def is_own(self) -> bool:
        return (self.actor.user_id, self.actor.organisation_id) in self.workers

    @cached_property
    def is_team(self) -> bool:
        return any(organisation == self.actor.organisation_id for _, organisation in self.workers)

    @cached_property
    def shared(self) -> "Given":
        found = sharing.partners(clock.today()).filter(
            self._of_case(), person=self.case.person_id, organisation=self.actor.organisation_id
        )
        return _together(found.values_list("fields", "purpose"))

    @cached_property
    def referred(self) -> "Given":
        found = sharing.referrals(clock.today()).filter(
            self._of_case(), person=self.case.person_id, to_organisation=self.actor.organisation_id
        )
        return _together(found.values_list("fields", "purpose"))

    @cached_property
    def consulted(self) -> "Given":
        found = sharing.participation(clock.today()).filter(
            self._of_case("consultation__"),
            user=self.actor.user_id,
            organisation=self.actor.organisation_id,
            consultation__person=self.case.person_id,
        )
        return _together(found.values_list("consultation__fields", "consultation__purpose"))

    @cached_property
    def emergency(self) -> str:
        """The reason that was given for the emergency access; "" without one."""
        found = sharing.emergencies(clock.now()).filter(
            self._of_case(),
            user=self.actor.user_id,
            membership=self.actor.membership_id,
            person=self.case.person_id,
        )
        return found.values_list("reason", flat=True).first() or ""

    @cached_property
    def is_self(self) -> bool:
        return self.actor.role == PERSON and self.actor.person.pk == self.case.person_id

    @cached_property
    def represented(self) -> Fields | bool:
        """All groups of fields but those that the person withholds from who speaks for them."""
        return self._let_see(in_force(clock.today()))

    @cached_property
    def viewed(self) -> Fields | bool:
        """The same for who only looks."""
        return self._let_see(viewing(clock.today()))

    def _let_see(self, held: QuerySet[Representation]) -> Fields | bool:
        if self.actor.role != PERSON:
            return False
        found = held.filter(person=self.case.person_id, representative=self.actor.person.pk)
        withheld = found.values_list("withheld", flat=True).first()
        return False if withheld is None else frozenset(matrix().fields) - frozenset(withheld)

    def _of_case(self, prefix: str = "") -> Q:
        """Rows for this programme or for every one; a case of every programme is reached by any row of the programme
        that the actor's role is for.
        """
        programme = self.case.programme or self.actor.programme
        return Q(**{f"{prefix}programme__in": ["", programme]}) if programme else Q()


@dataclass(frozen=True)
class Given:
    """What was shared with somebody, and why."""

    fields: frozenset[str]
    purpose: str


def _together(found: Iterable[tuple[list[str], str]]) -> Given:
    rows = list(found)
    given = frozenset(field for fields, _ in rows for field in fields)
    return Given(given, "; ".join(dict.fromkeys(purpose for _, purpose in rows)))


# Why somebody reads by a link that was made for a purpose.
PURPOSES: dict[str, Callable[[Links], str]] = {
    "receiver": lambda of: of.referred.purpose,
    "partner": lambda of: of.shared.purpose,
    "consultation": lambda of: of.consulted.purpose,
    "emergency": lambda of: of.emergency,
}


# What a link gives: True (all that the matrix gives), False, or the groups of fields it is cut to.
_LINKS: dict[str, Callable[[Links], bool | frozenset[str]]] = {
    "programme": lambda of: of.actor.role != PERSON,
    "region": lambda of: of.actor.role != PERSON and of.actor.area_codes is None,
    "area": lambda of: of.in_area,
    "own": lambda of: of.is_own,
    "team": lambda of: of.is_team,
    "partner": lambda of: of.shared.fields,
    "receiver": lambda of: of.referred.fields,
    "consultation": lambda of: of.consulted.fields,
    "emergency": lambda of: bool(of.emergency),
    "self": lambda of: of.is_self,
    "representative": lambda of: of.represented,
    "viewer": lambda of: of.viewed,
}
