"""Who acts: a user in one of their capacities, the person themself, or a command that somebody runs.

A capacity is one membership: a role in an organisation, for a programme and an area. Who asks for care, or speaks
for somebody who does, acts as `person`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.people import areas
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.rulebook.types import Text

PERSON = "person"
COMMAND = "command"
# In the order of the work: which role somebody with several takes when none is asked for.
ROLES = (
    "officer",
    "signer",
    "assessor",
    "case-worker",
    "admission",
    "crisis-worker",
    "reader",
    "analyst",
    "budget-officer",
    "treasurer",
    "measure-owner",
    "auditor",
    "records",
    "administrator",
)


@dataclass(frozen=True)
class Actor:
    """Somebody in a capacity. `name` is the natural person that the log and the steps name."""

    user: User | None
    membership: Membership | None = None
    person: Person | None = None
    command: str = ""

    @property
    def role(self) -> str:
        if self.membership:
            return self.membership.role
        return PERSON if self.person else COMMAND if self.command else ""

    @property
    def programme(self) -> str:
        """The one programme this role is for; "" for all."""
        return self.membership.programme if self.membership else ""

    @property
    def membership_id(self) -> int | None:
        return self.membership.pk if self.membership else None

    @property
    def organisation_id(self) -> int | None:
        return self.membership.organisation_id if self.membership else None

    @cached_property
    def area_codes(self) -> frozenset[str] | None:
        """The municipalities this role is for; None for the whole region, nothing for an area that the region
        doesn't know.
        """
        if self.membership is None or not self.membership.area_kind:
            return None
        return areas.codes_or_none(self.membership.area_kind, self.membership.area_code)

    @cached_property
    def capacity(self) -> str:
        """Role, organisation, programme, area, and in whose place: as the log keeps it, in no language."""
        held = self.membership
        if held is None:
            return self.role
        area = f"{held.area_kind} {held.area_code}".strip()
        instead = f"for {held.delegates.user.full_name}" if held.delegates else ""
        return " · ".join(filter(None, (held.role, held.organisation.name, held.programme, area, instead)))

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def name(self) -> str:
        if self.user:
            return self.user.full_name
        return str(self.person) if self.person else self.command

    @property
    def language(self) -> str:
        return self.user.language if self.user else "nl"

    @classmethod
    def for_command(cls, name: str, user: User | None = None) -> "Actor":
        """A command such as an import, run on the machine itself by the account `name`."""
        return cls(user=user, command=name)


def capacities_of(user: User, on: date | None = None) -> list[Actor]:
    """Every capacity that a user has on a day, most used first; last the person themself. One query, and one
    more for who is a person in the register too.
    """
    if not user.is_active:
        return []
    held = sorted(_memberships(user, on or clock.today()), key=lambda one: ROLES.index(one.role))
    staff = [Actor(user=user, membership=membership) for membership in held]
    return [*staff, Actor(user=user, person=user.person)] if user.person_id else staff


def actor_for(
    user: User, role: str | None = None, on: date | None = None, membership: int | None = None
) -> Actor:
    """The user in `role`, in one `membership` of theirs, or in the first of their capacities on that day; the
    person themself when they work nowhere.

    Raises `Refused` when they don't have that role or that membership on that day.
    """
    for actor in capacities_of(user, on):
        if role in (None, actor.role) and membership in (None, actor.membership_id):
            return actor
    raise Refused()


def actor_named(username: str, role: str | None = None) -> Actor:
    """As `actor_for`, for a command's `--as USER`. Raises `Refused` naming the user."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refused(Text(nl=f"Er is geen gebruiker “{username}”.", en=f"There is no user “{username}”."))
    try:
        return actor_for(user, role)
    except Refused:
        raise Refused(
            Text(
                nl=f"{user.full_name} heeft geen rol “{role or 'medewerker'}”.",
                en=f"{user.full_name} does not have the role “{role or 'staff'}”.",
            )
        ) from None


def in_force(on: date, prefix: str = "") -> Q:
    """Memberships that hold on a day; `prefix` leads to them from another model ("memberships__").

    Who stands in for somebody does so no longer than that other holds the role and has an account.
    """
    of_own = Q(**{f"{prefix}delegates": None})
    lent = Q(**{f"{prefix}delegates__user__is_active": True}) & _on(on, f"{prefix}delegates__")
    return _on(on, prefix) & (of_own | lent)


def _on(on: date, prefix: str) -> Q:
    begun = Q(**{f"{prefix}from_date__lte": on, f"{prefix}ended_at": None})
    return begun & (Q(**{f"{prefix}until_date": None}) | Q(**{f"{prefix}until_date__gte": on}))


def _memberships(user: User, on: date) -> list[Membership]:
    found = user.memberships.filter(in_force(on)).select_related("organisation", "delegates__user")
    return list(found.order_by("id"))
