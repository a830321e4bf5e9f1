"""Small makers of accounts, orders and the bank's answers for tests, through the actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from stdnum import iban

from tests.factories import make_actor, make_person
from tests.money.making import make_commitment, make_line
from veerkracht.register import clock
from veerkracht.register.care.models import Budget
from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.payments import actions
from veerkracht.register.payments.models import BankAccount, Order
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation, Person

SPACE = "urn:iso:std:iso:20022:tech:xsd:"
_serial = count(1)


def make_number(serial: int | None = None) -> str:
    """A Belgian account number with right check digits, of a bank code that no bank has."""
    body = f"999{serial or next(_serial):07d}"
    number = f"BE00{body}{int(body) % 97 or 97:02d}"
    return f"BE{iban.calc_check_digits(number)}{number[4:]}"


@dataclass
class Team:
    """Who releases payments: two budget officers and three treasurers, of the agency that pays."""

    preparer: Actor = field(default_factory=lambda: make_actor("budget-officer", name="Bea Prepares"))
    checker: Actor = field(default_factory=lambda: make_actor("budget-officer", name="Bob Checks"))
    approver: Actor = field(default_factory=lambda: make_actor("treasurer", name="Tia Approves"))
    sender: Actor = field(default_factory=lambda: make_actor("treasurer", name="Tom Sends"))
    reader: Actor = field(default_factory=lambda: make_actor("treasurer", name="Tess Reads"))

    def __post_init__(self) -> None:
        agency = Organisation.objects.get(pk=self.preparer.organisation_id)
        self.account = self.give_account(agency, holder="The agency")

    def give_account(
        self, owner: Organisation | Person, *, holder: str = "", number: str = ""
    ) -> BankAccount:
        """An account that is recorded by one and confirmed by another, in use since the start of the year."""
        people = (make_actor("officer"), make_actor("officer"))
        by, second = people if isinstance(owner, Person) else (self.preparer, self.checker)
        recorded = actions.record_account(
            owner,
            by=by,
            number=number or make_number(),
            holder=holder or str(owner),
            from_date=date(clock.today().year, 1, 1),
            fictitious=True,
        )
        return actions.confirm_account(recorded, by=second)


@dataclass
class Paying:
    """A line of 10,000 euro, and three organisations to which 1,000 euro each is committed."""

    team: Team = field(default_factory=Team)
    vek: int = 10_000
    programme: str = ""

    def __post_init__(self) -> None:
        self.line: Line = make_line(10_000, self.vek, programme=self.programme)
        self.organisations = [
            Organisation.objects.create(name=f"Provider {letter} {self.line.code}", kind="provider")
            for letter in "ABC"
        ]
        self.accounts = [self.team.give_account(one) for one in self.organisations]
        self.commitments: list[Commitment] = [
            make_commitment(self.line, 1_000, organisation=one, on=date(2024, 2, 1))
            for one in self.organisations
        ]

    def payment(self, place: int = 0, cents: int = 10_000, **facts: object) -> actions.NewPayment:
        given = {"commitment": self.commitments[place], "account": self.accounts[place], "text": "Grant"}
        return actions.NewPayment(cents=cents, **(given | facts))

    def order(self, state: str = "prepared", cents: Sequence[int] = (10_000, 20_001, 30_003)) -> Order:
        """An order that has come as far as `state`, with a payment to each of the first organisations."""
        made = actions.prepare_order(
            self.line,
            by=self.team.preparer,
            due_on=clock.today(),
            payments=[self.payment(place, amount) for place, amount in enumerate(cents)],
            text="Grants of May",
        )
        steps = (
            ("checked", actions.check, self.team.checker),
            ("approved", actions.approve, self.team.approver),
            ("sent", actions.send, self.team.sender),
        )
        for name, take, by in steps[: ("prepared", "checked", "approved", "sent").index(state)]:
            made = take(made, by=by)
            assert made.state == name
        return made


def make_budget(yearly_cents: int, person: Person | None = None, **facts: object) -> Budget:
    """A personal budget that runs since 2020."""
    given = {"kind": "definitive", "points": 10, "from_date": date(2020, 1, 1)} | facts
    person = person or make_person()
    return Budget.objects.create(
        person=person, programme="personal-budget", amount_cents=yearly_cents, **given
    )


def report(
    order: Order,
    *,
    group: str = "",
    statuses: Sequence[tuple] = (),
    id: str = "",
    kind: str = "pain.002.001.10",
    **facts: object,
) -> bytes:
    """A status report: of the group, and of payments as (end-to-end id, status[, reason[, amount]])."""
    lines = []
    for end_to_end_id, status, *more in statuses:
        reason = f"<StsRsnInf><Rsn><Cd>{more[0]}</Cd></Rsn></StsRsnInf>" if more and more[0] else ""
        amount = more[1] if len(more) > 1 else ""
        ccy = facts.get("currency", "EUR")
        named = (
            f'<OrgnlTxRef><Amt><InstdAmt Ccy="{ccy}">{amount}</InstdAmt></Amt></OrgnlTxRef>' if amount else ""
        )
        lines.append(
            f"<TxInfAndSts><OrgnlEndToEndId>{end_to_end_id}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
            f"{reason}{named}</TxInfAndSts>"
        )
    batch = f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>X</OrgnlPmtInfId>{''.join(lines)}</OrgnlPmtInfAndSts>"
    total = facts.get("total", f"{order.total_cents // 100}.{order.total_cents % 100:02d}")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{SPACE}{kind}"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>{id or f'BANK-{next(_serial)}'}</MsgId><CreDtTm>2024-05-16T08:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{facts.get('message_id', order.message_id)}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>{facts.get('message_name', 'pain.001.001.09')}</OrgnlMsgNmId>"
        f"<OrgnlNbOfTxs>{facts.get('count', order.count)}</OrgnlNbOfTxs><OrgnlCtrlSum>{total}</OrgnlCtrlSum>"
        f"{f'<GrpSts>{group}</GrpSts>' if group else ''}</OrgnlGrpInfAndSts>{batch if lines else ''}"
        "</CstmrPmtStsRpt></Document>"
    ).encode()


def statement(*entries: str, id: str = "", kind: str = "camt.053.001.08") -> bytes:
    """A statement (or notification) with entries made by `booked`."""
    body, part = ("BkToCstmrStmt", "Stmt") if kind[:8] == "camt.053" else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{SPACE}{kind}"><{body}>'
        f"<GrpHdr><MsgId>{id or f'BANK-{next(_serial)}'}</MsgId><CreDtTm>2024-05-16T08:00:00</CreDtTm></GrpHdr>"
        f"<{part}><Id>1</Id>{''.join(entries)}</{part}></{body}></Document>"
    ).encode()


def booked(
    amount: str, *, ids: Sequence[str] = (), batch: str = "", direction: str = "DBIT", **facts: object
) -> str:
    """An entry of a statement: payments by their ids, or a whole batch by our message id."""
    returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" if facts.get("returned") else ""
    currency = facts.get("currency", "EUR")
    each = f"<AmtDtls><TxAmt>{facts['each']}</TxAmt></AmtDtls>" if "each" in facts else ""
    details = "".join(
        f"<TxDtls><Refs><EndToEndId>{id}</EndToEndId></Refs>{each}{returned}</TxDtls>" for id in ids
    )
    whole = f"<Btch><MsgId>{batch}</MsgId><NbOfTxs>{facts.get('count', 3)}</NbOfTxs></Btch>" if batch else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
        f"<Sts><Cd>{facts.get('status', 'BOOK')}</Cd></Sts><NtryDtls>{whole}{details}</NtryDtls></Ntry>"
    )
