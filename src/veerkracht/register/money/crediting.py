"""A decision on the credits of a line: written down, and posted on both sides of its books."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.money.books import Heading, Movement, make_line_accounts, post
from veerkracht.register.money.checks import check_day, check_not_closed, check_text, check_whole
from veerkracht.register.money.models import BudgetYear, Entry, Line, LineCredit
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text

_KINDS = {
    LineCredit.Kind.INITIAL: Entry.Kind.CREDITED,
    LineCredit.Kind.REVISED: Entry.Kind.CREDITED,
    LineCredit.Kind.TRANSFER: Entry.Kind.TRANSFERRED,
    LineCredit.Kind.CARRY_OVER: Entry.Kind.CARRIED_OVER,
    LineCredit.Kind.CORRECTION: Entry.Kind.CORRECTED,
}
FIRST_YEAR, LAST_YEAR = 1980, 2200


@dataclass(frozen=True)
class Amounts:
    """Commitment credit (VAK) and payment credit (VEK), in cents."""

    commitment_cents: int
    payment_cents: int

    def __neg__(self) -> "Amounts":
        return Amounts(-self.commitment_cents, -self.payment_cents)


@dataclass(frozen=True)
class Decided:
    """What decided on a credit: the day, and the title and address of the paper in which it stands."""

    on: date
    source: str
    url: str = ""


def lock_year(year: int) -> BudgetYear:
    """The year, locked against closing, and not closed; made when nothing was voted for it yet.

    Raises `Invalid` for a number that is no budget year, and for a year that is closed.
    """
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(
            Text(
                "Een begrotingsjaar ligt tussen {first} en {last}; gevonden: {found}.",
                "A budget year lies between {first} and {last}; found: {found}.",
            ).fill(first=str(FIRST_YEAR), last=str(LAST_YEAR), found=str(year)),
            "year",
        )
    BudgetYear.objects.get_or_create(year=year)
    # Locked before anything of the year is read: who closes it waits, or has closed it already.
    locked = BudgetYear.objects.select_for_update().get(year=year)
    check_not_closed(locked)
    return locked


def write_credit(
    line: Line,
    year: int,
    amounts: Amounts,
    decided: Decided,
    *,
    by: Actor,
    kind: str,
    **facts: object,
) -> LineCredit:
    """A credit and its entry; only for who asked, checked and holds the year's lock."""
    check_whole(amounts.commitment_cents, "commitment_cents")
    check_whole(amounts.payment_cents, "payment_cents")
    check_day(decided.on)
    accounts = make_line_accounts(line, year)
    last = LineCredit.objects.filter(line=line, year=year).aggregate(last=Max("version"))["last"] or 0
    credit = LineCredit.objects.create(
        line=line,
        year=year,
        version=last + 1,
        kind=kind,
        commitment_cents=amounts.commitment_cents,
        payment_cents=amounts.payment_cents,
        voted_on=decided.on,
        source_title=check_text(decided.source),
        source_url=decided.url,
        by_id=by.user_id,
        recorded_at=clock.now(),
        **facts,
    )
    heading = Heading(_KINDS[LineCredit.Kind(kind)], by, decided.on, credit.source_title, line_credit=credit)
    post(line, accounts, _sides(amounts), heading)
    return credit


def _sides(amounts: Amounts) -> list[Movement]:
    return [
        _signed(f"{side}-voted", f"{side}-free", cents)
        for side, cents in (("commitment", amounts.commitment_cents), ("payment", amounts.payment_cents))
    ]


def _signed(source: str, target: str, cents: int) -> Movement:
    return Movement(source, target, cents) if cents >= 0 else Movement(target, source, -cents)
