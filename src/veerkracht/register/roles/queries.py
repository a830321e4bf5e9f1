"""Who has which role: in the organisation of who asks, a page at a time or whole; and what somebody lent."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, User
from veerkracht.register.permissions import may, require
from veerkracht.register.roles.actions import is_lent_by
from veerkracht.register.roles.reach import covers, own_organisation
from veerkracht.rulebook.types import Text

NOW, COMING, ENDED = "now", "coming", "ended"
_ORDER = ("user__last_name", "user__first_name", "pk")
_PAGE_SIZE = 50


@dataclass(frozen=True)
class RoleRow:
    """One role of one user. `state`: now, coming or ended; `may_end`: by who asks."""

    id: int
    version: int
    name: str
    username: str
    role: str
    organisation: str
    programme: str
    area_kind: str
    area_code: str
    from_date: date
    until_date: date | None
    state: str
    given_by: str
    instead_of: str
    may_end: bool


@dataclass(frozen=True)
class RolePage:
    """`next_after`: the id to go on after; None on the last page."""

    rows: tuple[RoleRow, ...]
    next_after: int | None


@dataclass(frozen=True)
class RoleFilters:
    """`search`: a part of a name or user name. `ended`: those that have ended too."""

    search: str = ""
    role: str = ""
    ended: bool = False


def role_page(
    actor: Actor, filters: RoleFilters, after: int | None = None, size: int = _PAGE_SIZE
) -> RolePage:
    """A page of who has which role, by name. The look is logged. Raises `Refused`."""
    found = _visible(actor, filters, "list")
    if after is not None:
        found = found.filter(_beyond(actor, after))
    rows = list(found[: size + 1])
    shown = _rows(actor, rows[:size])
    return RolePage(shown, rows[size - 1].pk if len(rows) > size else None)


def every_role(actor: Actor, filters: RoleFilters) -> tuple[RoleRow, ...]:
    """As `role_page`, all of them; logged as an export. Raises `Refused`."""
    return _rows(actor, _visible(actor, filters, "export"))


def get_role(actor: Actor, id: int) -> Membership:
    """A role that the actor may know of: of their organisation, their own, or lent by them.

    Raises `Refused`, the same whether there is none.
    """
    held = _joined().filter(pk=id).first()
    if held is None or not (
        held.user_id == actor.user_id or is_lent_by(held, actor) or _may_see(actor, held)
    ):
        record(actor, "refused", "role", detail={"asked": str(id)[:20]})
        raise Refused()
    return held


def lent_by(actor: Actor) -> tuple[RoleRow, ...]:
    """The roles that the actor's user lent to others and that have not ended, first those that end first."""
    lent = _joined().filter(_not_over(), delegates__user=actor.user_id).order_by("until_date", "pk")
    return tuple(replace(row, may_end=True) for row in _rows(actor, lent)) if actor.user_id else ()


def somebody(username: str) -> User | None:
    """The account that an administrator or who lends a role means; who only reads their own file has none here."""
    return User.objects.filter(username=username.strip(), person=None).first()


def colleagues(actor: Actor) -> list[User]:
    """Who may stand in for the actor: everybody else with a role of their own in the organisation today."""
    today = clock.today()
    held = Membership.objects.filter(
        _not_over(), organisation=actor.organisation_id, from_date__lte=today, delegates=None
    )
    found = User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=actor.user_id)
    return list(found.order_by("last_name", "first_name", "pk"))


def _may_see(actor: Actor, held: Membership) -> bool:
    return may("role.list", actor, actor.programme) and _of_reach(actor).filter(pk=held.pk).exists()


def _visible(actor: Actor, filters: RoleFilters, verb: str) -> QuerySet[Membership]:
    require("role.list", actor, actor.programme)
    record(
        actor, "search" if filters.search and verb == "list" else verb, "role", detail={"role": filters.role}
    )
    found = _of_reach(actor)
    if not filters.ended:
        found = found.filter(_not_over())
    if filters.role:
        found = found.filter(role=filters.role)
    for word in filters.search.split():
        named = Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
        found = found.filter(named | Q(user__username__icontains=word))
    return found.order_by(*_ORDER)


def _of_reach(actor: Actor) -> QuerySet[Membership]:
    """Roles of the organisation; those for another programme than the actor's own are not theirs to know."""
    found = _joined().filter(own_organisation(actor))
    return found.filter(programme__in=["", actor.programme]) if actor.programme else found


def _joined() -> QuerySet[Membership]:
    return Membership.objects.select_related("user", "organisation", "given_by", "delegates__user")


def _beyond(actor: Actor, after: int) -> Q:
    """What comes after a role in the list's sequence; of a role that is not in it: nothing."""
    last = _of_reach(actor).filter(pk=after).first()
    if last is None:
        return Q(pk__in=[])
    family, given = last.user.last_name, last.user.first_name
    same_family = Q(user__last_name=family)
    return (
        Q(user__last_name__gt=family)
        | same_family & Q(user__first_name__gt=given)
        | same_family & Q(user__first_name=given, pk__gt=after)
    )


def _not_over() -> Q:
    return Q(ended_at=None) & (Q(until_date=None) | Q(until_date__gte=clock.today()))


def _rows(actor: Actor, found: QuerySet[Membership] | list[Membership]) -> tuple[RoleRow, ...]:
    today, may_end = clock.today(), may("role.end", actor, actor.programme)
    return tuple(_row(one, today, may_end and _can_end(actor, one)) for one in found)


def _can_end(actor: Actor, held: Membership) -> bool:
    return covers(actor, held) and held.user_id != actor.user_id


def _row(held: Membership, today: date, may_end: bool) -> RoleRow:
    over = held.ended_at is not None or (held.until_date is not None and held.until_date < today)
    return RoleRow(
        id=held.pk,
        version=held.version,
        name=held.user.full_name,
        username=held.user.username,
        role=held.role,
        organisation=held.organisation.name,
        programme=held.programme,
        area_kind=held.area_kind,
        area_code=held.area_code,
        from_date=held.from_date,
        until_date=held.until_date,
        state=ENDED if over else NOW if held.from_date <= today else COMING,
        given_by=held.given_by.full_name if held.given_by else "",
        instead_of=held.delegates.user.full_name if held.delegates else "",
        may_end=may_end and not over,
    )


def organisation_named(name: str) -> Organisation:
    """Raises `Refused` naming the organisation that there is not; for commands."""
    found = Organisation.objects.filter(name=name).first()
    if found is None:
        raise Refused(Text(nl=f"Er is geen organisatie “{name}”.", en=f"There is no organisation “{name}”."))
    return found
