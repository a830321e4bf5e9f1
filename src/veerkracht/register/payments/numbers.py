"""Numbers of bank accounts: checked by the region's schemes, sealed, and found by a keyed hash.

Shown only masked; whole they stand in the file for the bank alone. Never logged.
"""

import re
from collections.abc import Iterable

from django.db import transaction
from stdnum import iban

from veerkracht import region
from veerkracht.region.number_schemes import checked
from veerkracht.region.payments import PaymentRules
from veerkracht.register.errors import Invalid
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people.models import Person
from veerkracht.register.people.sealing import is_by_newest, mark, marks, opened, opened_all, seal
from veerkracht.rulebook.types import Text

FIELD = "number"
_PURPOSE = "bank account"
_CHUNK = 1000
_LAST = 4
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]+")


def rules() -> PaymentRules:
    """How the region pays. Raises `Invalid` where it pays nobody."""
    found = region.current().payments
    if found is None:
        raise Invalid(
            Text(
                nl="Deze regio zegt niet hoe ze betaalt: [payments] ontbreekt in region.toml.",
                en="This region does not say how it pays: [payments] is missing in region.toml.",
            )
        )
    return found


def normal(text: str) -> str:
    """A number as it is kept. Raises `Invalid` that says which check digits were found and which were expected."""
    number = checked(rules().bank_accounts, text)
    if number is None:
        raise Invalid(_wrong(text), FIELD)
    return number


def _wrong(text: str) -> Text:
    short = Text(
        nl="Dit is geen geldig rekeningnummer: verwacht wordt een nummer met juiste controlecijfers.",
        en="This is no valid account number: expected is a number with right check digits.",
    )
    number = iban.compact(text)
    if "iban" not in rules().bank_accounts or not _IBAN.fullmatch(number):
        return short
    expected = iban.calc_check_digits(number)
    if expected == number[2:4]:
        return Text(
            nl=f"Een rekeningnummer dat met {number[:2]} begint, heeft een andere vorm, een andere lengte of een "
            "bankcode die niet bestaat.",
            en=f"An account number that begins with {number[:2]} has another form, another length or a bank code "
            "that does not exist.",
        )
    return Text(
        nl=f"De controlecijfers kloppen niet: gevonden {number[2:4]}, verwacht {expected} bij deze cijfers.",
        en=f"The check digits are wrong: found {number[2:4]}, expected {expected} with these digits.",
    )


def write(account: BankAccount, number: str) -> None:
    """Seal a number into an account that is not saved yet."""
    account.number_sealed, account.number_key = seal(number), mark(number, _PURPOSE)


def read(account: BankAccount) -> str:
    """The whole number; only for the file of the bank."""
    return opened(account.number_sealed)


def read_all(accounts: Iterable[BankAccount]) -> list[str]:
    """As `read`, of many."""
    return opened_all(account.number_sealed for account in accounts)


def of_person(person: Person) -> list[str]:
    """Every number that is kept of somebody, oldest first; only for themself."""
    kept = BankAccount.objects.filter(person=person).exclude(number_sealed="").order_by("id")
    return [read(account) for account in kept]


def masked(account: BankAccount) -> str:
    """What may be shown: the country and the last figures, as “BE.. .... 1234”; "–" when it was erased."""
    if not account.number_sealed:
        return "–"
    number = read(account)
    return f"{number[:2]}.. .... {number[-_LAST:]}"


def is_same(account: BankAccount, number: str) -> bool:
    """Whether an account has this number."""
    return account.number_key in marks(number, _PURPOSE)


def under_older_keys() -> int:
    """How many numbers are not yet sealed with the newest key."""
    kept = BankAccount.objects.exclude(number_sealed="").values_list("number_sealed", flat=True)
    return sum(not is_by_newest(sealed) for sealed in kept.iterator(_CHUNK))


def reseal() -> int:
    """Seal every number with the newest key, all of them or none; gives how many. Nobody sees one."""
    done, last = 0, 0
    with transaction.atomic():
        # Locked: a number that is recorded meanwhile must not be lost under the old one.
        accounts = BankAccount.objects.select_for_update().exclude(number_sealed="").order_by("pk")
        while chunk := list(accounts.filter(pk__gt=last)[:_CHUNK]):
            for account in chunk:
                write(account, read(account))
            BankAccount.objects.bulk_update(chunk, ["number_sealed", "number_key"])
            done, last = done + len(chunk), chunk[-1].pk
    return done
