"""The ledger of the demo: the region's lines with their published credits, and commitments and payments that are
invented and marked so.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from veerkracht import region
from veerkracht.region.money.model import Line as StatedLine
from veerkracht.region.money.model import Measure, Money
from veerkracht.register import clock
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, NewCommitment, NewLine, PaymentOf
from veerkracht.register.money.models import Commitment, Line, LineCredit
from veerkracht.register.money.queries import balances
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.rulebook.types import Text

# Of each line's VAK, in hundredths: what goes on every year, and what is promised once.
_RECURRENT, _ONCE = 60, 15
# Of what is promised, in hundredths: what of it is paid when the year is over.
_PAID = 80
# What the demo's line for budgets has on top of what is promised and free, in hundredths of it.
_ROOM = 10
_INVENTED = "Verzonnen voor de demo · Invented for the demo"
# How the kind of a measure is committed; what is not here is a grant.
_KINDS = {"pay": "pay", "project": "project", "contract": "contract", "personal-budgets": "contract"}
_BUDGETS = Text("Persoonsvolgende budgetten (demo)", "Personal budgets (demo)")


def add_ledger(on: date) -> None:
    """Lines, credits, commitments and payments of the year of a day, and of the year before, which is closed."""
    money = region.current().money
    officer, treasurer = _actor("budget-officer"), _actor("treasurer")
    with transaction.atomic():
        lines = [_line(one, officer) for one in money.lines.values()] if money else []
        years = (on.year - 1, on.year)
        for line in lines:
            for year in years:
                _vote(line, money, year, on, officer)
        for year in years:
            actions.open_year(year, by=treasurer)
            for line in lines:
                _use(line, year, on, officer)
            if year < on.year:
                actions.close_year(year, by=treasurer)
        _pay_for_rounds(on, money, officer)


def _line(stated: StatedLine, by: Actor) -> Line:
    new = NewLine(stated.code, stated.name, stated.from_date, stated.measure, stated.programme, stated.area)
    return actions.open_line(new, by=by)


def _vote(line: Line, money: Money, year: int, on: date, by: Actor) -> None:
    """What was published for a year; where nothing was, what its measure was to cost a year, as an invention."""
    if line.from_date > min(on, date(year, 12, 31)):
        return
    before = Amounts(0, 0)
    credits = list(_published(money.lines[line.code], year, on)) or list(_invented(line, money, year))
    for place, (amounts, decided, fictitious) in enumerate(credits):
        change = Amounts(
            amounts.commitment_cents - before.commitment_cents, amounts.payment_cents - before.payment_cents
        )
        if change != Amounts(0, 0):
            actions.vote_line_credit(
                line,
                by=by,
                year=year,
                amounts=change,
                decided=decided,
                kind=LineCredit.Kind.REVISED if place else LineCredit.Kind.INITIAL,
                fictitious=fictitious,
            )
        before = amounts


def _published(stated: StatedLine, year: int, on: date) -> Iterator[tuple[Amounts, Decided, bool]]:
    """The initial budget and its revision; a side that no source gives stands as the other."""
    days = {"initial": date(year, 1, 1), "revised": date(year, 7, 10)}
    for credit in stated.credits:
        day = days.get(credit.version)
        known = [cents for cents in (credit.commitment_cents, credit.payment_cents) if cents is not None]
        if credit.year != year or day is None or day > on or not known:
            continue
        amounts = Amounts(
            known[0] if credit.commitment_cents is None else credit.commitment_cents,
            known[-1] if credit.payment_cents is None else credit.payment_cents,
        )
        source = credit.source
        decided = Decided(day, source.title[:200], source.url) if source else Decided(day, _INVENTED)
        yield amounts, decided, len(known) < 2


def _invented(line: Line, money: Money, year: int) -> Iterator[tuple[Amounts, Decided, bool]]:
    measure = money.measures.get(line.measure)
    stated = money.amount_of(measure) if measure else None
    if not (measure and stated and stated.cents):
        return
    # What comes once is spread, here over three years; what is not known stays unknown.
    cents = stated.cents if measure.recurrent else stated.cents // 3
    yield Amounts(cents, cents), Decided(date(year, 1, 1), _INVENTED), True


def _use(line: Line, year: int, on: date, by: Actor) -> None:
    """Commit what goes on, and something once; pay what months have passed."""
    account = line.accounts.filter(year=year, name="commitment-free").first()
    if account is None or not account.balance_cents:
        return
    going_on = Commitment.objects.filter(line=line, year=year).first()
    # Once the whole of the credit is there: also what the revision added.
    day = max(date(year, 1, 1), line.from_date, line.credits.filter(year=year).latest("version").voted_on)
    if going_on is None:
        cents = account.balance_cents * _RECURRENT // 100
        measure = _measure(line)
        yearly = _bearable(line, cents, year, on) if measure and measure.recurrent else 0
        going_on = _commit(line, day, cents, by, yearly_cents=yearly)
    _commit(line, day, account.balance_cents * _ONCE // 100, by)
    _pay(going_on, min(on, date(year, 12, 31)), by)


def _bearable(line: Line, cents: int, year: int, on: date) -> int:
    """What goes on to the next year: where its credit is known, no more than it can bear."""
    if year == on.year:
        return cents
    next_ = line.accounts.filter(year=year + 1, name="commitment-free").first()
    return min(cents, next_.balance_cents * _RECURRENT // 100) if next_ else 0


def _commit(line: Line, on: date, cents: int, by: Actor, yearly_cents: int = 0) -> Commitment | None:
    if not cents:
        return None
    measure = _measure(line)
    new = NewCommitment(
        on=on,
        amount_cents=cents,
        kind=_KINDS.get(measure.kind if measure else "", "grant"),
        text=_INVENTED,
        organisation=Organisation.objects.filter(kind="provider").order_by("pk").first(),
        yearly_cents=yearly_cents,
    )
    return actions.commit(line, new, by=by, fictitious=True)


def _pay(commitment: Commitment | None, until: date, by: Actor) -> None:
    first = date(until.year, 1, 1)
    passed = (until - first + timedelta(days=1)).days
    if commitment is None:
        return
    line = commitment.line
    free = line.accounts.get(year=until.year, name="payment-free").balance_cents
    cents = min(free, commitment.open_cents * _PAID * passed // (100 * 366))
    if cents:
        part = [PaymentOf(commitment.pk, cents)]
        actions.request_payments(part, by=by, on=until, text=_INVENTED)
        actions.settle_payments(part, by=by, on=until, text=_INVENTED)


def _pay_for_rounds(on: date, money: Money | None, by: Actor) -> None:
    """A line for what the demo's rounds grant: what runs already is committed on it, and what is free fits."""
    programme = next(iter(region.current().programmes))
    stands = balances(programme)
    promised = stands["granted"] + stands["running"]
    cents = (promised + stands["free"]) * (100 + _ROOM) // 100
    if not promised:
        return
    first = date(on.year, 1, 1)
    measures = money.measures.values() if money else ()
    new = NewLine(
        code=f"DEMO-{programme}".upper(),
        name=_BUDGETS,
        from_date=first,
        measure=next((one.id for one in measures if one.programme == programme), ""),
        programme=programme,
        hands_out=True,
        fictitious=True,
    )
    line = actions.open_line(new, by=by)
    decided = Decided(first, _INVENTED)
    amounts = Amounts(cents, cents)
    actions.vote_line_credit(line, by=by, year=on.year, amounts=amounts, decided=decided, fictitious=True)
    runs = NewCommitment(first, promised, Commitment.Kind.ROUND, _INVENTED, yearly_cents=promised)
    actions.commit(line, runs, by=by, fictitious=True)


def _measure(line: Line) -> Measure | None:
    money = region.current().money
    return money.measures.get(line.measure) if money else None


def _actor(role: str) -> Actor:
    """The demo's first user in a role; the command itself where there is none."""
    held = Membership.objects.filter(role=role, from_date__lte=clock.today()).order_by("pk").first()
    return Actor(held.user, held) if held else Actor.for_command("world")
