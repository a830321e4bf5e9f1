"""Money that was voted for a programme, and what already ran when the register began."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.books import Movement
from veerkracht.register.money.crediting import Decided
from veerkracht.register.money.models import Credit, Entry
from veerkracht.register.money.rounds import move
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class NewCredit:
    """Money for a programme in a budget year, in cents. `recurrent`: again each year after."""

    programme: str
    year: int
    name: Text
    amount_cents: int
    recurrent: bool


def vote_credit(new: NewCredit, *, by: Actor, decided: Decided, fictitious: bool = False) -> Credit:
    """Money that was voted becomes free money of a programme. Raises `Invalid` when it is not above zero."""
    require("credit.vote", by, new.programme)
    if new.amount_cents <= 0:
        raise Invalid(
            Text(nl="Een krediet is meer dan nul euro.", en="A credit is more than zero euro."),
            "amount_cents",
        )
    with said(), transaction.atomic():
        credit = Credit.objects.create(
            programme=new.programme,
            year=new.year,
            name_nl=new.name.nl,
            name_en=new.name.en,
            amount_cents=new.amount_cents,
            recurrent=new.recurrent,
            voted_on=decided.on,
            source_title=decided.source,
            source_url=decided.url,
            fictitious=fictitious,
        )
        freed = [Movement("voted", "free", new.amount_cents)]
        move(new.programme, Entry.Kind.VOTED, freed, by=by, on=decided.on, credit=credit)
        record(by, "create", credit, detail={"programme": new.programme, "cents": new.amount_cents})
    return credit


def open_books(programme: str, running_cents: int, *, by: Actor, on: date) -> None:
    """Budgets that already ran when the register began: voted long ago, running now (cents a year)."""
    require("credit.vote", by, programme)
    with said(), transaction.atomic():
        if running_cents:
            opening = [Movement("voted", "running", running_cents)]
            move(programme, Entry.Kind.OPENING, opening, by=by, on=on)
        record(by, "create", "opening balance", detail={"programme": programme, "cents": running_cents})
