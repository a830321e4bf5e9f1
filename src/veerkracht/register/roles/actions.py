"""Giving, ending and lending roles. Behind each stands a natural person; nobody gives a role to themself."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people import accounts
from veerkracht.register.people.actors import COMMAND, Actor, in_force
from veerkracht.register.people.models import Membership, Organisation, User
from veerkracht.register.permissions import require
from veerkracht.register.roles.reach import Reach, check_known, check_within, covers
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text


def give_role(user: User, *, by: Actor, asked: Reach, organisation: Organisation | None = None) -> Membership:
    """Somebody gets a role in the organisation of who gives it (`organisation`: for a command, that has none).

    Raises `Refused` for who gives no roles, or not there; `Invalid` naming the field for a role of oneself, one that
    reaches further than the giver's own, one that exists already, and for days that are not possible.
    """
    require("role.give", by, asked.programme or by.programme)
    at = _organisation(by, organisation)
    check_known(asked)
    check_within(asked, by)
    begins = asked.from_date or clock.today()
    _check_days(begins, asked.until_date)
    _check_user(user, by)
    with said(), transaction.atomic():
        # Two who give the same role at once: the second sees that of the first.
        locked(user)
        _check_not_held(user, at, asked)
        held = Membership.objects.create(
            user=user, organisation=at, given_by=by.user, **{**asdict(asked), "from_date": begins}
        )
        record(by, "create", held, detail=_told(held))
    return held


def welcome(
    username: str, *, by: Actor, name: str, email: str, language: str, asked: Reach
) -> tuple[User, Any]:
    """A new account with its first role, and the two parts of the link that opens it once (`accounts.link_of`).

    Raises as `accounts.make` and `give_role`: both, or neither.
    """
    require("role.give", by, asked.programme or by.programme)
    with transaction.atomic():
        user = accounts.make(username, by=by, name=name, email=email, language=language)
        give_role(user, by=by, asked=asked)
    return user, accounts.link_of(user, by=by)


def end_role(held: Membership, *, by: Actor, version: int) -> Membership:
    """A role ends at this moment, and with it whatever was lent of it.

    An administrator ends the roles that they could give, save their own; who lent a role takes it back. Raises
    `Refused` for anybody else, `Conflict` when somebody else changed it since `version`.
    """
    if not is_lent_by(held, by):
        require("role.end", by, held.programme or by.programme)
        if not covers(by, held) or held.user_id == by.user_id:
            record(by, "refused", "role.end", detail={"object": str(held.pk)})
            raise Refused()
    with said(), transaction.atomic():
        held = locked(held)
        if held.ended_at or held.version != version:
            raise Conflict(_CHANGED)
        for one in (held, *Membership.objects.select_for_update().filter(delegates=held, ended_at=None)):
            _end(one, by)
    return held


def delegate(to: User, *, by: Actor, until_date: date, from_date: date | None = None) -> Membership:
    """Somebody of the same organisation stands in for the actor, in the role they act in, up to and including a day.

    The lent role is for the same programme and area. Raises `Refused` for who holds no role, or lent it themself;
    `Invalid` for somebody who doesn't work there, for oneself, and for days outside one's own.
    """
    require("role.delegate", by, by.programme)
    own = by.membership
    if own is None or own.delegates_id:
        record(by, "refused", "role.delegate")
        raise Refused()
    begins = from_date or clock.today()
    _check_days(begins, until_date)
    _check_inside(own, begins, until_date)
    _check_stand_in(to, own)
    asked = Reach(own.role, own.programme, own.area_kind, own.area_code, begins, until_date)
    with said(), transaction.atomic():
        # The own role may be ended at this moment: what it lends must not outlive it.
        own = locked(own)
        if own.ended_at:
            raise Conflict(_CHANGED)
        _check_not_held(to, own.organisation, asked)
        lent = Membership.objects.create(
            user=to, organisation=own.organisation, given_by=by.user, delegates=own, **asdict(asked)
        )
        record(by, "create", lent, detail=_told(lent))
    return lent


def is_lent_by(held: Membership, by: Actor) -> bool:
    """Whether the actor lent this role: it is theirs to take back."""
    return bool(held.delegates and by.user_id and held.delegates.user_id == by.user_id)


_CHANGED = Text(
    nl="Deze rol is intussen gewijzigd of beëindigd.", en="This role was changed or ended in the meantime."
)


def _end(held: Membership, by: Actor) -> None:
    yesterday = clock.today() - timedelta(days=1)
    held.ended_at, held.ended_by, held.version = clock.now(), by.user, held.version + 1
    # What holds on a day ends with the day before; a role that never held a day keeps its first.
    held.until_date = max(held.from_date, yesterday)
    held.save(update_fields=["ended_at", "ended_by", "version", "until_date"])
    record(by, "change", held, detail={"ended": True, **_told(held)})


def _organisation(by: Actor, organisation: Organisation | None) -> Organisation:
    if by.role == COMMAND and organisation:
        return organisation
    if by.membership is None or organisation not in (None, by.membership.organisation):
        record(by, "refused", "role.give", detail={"object": "another organisation"})
        raise Refused()
    return by.membership.organisation


def _check_days(begins: date, until: date | None) -> None:
    if begins < clock.today():
        raise Invalid(
            Text(nl="Een rol gaat ten vroegste vandaag in.", en="A role begins today at the earliest."),
            "from_date",
        )
    if until is not None and until < begins:
        raise Invalid(
            Text(nl="Een rol eindigt niet voor ze begint.", en="A role does not end before it starts."),
            "until_date",
        )


def _check_inside(own: Membership, begins: date, until: date) -> None:
    if begins < own.from_date or (own.until_date and until > own.until_date):
        raise Invalid(
            Text(
                nl="Een vervanging duurt niet langer dan uw eigen rol.",
                en="Nobody stands in for longer than your own role lasts.",
            ),
            "until_date",
        )


def _check_user(user: User, by: Actor) -> None:
    if user.pk == by.user_id:
        raise Invalid(
            Text(nl="Niemand geeft zichzelf een rol.", en="Nobody gives a role to themself."), "user"
        )
    if not user.is_active:
        raise Invalid(Text(nl="Deze account is gesloten.", en="This account is closed."), "user")


def _check_stand_in(to: User, own: Membership) -> None:
    works_here = Membership.objects.filter(
        in_force(clock.today()), user=to, organisation=own.organisation_id, delegates=None
    )
    if to.pk == own.user_id:
        raise Invalid(Text(nl="Niemand vervangt zichzelf.", en="Nobody stands in for themself."), "user")
    if not to.is_active or not works_here.exists():
        raise Invalid(
            Text(
                nl="Alleen wie zelf een rol heeft in uw organisatie, kan u vervangen.",
                en="Only who has a role in your organisation can stand in for you.",
            ),
            "user",
        )


def _check_not_held(user: User, at: Organisation, asked: Reach) -> None:
    begins = asked.from_date or clock.today()
    same = Membership.objects.filter(
        Q(until_date=None) | Q(until_date__gte=begins),
        user=user,
        organisation=at,
        role=asked.role,
        programme=asked.programme,
        area_kind=asked.area_kind,
        area_code=asked.area_code,
        ended_at=None,
    )
    if asked.until_date:
        same = same.filter(from_date__lte=asked.until_date)
    if same.exists():
        raise Invalid(
            Text(
                nl="Deze persoon heeft die rol in die dagen al.",
                en="This person has that role in those days already.",
            ),
            "role",
        )


def _told(held: Membership) -> dict[str, Any]:
    """A role as the log keeps it."""
    return {
        "user": held.user_id,
        "role": held.role,
        "organisation": held.organisation_id,
        "programme": held.programme,
        "area": f"{held.area_kind} {held.area_code}".strip(),
        "from": str(held.from_date),
        "until": str(held.until_date or ""),
        "instead of": held.delegates_id or "",
    }


def add_organisation(name: str, *, by: Actor, kind: str) -> Organisation:
    """An organisation in which roles can be given; by a command on the machine itself only.

    Raises `Refused` for anybody else, `Invalid` for a name that there is already.
    """
    require("role.give", by)
    if by.role != COMMAND:
        record(by, "refused", "organisation")
        raise Refused()
    with said(), transaction.atomic():
        made = Organisation.objects.create(name=name, kind=kind)
        record(by, "create", made, detail={"name": name})
    return made
