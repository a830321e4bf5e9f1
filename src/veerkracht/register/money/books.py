"""The one place where entries and postings are written and balances kept: of programmes and of lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import F, QuerySet

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.money.models import Account, DayBalance, Entry, Line, LineCredit, Posting
from veerkracht.register.money.words import NO_CREDIT, NO_VAK, NO_VEK, NOT_THERE, ON_ANY_DAY, euro
from veerkracht.register.people.actors import Actor

_BATCH = 5_000
_SHORT = {Account.Name.COMMITMENT_FREE: NO_VAK, Account.Name.PAYMENT_FREE: NO_VEK}
Accounts = Mapping[str, Account]


@dataclass(frozen=True)
class Movement:
    """`cents` from one account to another (`Account.Name`), for a request or a commitment when there is one."""

    source: str
    target: str
    cents: int
    request_id: int | None = None
    commitment_id: int | None = None


@dataclass(frozen=True)
class Heading:
    """What an entry says beside its postings."""

    kind: str
    by: Actor
    on: date
    text: str = ""
    round_id: int | None = None
    credit_id: int | None = None
    line_credit: LineCredit | None = None
    corrects: Entry | None = None


def lock_accounts(programme: str) -> Accounts:
    """The programme's accounts by name, locked until the end of the transaction; made when missing."""
    return _locked(
        Account.objects.filter(programme=programme, line=None),
        Account.OF_PROGRAMME,
        {"programme": programme},
    )


def make_line_accounts(line: Line, year: int) -> Accounts:
    """As `line_accounts`, made when missing; only by who holds the year's lock, or it could close meanwhile."""
    return _locked(
        Account.objects.filter(line=line, year=year), Account.OF_LINE, {"line": line, "year": year}
    )


def line_accounts(line: Line, year: int) -> Accounts:
    """The accounts of a line's year by name, locked until the end of the transaction.

    Raises `Invalid` where no credit was voted. Who needs several years of a line locks them in order.
    """
    locked = Account.objects.select_for_update().filter(line=line, year=year).order_by("id")
    accounts = {account.name: account for account in locked}
    if not accounts:
        raise Invalid(NO_CREDIT.fill(line=line.code, year=str(year)), "line")
    return accounts


def post(line: Line, accounts: Accounts, movements: Sequence[Movement], heading: Heading) -> Entry | None:
    """Write one entry of a line's year. Raises `Invalid` when an account would fall below zero on any day from the
    entry's on: a line is never committed beyond its VAK nor paid beyond its VEK.
    """
    movements = [movement for movement in movements if movement.cents]
    if not movements:
        return None
    year = next(iter(accounts.values())).year
    changes = _changes(movements)
    _check_days(line, accounts, changes, heading.on)
    return _write(accounts, movements, changes, heading, {"line": line, "year": year})


def post_on_programme(programme: str, movements: Sequence[Movement], heading: Heading) -> Entry | None:
    """Write one entry of a programme; accounts are locked, so that two who spend the same free money can't both
    succeed. None when nothing moves.
    """
    movements = [movement for movement in movements if movement.cents]
    if not movements:
        return None
    accounts = lock_accounts(programme)
    return _write(accounts, movements, _changes(movements), heading, {"programme": programme})


def lowest_since(account: Account, on: date) -> int:
    """The least that stood on an account at the end of any day from a day on, in cents."""
    later = list(account.days.filter(day__gt=on).order_by("-day").values_list("cents", flat=True))
    # From today back: before each later day there was what is there now, less what came since.
    return min(accumulate((-cents for cents in later), initial=account.balance_cents))


def first_day_with(account: Account, cents: int, on: date) -> date:
    """The first day from `on` since which so much has always stood on an account that holds it now."""
    left, since = account.balance_cents, on
    for day, change in account.days.filter(day__gt=on).order_by("-day").values_list("day", "cents"):
        left -= change
        if left < cents:
            since = day
            break
    return since


def _locked(found: QuerySet[Account], names: Sequence[str], owner: dict[str, Any]) -> Accounts:
    locked = found.select_for_update().order_by("id")
    accounts = {account.name: account for account in locked}
    if len(accounts) < len(names):
        missing = [Account(name=name, **owner) for name in names if name not in accounts]
        Account.objects.bulk_create(missing, ignore_conflicts=True)
        accounts = {account.name: account for account in locked.all()}
    return accounts


def _write(
    accounts: Accounts,
    movements: Sequence[Movement],
    changes: Mapping[str, int],
    heading: Heading,
    owner: dict[str, Any],
) -> Entry:
    entry = Entry.objects.create(
        **owner,
        kind=heading.kind,
        holds_from=heading.on,
        recorded_at=clock.now(),
        by_id=heading.by.user_id,
        round_id=heading.round_id,
        credit_id=heading.credit_id,
        line_credit=heading.line_credit,
        corrects=heading.corrects,
        text=heading.text,
    )
    Posting.objects.bulk_create(
        [
            Posting(
                entry=entry,
                source=accounts[one.source],
                target=accounts[one.target],
                amount_cents=one.cents,
                request_id=one.request_id,
                commitment_id=one.commitment_id,
            )
            for one in movements
        ],
        batch_size=_BATCH,
    )
    for name, change in changes.items():
        Account.objects.filter(pk=accounts[name].pk).update(balance_cents=F("balance_cents") + change)
        # Kept in step, so that who posts twice in one transaction looks at what is there.
        accounts[name].balance_cents += change
    _keep_days({accounts[name].pk: change for name, change in changes.items()}, heading.on)
    return entry


def _keep_days(changes: Mapping[int, int], day: date) -> None:
    # The accounts are locked: nobody else adds to the same day in between.
    there = dict(DayBalance.objects.filter(account__in=changes, day=day).values_list("account_id", "cents"))
    DayBalance.objects.bulk_create(
        [
            DayBalance(account_id=account, day=day, cents=there.get(account, 0) + cents)
            for account, cents in changes.items()
        ],
        update_conflicts=True,
        unique_fields=["account", "day"],
        update_fields=["cents"],
    )


def _check_days(line: Line, accounts: Accounts, changes: Mapping[str, int], on: date) -> None:
    for name, change in changes.items():
        if change >= 0 or name in Account.ORIGINS:
            continue
        account = accounts[name]
        there = lowest_since(account, on)
        if there + change < 0:
            why = _SHORT.get(Account.Name(name), NOT_THERE).fill(
                line=line.code,
                year=str(account.year),
                account=name,
                there=euro(max(there, 0)),
                asked=euro(-change),
            )
            past = there < account.balance_cents
            raise Invalid(ON_ANY_DAY.fill(why=why, on=on) if past else why, "amount_cents")


def _changes(movements: Sequence[Movement]) -> dict[str, int]:
    changes: dict[str, int] = {}
    for one in movements:
        changes[one.source] = changes.get(one.source, 0) - one.cents
        changes[one.target] = changes.get(one.target, 0) + one.cents
    # What gets money first: within one entry an account may not dip below zero on its way.
    return dict(
        sorted(((name, change) for name, change in changes.items() if change), key=lambda change: -change[1])
    )
