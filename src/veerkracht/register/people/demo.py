"""Who a visitor of a demo world may become. Outside a demo world: nobody."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import ROLES
from veerkracht.register.people.models import Membership, Setting, User

# The setting in which a demo world tells about itself.
WORLD = "demo-world"


def exact_from() -> date | None:
    """The first day whose list a demo world holds in full; before it, it only has who still waited then.

    None where the register is real.
    """
    told = Setting.objects.filter(name=WORLD).values_list("value", flat=True).first()
    return date.fromisoformat(told["exact_from"]) if told else None


@dataclass(frozen=True)
class DemoAccount:
    role: str
    username: str
    name: str


def accounts() -> list[DemoAccount]:
    """One account a role, in the order of the work; empty where the days are real."""
    day = clock.demo_day()
    if day is None:
        return []
    held = Membership.objects.filter(from_date__lte=day, user__is_active=True).exclude(until_date__lt=day)
    first: dict[str, User] = {}
    for membership in held.select_related("user").order_by("id")[:200]:
        first.setdefault(membership.role, membership.user)
    return [DemoAccount(role, first[role].username, first[role].full_name) for role in ROLES if role in first]


def enter(role: str) -> User:
    """The demo's user for a role. Raises `Refused` outside a demo world."""
    for account in accounts():
        if account.role == role:
            return User.objects.get(username=account.username)
    raise Refused()
