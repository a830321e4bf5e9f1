"""Who acts: a user in one of their roles, the person themself, or a command that somebody runs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.rulebook.types import Text

PERSON = "person"
COMMAND = "command"
# Which role somebody with several takes when none is asked for.
ROLES = ("officer", "signer", "assessor", "reader", "analyst")


@dataclass(frozen=True)
class Actor:
    """Somebody in a role. `name` is the natural person that the log and the steps name."""

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


def actor_for(user: User, role: str | None = None, on: date | None = None) -> Actor:
    """The user in `role`, or in the first of their roles on that day; the person themself when they work
    nowhere.

    Raises `Refused` when they don't have that role.
    """
    memberships = sorted(_memberships(user, on or clock.today()), key=lambda one: ROLES.index(one.role))
    for membership in memberships:
        if role in (None, membership.role):
            return Actor(user=user, membership=membership)
    if user.person_id and role in (None, PERSON):
        return Actor(user=user, person=user.person)
    raise Refused()


def roles_of(user: User, on: date) -> list[str]:
    """The roles a user has on a day, most used first."""
    held = {membership.role for membership in _memberships(user, on)}
    return [role for role in ROLES if role in held]


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


def _memberships(user: User, on: date) -> list[Membership]:
    if not user.is_active:
        return []
    return list(
        user.memberships.filter(Q(until_date=None) | Q(until_date__gte=on), from_date__lte=on).order_by("id")
    )
