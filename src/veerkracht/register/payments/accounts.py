"""Which account is used on a day: confirmed by a second person, and in force."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from veerkracht.register.errors import Invalid
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text

_IDS = 900


def usable(on: date) -> QuerySet[BankAccount]:
    """The accounts on which may be paid on a day."""
    return BankAccount.objects.filter(
        Q(until_date=None) | Q(until_date__gte=on),
        state=BankAccount.State.CONFIRMED,
        from_date__lte=on,
    ).exclude(number_sealed="")


def is_usable(account: BankAccount, on: date) -> bool:
    """As `usable`, of one account that is at hand."""
    ended = account.until_date is not None and account.until_date < on
    confirmed = account.state == BankAccount.State.CONFIRMED and account.number_sealed != ""
    return confirmed and account.from_date <= on and not ended


def account_of(organisation_id: int | None, on: date) -> BankAccount | None:
    """The account on which an organisation is paid on a day; None when none is confirmed."""
    return usable(on).filter(organisation=organisation_id).order_by("-from_date", "-id").first()


def accounts_of_people(people: Iterable[int], on: date) -> dict[int, BankAccount]:
    """The account of each person that has one on a day, by the person's id."""
    wanted, found = sorted(set(people)), {}
    for start in range(0, len(wanted), _IDS):
        part = usable(on).filter(person__in=wanted[start : start + _IDS])
        for account in part.order_by("person", "from_date", "id"):
            found[account.person_id] = account
    return found


def payer_account(by: Actor, on: date) -> BankAccount:
    """The account of the organisation for which somebody works. Raises `Invalid` when it has none that is confirmed."""
    found = account_of(by.organisation_id, on) if by.organisation_id else None
    if found is None:
        raise Invalid(
            Text(
                "De organisatie waarvoor u werkt, heeft op {on} geen bevestigde rekening om van te betalen.",
                "The organisation for which you work has no confirmed account to pay from on {on}.",
            ).fill(on=on),
            "payer",
        )
    return found
