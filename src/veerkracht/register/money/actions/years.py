"""A budget year opens, and recurrent commitments weigh again; it closes, and what is left lapses."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, Sum

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.books import Heading, Movement, make_line_accounts, post
from veerkracht.register.money.committing import renew, weight
from veerkracht.register.money.crediting import lock_year
from veerkracht.register.money.models import Account, BudgetYear, Commitment, Entry, Line
from veerkracht.register.money.words import YEAR_NOT_OPEN, euro
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.rulebook.types import Text

_BOTH_SIDES = (("commitment-free", "commitment-lapsed"), ("payment-free", "payment-lapsed"))


@dataclass(frozen=True)
class LineLapsed:
    """What lapsed on a line when its year closed, and what of its commitments is carried on to be paid; cents."""

    code: str
    commitment_cents: int
    payment_cents: int
    open_cents: int


@dataclass(frozen=True)
class YearClosed:
    year: int
    lines: tuple[LineLapsed, ...]


def open_year(year: int, *, by: Actor) -> BudgetYear:
    """From now on there is committed and paid in a year; recurrent commitments of the year before weigh on it.

    Raises `Invalid` when a line's VAK of the year is less than what weighs on it, naming each such line, and for a year
    that was opened, or comes before or more than one after the last that was.
    """
    require("year.close", by, EVERY_PROGRAMME)
    with said(), transaction.atomic():
        _lock_before(year)
        opened = lock_year(year)
        _check_follows(opened)
        on = clock.today()
        weighing = _weighing(year)
        held = {line: make_line_accounts(line, year) for line in sorted(weighing, key=lambda one: one.pk)}
        short = [
            (line, held[line][Account.Name.COMMITMENT_FREE].balance_cents, needed)
            for line, needed in ((line, sum(weight(one, year) for one in weighing[line])) for line in held)
            if needed > held[line][Account.Name.COMMITMENT_FREE].balance_cents
        ]
        if short:
            raise Invalid(_too_small(year, short), "year")
        taken = {
            line.code: renew(line, accounts, weighing[line], by=by, on=on, year=year)
            for line, accounts in held.items()
        }
        opened.opened_at, opened.opened_by = clock.now(), by.user
        opened.save(update_fields=["opened_at", "opened_by"])
        record(by, "change", opened, detail={"year": year, "opened": True, "weighs": taken})
    return opened


def close_year(year: int, *, by: Actor) -> YearClosed:
    """Nothing is committed or paid in a year any more. What is left of its credits lapses; commitments that are not
    paid yet (encours) stay open, to be paid from the VEK of later years.

    All or nothing. Raises `Invalid` while a payment order of the year is open, before its last day, while an earlier
    year is open, and for a year that isn't open.
    """
    require("year.close", by, EVERY_PROGRAMME)
    with said(), transaction.atomic():
        closing = lock_year(year)
        on = _check_can_close(closing)
        # Locked in one order, so that nobody commits or pays while what is left is counted.
        accounts: dict[int, dict[str, Account]] = defaultdict(dict)
        for account in Account.objects.select_for_update().filter(year=year).order_by("id"):
            accounts[account.line_id][account.name] = account
        lines = Line.objects.in_bulk(accounts.keys())
        _check_no_open_orders(year, accounts, lines)
        still = _open_cents(year)
        lapsed = tuple(
            _lapse(lines[key], held, still.get(key, 0), Heading(Entry.Kind.LAPSED, by, on))
            for key, held in sorted(accounts.items(), key=lambda one: lines[one[0]].code)
        )
        closing.closed_at, closing.closed_by = clock.now(), by.user
        closing.save(update_fields=["closed_at", "closed_by"])
        record(by, "change", closing, detail={"year": year, "closed": True, **_totals(lapsed)})
    return YearClosed(year, lapsed)


def _lock_before(year: int) -> None:
    """Nobody commits in the year before while what goes on of it is counted; years in order, as a carry-over does."""
    list(BudgetYear.objects.select_for_update().filter(year=year - 1))
    list(Account.objects.select_for_update().filter(year=year - 1).order_by("id").values_list("id"))


def _lapse(line: Line, accounts: dict[str, Account], open_cents: int, heading: Heading) -> LineLapsed:
    left = {source: accounts[source].balance_cents for source, _ in _BOTH_SIDES}
    post(line, accounts, [Movement(source, target, left[source]) for source, target in _BOTH_SIDES], heading)
    return LineLapsed(line.code, left["commitment-free"], left["payment-free"], open_cents)


def _open_cents(year: int) -> dict[int, int]:
    found = Commitment.objects.filter(year__lte=year, open_cents__gt=0).values_list("line_id")
    return dict(found.annotate(cents=Sum("open_cents")).order_by("line_id"))


def _weighing(year: int) -> dict[Line, list[Commitment]]:
    """Recurrent commitments of the year before that last into a year, by line."""
    found = (
        Commitment.objects.filter(year=year - 1, yearly_cents__gt=0)
        .filter(Q(until_date=None) | Q(until_date__gte=date(year, 1, 1)))
        .select_related("line")
        .order_by("id")
    )
    weighing: dict[Line, list[Commitment]] = defaultdict(list)
    for one in found:
        weighing[one.line].append(one)
    return weighing


def _check_follows(opening: BudgetYear) -> None:
    if opening.opened_at is not None:
        raise Invalid(
            Text("Begrotingsjaar {year} is al open.", "Budget year {year} is open already.").fill(
                year=str(opening.year)
            ),
            "year",
        )
    last = BudgetYear.objects.filter(opened_at__isnull=False).order_by("-year").first()
    if last and opening.year != last.year + 1:
        raise Invalid(
            Text(
                "Na begrotingsjaar {last} opent {next}; gevraagd: {year}.",
                "After budget year {last} opens {next}; asked: {year}.",
            ).fill(last=str(last.year), next=str(last.year + 1), year=str(opening.year)),
            "year",
        )


def _check_can_close(closing: BudgetYear) -> date:
    if closing.opened_at is None:
        raise Invalid(YEAR_NOT_OPEN.fill(year=str(closing.year)), "year")
    on, last = clock.today(), date(closing.year, 12, 31)
    if on < last:
        raise Invalid(
            Text("Begrotingsjaar {year} sluit vanaf {day}.", "Budget year {year} closes from {day} on.").fill(
                year=str(closing.year), day=last
            ),
            "year",
        )
    before = BudgetYear.objects.filter(year__lt=closing.year, opened_at__isnull=False, closed_at=None).first()
    if before:
        # What is still committed there would weigh on this year, which could not take it any more.
        raise Invalid(
            Text(
                "Begrotingsjaar {year} sluit na {before}, dat nog open is.",
                "Budget year {year} closes after {before}, which is still open.",
            ).fill(year=str(closing.year), before=str(before.year)),
            "year",
        )
    return on


def _check_no_open_orders(year: int, accounts: dict[int, dict[str, Account]], lines: dict[int, Line]) -> None:
    waiting = sorted(
        lines[key].code for key, held in accounts.items() if held[Account.Name.REQUESTED].balance_cents
    )
    if waiting:
        raise Invalid(
            Text(
                "Begrotingsjaar {year} kan niet sluiten: er staan betaalopdrachten open op {lines}.",
                "Budget year {year} can't close: payment orders are open on {lines}.",
            ).fill(year=str(year), lines=", ".join(waiting)),
            "year",
        )


def _too_small(year: int, short: list[tuple[Line, int, int]]) -> Text:
    one = Text(
        "{line}: VAK {there} euro, nodig {needed} euro", "{line}: VAK {there} euro, needed {needed} euro"
    )
    listed = [
        one.fill(line=line.code, there=euro(there), needed=euro(needed))
        for line, there, needed in sorted(short, key=lambda found: found[0].code)
    ]
    return Text(
        "Begrotingsjaar {year} kan niet openen: wat blijft lopen, past niet in het krediet. {lines}.",
        "Budget year {year} can't open: what goes on does not fit in the credit. {lines}.",
    ).fill(
        year=str(year),
        lines=Text("; ".join(said_.nl for said_ in listed), "; ".join(said_.en for said_ in listed)),
    )


def _totals(lapsed: tuple[LineLapsed, ...]) -> dict[str, int]:
    return {
        "lapsed_commitment_cents": sum(one.commitment_cents for one in lapsed),
        "lapsed_payment_cents": sum(one.payment_cents for one in lapsed),
        "open_cents": sum(one.open_cents for one in lapsed),
    }
