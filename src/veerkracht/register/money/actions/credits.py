"""Money that was voted for a programme, and what already ran when the register began."""

from datetime import date

from django.db import transaction

from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.books import Movement
from veerkracht.register.money.models import Credit, Entry
from veerkracht.register.money.rounds import move
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text


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
