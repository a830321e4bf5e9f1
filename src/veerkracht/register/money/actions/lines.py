"""Budget lines and their credits: opened, voted, transferred, carried over."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht import region
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.crediting import Amounts, Decided, lock_year, write_credit
from veerkracht.register.money.models import Line, LineCredit
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class NewLine:
    """A budget line as it begins. `hands_out`: the rounds of its programme post on it."""

    code: str
    name: Text
    from_date: date
    measure: str = ""
    programme: str = ""
    area: str = ""
    hands_out: bool = False
    fictitious: bool = False


def open_line(new: NewLine, *, by: Actor) -> Line:
    """A new budget line. Raises `Invalid` for a code that exists, or a measure or programme that the region doesn't
    have.
    """
    require("line.change", by, new.programme)
    _check_known(new)
    with said(), transaction.atomic():
        line = Line.objects.create(
            code=new.code,
            name_nl=new.name.nl,
            name_en=new.name.en,
            measure=new.measure,
            programme=new.programme,
            area=new.area,
            from_date=new.from_date,
            hands_out=new.hands_out,
            fictitious=new.fictitious,
        )
        record(by, "create", line, detail={"code": line.code, "measure": line.measure})
    return line


def vote_line_credit(
    line: Line,
    *,
    by: Actor,
    year: int,
    amounts: Amounts,
    decided: Decided,
    kind: str = LineCredit.Kind.INITIAL,
    fictitious: bool = False,
) -> LineCredit:
    """What is voted for a line and a year: the initial budget, or what a revision adds (takes away: below zero).

    Raises `Invalid` for a closed year, a second initial budget, or a revision that takes what is committed or paid.
    """
    require("line.change", by, line.programme)
    if kind not in (LineCredit.Kind.INITIAL, LineCredit.Kind.REVISED):
        raise Invalid(
            Text(
                "Een krediet is initieel of aangepast; gevonden: {found}.",
                "A credit is initial or revised; found: {found}.",
            ).fill(found=kind),
            "kind",
        )
    if kind == LineCredit.Kind.INITIAL and min(amounts.commitment_cents, amounts.payment_cents) < 0:
        raise Invalid(
            Text("Een begroting begint niet onder nul.", "A budget does not begin below zero."),
            "commitment_cents",
        )
    with said(), transaction.atomic():
        lock_year(year)
        credit = write_credit(line, year, amounts, decided, by=by, kind=kind, fictitious=fictitious)
        _log(by, credit)
    return credit


def transfer(
    source: Line, target: Line, *, by: Actor, year: int, amounts: Amounts, decided: Decided
) -> tuple[LineCredit, LineCredit]:
    """Shift credit from one line to another within a year (herverdeling), commitment and payment credit each.

    Raises `Invalid` when it would take what the source has committed or paid. Gives the credits of both lines.
    """
    for one in (source, target):
        require("line.change", by, one.programme)
    if source.pk == target.pk:
        raise Invalid(
            Text("Herverdelen gaat naar een andere lijn.", "A transfer goes to another line."), "target"
        )
    _check_taken(amounts)
    with said(), transaction.atomic():
        lock_year(year)
        return _both(source, year, target, year, amounts, decided, by, LineCredit.Kind.TRANSFER)


def carry_over(
    line: Line, *, by: Actor, from_year: int, amounts: Amounts, decided: Decided
) -> tuple[LineCredit, LineCredit]:
    """Take credit that is left in a year along to the next, before the year closes (overdracht).

    Raises `Invalid` when less is left, or one of both years is closed.
    """
    require("line.change", by, line.programme)
    _check_taken(amounts)
    with said(), transaction.atomic():
        for year in (from_year, from_year + 1):
            lock_year(year)
        return _both(line, from_year, line, from_year + 1, amounts, decided, by, LineCredit.Kind.CARRY_OVER)


def _both(
    source: Line,
    from_year: int,
    target: Line,
    to_year: int,
    amounts: Amounts,
    decided: Decided,
    by: Actor,
    kind: str,
) -> tuple[LineCredit, LineCredit]:
    taken = write_credit(source, from_year, -amounts, decided, by=by, kind=kind)
    given = write_credit(target, to_year, amounts, decided, by=by, kind=kind, pair=taken)
    for credit in (taken, given):
        _log(by, credit)
    return taken, given


def _check_taken(amounts: Amounts) -> None:
    if min(amounts.commitment_cents, amounts.payment_cents) < 0:
        raise Invalid(
            Text("Een bedrag ligt niet onder nul.", "An amount is not below zero."), "commitment_cents"
        )


def _check_known(new: NewLine) -> None:
    if not new.code.strip():
        raise Invalid(Text("Een lijn heeft een code.", "A line has a code."), "code")
    if new.programme and new.programme not in region.current().programmes:
        raise Invalid(
            Text("Er is geen zorgvorm “{found}”.", "There is no programme “{found}”.").fill(
                found=new.programme
            ),
            "programme",
        )
    if new.measure and not _has_measure(new.measure):
        raise Invalid(
            Text("Er is geen maatregel “{found}”.", "There is no measure “{found}”.").fill(found=new.measure),
            "measure",
        )


def _has_measure(measure: str) -> bool:
    money = region.current().money
    return money is not None and measure in money.measures


def _log(by: Actor, credit: LineCredit) -> None:
    record(
        by,
        "create",
        credit,
        detail={
            "line": credit.line.code,
            "year": credit.year,
            "kind": credit.kind,
            "commitment_cents": credit.commitment_cents,
            "payment_cents": credit.payment_cents,
        },
    )
