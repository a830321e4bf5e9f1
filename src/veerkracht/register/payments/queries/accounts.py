"""Accounts of organisations, those to confirm first; of people only how many wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from veerkracht.register.log.record import record
from veerkracht.register.payments import numbers
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation, Person
from veerkracht.register.permissions import require

SHOWN = 50


@dataclass(frozen=True)
class OwnAccount:
    """An account of one person, masked; for who keeps their file. `is_own`: the actor recorded it."""

    id: int
    version: int
    state: str
    holder: str
    account: str
    from_date: date
    until_date: date | None
    recorded_by: str
    reason: str
    is_own: bool


@dataclass(frozen=True)
class AccountRow:
    """An account of an organisation, masked. `current`: the one in use now, masked; "" for none.

    `is_own`: the actor recorded it, so another confirms it.
    """

    id: int
    version: int
    organisation: str
    holder: str
    account: str
    current: str
    from_date: date
    recorded_by: str
    recorded_at: datetime
    is_own: bool


def accounts_to_confirm(actor: Actor, limit: int = SHOWN) -> list[AccountRow]:
    """The accounts of organisations that wait for a second person, oldest first. Raises `Refused`."""
    require("account.record", actor)
    waiting = BankAccount.objects.filter(state="recorded").exclude(organisation=None)
    found = list(waiting.select_related("organisation").order_by("id")[:limit])
    current = _current([one.organisation_id for one in found])
    return [
        AccountRow(
            id=one.pk,
            version=one.version,
            organisation=one.organisation.name,
            holder=one.holder,
            account=numbers.masked(one),
            current=current.get(one.organisation_id, ""),
            from_date=one.from_date,
            recorded_by=one.recorded_by_name,
            recorded_at=one.recorded_at,
            is_own=actor.user_id is not None and one.recorded_by_id == actor.user_id,
        )
        for one in found
    ]


def accounts_of_person(actor: Actor, person: Person) -> list[OwnAccount]:
    """The accounts of somebody, the latest first; that they were looked at is logged. Raises `Refused`."""
    require("number.record", actor, person)
    record(actor, "read", "bank account", person_id=person.pk, fields=("national-number",))
    return [
        OwnAccount(
            id=one.pk,
            version=one.version,
            state=one.state,
            holder=one.holder,
            account=numbers.masked(one),
            from_date=one.from_date,
            until_date=one.until_date,
            recorded_by=one.recorded_by_name,
            reason=one.reason,
            is_own=actor.user_id is not None and one.recorded_by_id == actor.user_id,
        )
        for one in BankAccount.objects.filter(person=person).order_by("-id")[:SHOWN]
    ]


def organisations_to_pay(actor: Actor) -> Sequence[tuple[int, str]]:
    """Every organisation by id and name, to record an account of. Raises `Refused`."""
    require("account.record", actor)
    return list(Organisation.objects.order_by("name").values_list("pk", "name"))


def _current(organisations: Sequence[int]) -> dict[int, str]:
    used = BankAccount.objects.filter(state="confirmed", until_date=None, organisation__in=organisations)
    return {one.organisation_id: numbers.masked(one) for one in used}
