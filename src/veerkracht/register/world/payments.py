"""Payments of the demo: accounts that no bank has, and an order in every state; all of it invented, and marked so."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.models import Budget
from veerkracht.register.money.models import Account, Commitment, Line
from veerkracht.register.payments import actions
from veerkracht.register.payments.accounts import account_of
from veerkracht.register.payments.actions import NewPayment
from veerkracht.register.payments.models import Order
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, Person

# Longer than a bank may take, weekends and holidays counted in.
_STUCK = timedelta(days=10)
_TEXT = "Verzonnen voor de demo"
# Of what is open on a commitment, one payment takes so little that several orders fit.
_PART = 50
_TO_CONFIRM = 1
_ANSWER = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{kind}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>DEMO-{number}</MsgId><CreDtTm>{at}</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>{schema}</OrgnlMsgNmId>
<GrpSts>ACSC</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"""


def add_payments(on: date) -> None:
    """Accounts for the demo's organisations and some people, and orders up to a day; nothing where the region pays
    nobody, or the demo lacks the roles.
    """
    rules = region.current().payments
    staff = {role: list(_actors(role)) for role in ("officer", "budget-officer", "treasurer")}
    if rules is None or any(len(actors) < 2 for actors in staff.values()):
        return
    first = date(on.year, 1, 1)
    numbers = iter(rules.demo_accounts)
    _organisations(numbers, staff["budget-officer"], first)
    _people(numbers, staff["officer"], first)
    team = (*staff["budget-officer"][:2], *staff["treasurer"][:2])
    payable = _payable(on)
    if payable:
        # What waits for the bank for too long was sent before the demo's day.
        clock.stand_still_on(max(on - _STUCK, first))
        _order(payable, team, Order.State.SENT)
        clock.stand_still_on(on)
        for state in (Order.State.CHECKED, Order.State.APPROVED):
            _order(payable, team, state)
        actions.refuse(
            _order(payable, team, Order.State.PREPARED), by=team[1], reason="Dubbel voorbereid (demo)"
        )
        _answered(_order(payable, team, Order.State.SENT))
    _month(on, team[0])


def _actors(role: str) -> Iterator[Actor]:
    held = Membership.objects.filter(role=role, area_kind="", from_date__lte=clock.today())
    for membership in held.select_related("user", "organisation").order_by("pk"):
        yield Actor(membership.user, membership)


def _organisations(numbers: Iterator[str], by: Sequence[Actor], first: date) -> None:
    """An account for each organisation but the last, whose account waits for a second person."""
    found = list(Organisation.objects.order_by("pk"))
    for place, (organisation, number) in enumerate(zip(found, numbers, strict=False), 1):
        recorded = actions.record_account(
            organisation, by=by[0], number=number, holder=organisation.name, from_date=first, fictitious=True
        )
        if place <= len(found) - _TO_CONFIRM:
            actions.confirm_account(recorded, by=by[1])


def _people(numbers: Iterator[str], by: Sequence[Actor], first: date) -> None:
    """Accounts for some who have a budget; the others are held back when a month is prepared."""
    held = Budget.objects.filter(ended_on=None, person__restricted=False).order_by("pk").values("person")
    for person, number in zip(Person.objects.filter(pk__in=held).order_by("pk")[:50], numbers, strict=False):
        recorded = actions.record_account(
            person, by=by[0], number=number, holder=str(person), from_date=first, fictitious=True
        )
        actions.confirm_account(recorded, by=by[1])


def _payable(on: date) -> list[Commitment]:
    """Two commitments to organisations of the line that has most left to pay them with."""
    free = Account.objects.filter(name=Account.Name.PAYMENT_FREE, year=on.year, balance_cents__gt=0)
    open_ = Commitment.objects.filter(year=on.year, open_cents__gt=0).exclude(organisation=None)
    line = free.filter(line__in=open_.values("line")).order_by("-balance_cents", "pk").first()
    return list(open_.filter(line=line.line).select_related("line").order_by("pk")[:2]) if line else []


def _order(payable: Sequence[Commitment], team: Sequence[Actor], state: str) -> Order:
    today = clock.today()
    payments = [
        NewPayment(one, max(one.open_cents // _PART, 1), account, _TEXT)
        for one in payable
        if (account := account_of(one.organisation_id, today))
    ]
    line: Line = payable[0].line
    order = actions.prepare_order(
        line, by=team[0], due_on=today, payments=payments, text=_TEXT, fictitious=True
    )
    for take, by in zip((actions.check, actions.approve, actions.send), team[1:], strict=True):
        if order.state != state:
            order = take(order, by=by)
    return order


def _answered(order: Order) -> None:
    """The bank says that all of an order is paid; read as the bank's own link would."""
    rules = region.current().payments
    report = next((name for name in rules.answer_files if name.startswith("pain.002")), "") if rules else ""
    if rules and report:
        answer = _ANSWER.format(
            kind=report,
            number=order.number,
            at=f"{clock.now():%Y-%m-%dT%H:%M:%S}",
            message=order.message_id,
            schema=rules.order_file,
        )
        actions.read_bank_message(answer.encode(), by=Actor.for_command("world"), fictitious=True)


def _month(on: date, by: Actor) -> None:
    line = Line.objects.filter(hands_out=True).order_by("pk").first()
    if line:
        actions.prepare_budget_payments(line, on, by=by, fictitious=True)
