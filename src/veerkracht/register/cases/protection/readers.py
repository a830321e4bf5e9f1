"""Who may read a person's file now, and on which ground: for the person, and for who speaks for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.actors import in_force as held_on
from veerkracht.register.people.areas import codes_or_none
from veerkracht.register.people.models import Membership, Person
from veerkracht.register.permissions import fields
from veerkracht.register.permissions.matrix import matrix
from veerkracht.register.sharing import in_force
from veerkracht.register.sharing.protection import named

_VERB = "request.read"


@dataclass(frozen=True)
class Reader:
    """Somebody who may read the file, or an organisation.

    `ground`: by their role ("role"), because they work on the case ("worker"), a consent or a law ("consent",
    or the id of the ground), a referral, a consultation, an emergency, or by name in a restricted file ("named").
    `fields`: the groups they see; empty where the role says it all. `until`: None: no end was set.
    """

    who: str
    organisation: str
    ground: str
    purpose: str = ""
    roles: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    until: date | datetime | None = None


def who_may_read(actor: Actor, person: Person, programmes: frozenset[str]) -> tuple[Reader, ...]:
    """Who may read this person's file today, in the `programmes` in which they ask something.

    Raises `Refused` for who may not see with whom the file is shared.
    """
    if "sharing" not in fields(actor, person):
        record(actor, "refused", "sharing", detail={"asked": person.number})
        raise Refused()
    if person.restricted:
        return tuple(_named(person))
    return (
        *_workers(person),
        *_by_role(person, programmes),
        *_partners(person),
        *_referred(person),
        *_consulted(person),
        *_emergency(person),
    )


def _named(person: Person) -> Iterator[Reader]:
    for one in named(clock.today()).filter(person=person).select_related("user").order_by("id"):
        yield Reader(one.user.full_name, "", "named", one.reason, until=one.until_date)


def _workers(person: Person) -> Iterator[Reader]:
    held = in_force.case_work(clock.today()).filter(person=person).select_related("user", "organisation")
    for one in held.order_by("id"):
        yield Reader(one.user.full_name, one.organisation.name, "worker", until=one.until_date)


def _by_role(person: Person, programmes: frozenset[str]) -> Iterator[Reader]:
    """Who keeps the list, an organisation a line: the roles that the matrix gives the files of their area."""
    roles = [role for role in matrix().roles if "area" in matrix().relations_that_allow(role, _VERB)]
    held = Membership.objects.filter(
        held_on(clock.today()), role__in=roles, user__is_active=True, programme__in=["", *programmes]
    )
    found: dict[str, set[str]] = {}
    for name, role, kind, code in held.values_list(
        "organisation__name", "role", "area_kind", "area_code"
    ).distinct():
        if not kind or person.area in codes_or_none(kind, code):
            found.setdefault(name, set()).add(role)
    for name in sorted(found):
        yield Reader("", name, "role", roles=tuple(role for role in roles if role in found[name]))


def _partners(person: Person) -> Iterator[Reader]:
    held = in_force.partners(clock.today()).filter(person=person).select_related("organisation")
    for one in held.order_by("id"):
        yield Reader(
            "", one.organisation.name, one.ground, one.purpose, fields=tuple(one.fields), until=one.until_date
        )


def _referred(person: Person) -> Iterator[Reader]:
    held = in_force.referrals(clock.today()).filter(person=person)
    for one in held.select_related("to_organisation", "consent").order_by("id"):
        yield Reader(
            "",
            one.to_organisation.name,
            "referral",
            one.purpose,
            fields=tuple(one.fields),
            until=one.consent.until_date,
        )


def _consulted(person: Person) -> Iterator[Reader]:
    held = in_force.participation(clock.today()).filter(consultation__person=person)
    for one in held.select_related("user", "organisation", "consultation").order_by("id"):
        about = one.consultation
        yield Reader(
            one.user.full_name,
            one.organisation.name,
            "consultation",
            about.purpose,
            fields=tuple(about.fields),
            until=about.until_date,
        )


def _emergency(person: Person) -> Iterator[Reader]:
    held = in_force.emergencies(clock.now()).filter(person=person)
    for one in held.select_related("user", "membership__organisation").order_by("id"):
        yield Reader(
            one.user.full_name,
            one.membership.organisation.name,
            "emergency",
            one.reason,
            until=one.until_at,
        )
