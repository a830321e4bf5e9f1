"""The money: measures with what is stated and booked of each, and budget lines with their balances on a day."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Name, Words, answers
from veerkracht.region import money as region_money
from veerkracht.register.spending import lines as balances
from veerkracht.register.spending import measures as queries

router = Router(tags=["money"])


class Stated(Schema):
    """What a source says of an amount, from announced to executed (`status`); `cents` null: unknown."""

    status: str
    cents: int | None
    on: date
    source: str
    url: str

    @classmethod
    def of(cls, found: region_money.Stated) -> "Stated":
        source = found.source
        return cls(
            status=found.status,
            cents=found.cents,
            on=found.on,
            source=source.title if source else "",
            url=source.url if source else "",
        )


class Booked(Schema):
    """Levels in cents, never added: credits to commit (VAK) and to pay (VEK), committed, in a payment order, paid, and
    what is promised of each full later year.
    """

    voted_commitment: int
    voted_payment: int
    committed: int
    requested: int
    paid: int
    recurrent_yearly: int


class Measure(Schema):
    """What an envelope pays for. `stated`: all that sources say, the first first; none with cents is unknown.

    `booked` null: no line of these books pays it; else of the year when `recurrent`, of all years when not. `states`:
    how many of its milestones are late, missed, undefined, unmeasured, unconfirmed, on-time or met.
    """

    id: str
    name: Words
    kind: str
    envelope: str
    decision: str
    sentences: list[str]
    new_money: bool
    recurrent: bool
    from_date: date | None
    until_date: date | None
    stated: list[Stated]
    booked: Booked | None
    states: dict[str, int]

    @classmethod
    def of(cls, row: queries.Row) -> "Measure":
        one = row.measure
        return cls(
            id=one.id,
            name=one.name,
            kind=one.kind,
            envelope=one.envelope,
            decision=one.decision,
            sentences=list(one.sentences),
            new_money=row.envelope.new_money,
            recurrent=one.recurrent,
            from_date=one.from_date,
            until_date=one.until_date,
            stated=[Stated.of(stated) for stated in one.stated],
            booked=row.booked,
            states=dict(row.states),
        )


class Measures(Schema):
    year: int
    measures: list[Measure]


class BudgetLine(Schema):
    """A budget line and its balances of a year, in cents, at the end of a day. `open_commitments` and
    `weighs_next_year` are as they are now. `fictitious`: invented, as in a demo.

    Credits to commit (VAK) and to pay (VEK), and what is done with them, are null where no credit of the year is known.
    """

    code: str
    name: Words
    measure: str
    programme: str
    area: str
    fictitious: bool
    commitment_voted: int | None
    commitment_free: int | None
    committed: int | None
    commitment_lapsed: int | None
    payment_voted: int | None
    payment_free: int | None
    requested: int | None
    paid: int | None
    recovered: int | None
    payment_lapsed: int | None
    open_commitments: int
    weighs_next_year: int

    @classmethod
    def of(cls, row: balances.LineRow) -> "BudgetLine":
        own = {name: getattr(row, name) for name in _OWN}
        cents = {name: getattr(row.balances, name) for name in cls.model_fields if name not in own}
        if not row.has_credit:
            cents |= dict.fromkeys(cents.keys() - _WITHOUT_CREDIT)
        return cls(**own, **cents)


class BudgetLines(Schema):
    """`after`: what to ask for the next page; "" on the last."""

    year: int
    lines: list[BudgetLine]
    after: str


# What is open of earlier years, and goes on into the next, needs no credit of the year itself.
_WITHOUT_CREDIT = {"open_commitments", "weighs_next_year"}
_OWN = ("code", "name", "measure", "programme", "area", "fictitious")
Year = Annotated[int | None, Field(description="The budget year; this year when not given", ge=1980, le=2200)]


class AskedMeasures(Asked):
    year: Year = None


class AskedLines(Asked):
    year: Year = None
    on: Annotated[date | None, Field(description="At the end of this day; now when not given")] = None
    after: Name = ""


@router.get(
    "/money/measures", response=answers(Measures), summary=_("Measures: what is stated and booked of each")
)
def money_measures(request: HttpRequest, asked: Query[AskedMeasures]) -> Measures:
    found = queries.measures(caller(request), year=asked.year)
    return Measures(year=found.books.year, measures=[Measure.of(row) for row in found.rows])


@router.get(
    "/money/lines", response=answers(BudgetLines), summary=_("Budget lines with their balances on a day")
)
def money_lines(request: HttpRequest, asked: Query[AskedLines]) -> BudgetLines:
    found = balances.lines(caller(request), year=asked.year, on=asked.on, after=asked.after)
    return BudgetLines(year=found.year, lines=[BudgetLine.of(row) for row in found.rows], after=found.after)
