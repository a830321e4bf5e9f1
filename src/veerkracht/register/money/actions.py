"""What moves money. Each movement is written inside the transaction of the decision that causes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.models import Account, Credit, Entry, Posting
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text

_BATCH = 5_000


@dataclass(frozen=True)
class Movement:
    """`cents` a year from one account to another (`Account.Name`), for a request when there is one."""

    source: str
    target: str
    cents: int
    request_id: int | None = None


def vote_credit(
    *,
    by: Actor,
    programme: str,
    year: int,
    name: Text,
    amount_cents: int,
    recurrent: bool,
    voted_on: date,
    source_title: str,
    source_url: str = "",
    fictitious: bool = False,
) -> Credit:
    """Money that was voted becomes free money of a programme. Raises `Invalid` when it is not above zero."""
    require("credit.vote", by, programme)
    if amount_cents <= 0:
        raise Invalid(
            Text(nl="Een krediet is meer dan nul euro.", en="A credit is more than zero euro."),
            "amount_cents",
        )
    with said(), transaction.atomic():
        credit = Credit.objects.create(
            programme=programme,
            year=year,
            name_nl=name.nl,
            name_en=name.en,
            amount_cents=amount_cents,
            recurrent=recurrent,
            voted_on=voted_on,
            source_title=source_title,
            source_url=source_url,
            fictitious=fictitious,
        )
        move(
            programme,
            Entry.Kind.VOTED,
            [Movement("voted", "free", amount_cents)],
            by=by,
            on=voted_on,
            credit=credit,
        )
        record(by, "create", credit, detail={"programme": programme, "cents": amount_cents})
    return credit


def open_books(programme: str, running_cents: int, *, by: Actor, on: date) -> None:
    """Budgets that already ran when the register began: voted long ago, running now (cents a year)."""
    require("credit.vote", by, programme)
    with said(), transaction.atomic():
        if running_cents:
            opening = [Movement("voted", "running", running_cents)]
            move(programme, Entry.Kind.OPENING, opening, by=by, on=on)
        record(by, "create", "opening balance", detail={"programme": programme, "cents": running_cents})


def move(
    programme: str,
    kind: str,
    movements: Sequence[Movement],
    *,
    by: Actor,
    on: date,
    round_id: int | None = None,
    credit: Credit | None = None,
    text: str = "",
) -> Entry | None:
    """Write one entry with its postings and keep the balances; only within a transaction, movements of
    nothing left out.

    Accounts are locked, so that two who spend the same free money can't both succeed. Returns None when
    nothing moves.
    """
    movements = [movement for movement in movements if movement.cents]
    if not movements:
        return None
    accounts = lock_accounts(programme)
    entry = Entry.objects.create(
        programme=programme,
        kind=kind,
        holds_from=on,
        recorded_at=clock.now(),
        by_id=by.user_id,
        round_id=round_id,
        credit=credit,
        text=text,
    )
    Posting.objects.bulk_create(
        [
            Posting(
                entry=entry,
                source=accounts[one.source],
                target=accounts[one.target],
                amount_cents=one.cents,
                request_id=one.request_id,
            )
            for one in movements
        ],
        batch_size=_BATCH,
    )
    for name, change in _changes(movements).items():
        Account.objects.filter(pk=accounts[name].pk).update(balance_cents=F("balance_cents") + change)
    return entry


def lock_accounts(programme: str) -> dict[str, Account]:
    """The programme's accounts by name, locked until the end of the transaction; made when missing."""
    locked = Account.objects.select_for_update().filter(programme=programme).order_by("id")
    accounts = {account.name: account for account in locked}
    if len(accounts) < len(Account.Name.values):
        missing = [
            Account(programme=programme, name=name) for name in Account.Name.values if name not in accounts
        ]
        Account.objects.bulk_create(missing, ignore_conflicts=True)
        accounts = {account.name: account for account in locked.all()}
    return accounts


def _changes(movements: Sequence[Movement]) -> dict[str, int]:
    changes: dict[str, int] = {}
    for one in movements:
        changes[one.source] = changes.get(one.source, 0) - one.cents
        changes[one.target] = changes.get(one.target, 0) + one.cents
    # What gets money first: within one entry an account may not dip below zero on its way.
    return dict(sorted(changes.items(), key=lambda change: -change[1]))
