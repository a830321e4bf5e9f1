"""The account on which somebody is paid: recorded by one, confirmed by another, and only then used."""

from datetime import date, timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import MESSAGES, said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.payments import numbers
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.payments.words import DECIDED, checked_reason, checked_text
from veerkracht.register.people import enterprise_numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation, Person
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

_STATE = BankAccount.State


def record_account(
    owner: Person | Organisation,
    *,
    by: Actor,
    number: str,
    holder: str,
    from_date: date | None = None,
    fictitious: bool = False,
) -> BankAccount:
    """Record the account of a person or an organisation, from a day on (default: today). Nothing is paid on it before
    a second person confirmed it.

    Raises `Refused`; `Invalid` for wrong check digits, saying which were found and expected, for the account that is
    in use already, and for one that waits for a second person already.
    """
    _require(owner, by)
    number, holder = numbers.normal(number), checked_text(holder, "holder", 140)
    whose = _of(owner)
    with said(), transaction.atomic():
        # Of two who record at once, the second finds the first's.
        current = BankAccount.objects.select_for_update().filter(
            **whose, state=_STATE.CONFIRMED, until_date=None
        )
        if any(numbers.is_same(one, number) for one in current):
            raise Invalid(
                Text(nl="Op deze rekening wordt al betaald.", en="This account is in use already."),
                numbers.FIELD,
            )
        account = BankAccount(
            **whose,
            holder=holder,
            from_date=from_date or clock.today(),
            recorded_by=by.user,
            recorded_by_name=by.name,
            recorded_at=clock.now(),
            fictitious=fictitious,
        )
        numbers.write(account, number)
        account.save()
        _tell(account, by, "create")
    return account


def confirm_account(account: BankAccount, *, by: Actor, version: int | None = None) -> BankAccount:
    """A second person saw where the number comes from: from its day on it is used, and the one before it ends.

    Raises `Refused` (also for whoever recorded it), `Conflict` when somebody decided on it or changed it meanwhile.
    """
    _require(_owner(account), by)
    with said(), transaction.atomic():
        account = _waiting(account, version)
        if by.user is None or account.recorded_by_id == by.user_id:
            raise Invalid(MESSAGES["bank_account_is_confirmed_by_another"])
        before = BankAccount.objects.select_for_update().filter(
            **_of(_owner(account)), state=_STATE.CONFIRMED, until_date=None
        )
        for one in before:
            # What began on the same day or later was never used on a day of its own.
            one.until_date = max(one.from_date, account.from_date - timedelta(days=1))
            one.version += 1
            one.save(update_fields=["until_date", "version"])
        _decide(account, _STATE.CONFIRMED, by)
    return account


def refuse_account(
    account: BankAccount, *, by: Actor, reason: str, version: int | None = None
) -> BankAccount:
    """The number is not right, or nobody knows where it comes from: it is never used. Its first recorder may too.

    Raises `Refused`, `Invalid` without a reason, `Conflict` when somebody decided on it meanwhile.
    """
    _require(_owner(account), by)
    reason = checked_reason(reason)
    with said(), transaction.atomic():
        account = _waiting(account, version)
        account.reason = reason
        _decide(account, _STATE.REFUSED, by)
    return account


def record_enterprise_number(organisation: Organisation, *, by: Actor, number: str) -> Organisation:
    """Keep an organisation's number in the register of enterprises, with check digits by the region's scheme.

    Raises `Refused`; `Invalid` for wrong check digits, and for the number of another.
    """
    require("account.record", by)
    number = enterprise_numbers.normal(number)
    with said(), transaction.atomic():
        organisation = locked(organisation)
        organisation.enterprise_number = number
        organisation.save(update_fields=["enterprise_number"])
        record(by, "change", organisation, detail={"enterprise number": number})
    return organisation


def _require(owner: Person | Organisation, by: Actor) -> None:
    # A person's account is as sensitive as their national number: only who keeps the file may touch it.
    if isinstance(owner, Person):
        require("number.record", by, owner)
    else:
        require("account.record", by)


def _of(owner: Person | Organisation) -> dict[str, Person | Organisation]:
    return {"person" if isinstance(owner, Person) else "organisation": owner}


def _owner(account: BankAccount) -> Person | Organisation:
    found: Person | Organisation = account.person or account.organisation
    return found


def _waiting(account: BankAccount, version: int | None) -> BankAccount:
    # Two who decide at once: the second is told.
    account = locked(account, version)
    if account.state != _STATE.RECORDED:
        raise Conflict(DECIDED)
    return account


def _decide(account: BankAccount, state: str, by: Actor) -> None:
    account.state, account.decided_by, account.decided_at = state, by.user, clock.now()
    account.version += 1
    account.save()
    _tell(account, by, "change")


def _tell(account: BankAccount, by: Actor, verb: str) -> None:
    """The log tells that it was done, never which number it is."""
    detail = {"state": account.state, "from": account.from_date}
    if account.person_id is None:
        detail |= {"organisation": account.organisation_id}
    record(by, verb, account, person_id=account.person_id, detail=detail)
