"""What the ledger refuses, with the field and the words; after each refusal nothing is there that was not before."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from tests.factories import make_actor
from tests.money.making import broken, command, make_commitment, make_credit, make_line, make_year
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, NewLine, PaymentOf
from veerkracht.register.money.models import Account, BudgetYear, Commitment, Entry, Line, LineCredit, Posting
from veerkracht.rulebook.types import Text

pytestmark = pytest.mark.django_db
ON = date(2024, 5, 1)
PAPER = Decided(ON, "A decision")


class Books:
    """A line of 1,000 euro VAK and 500 VEK, of which 600 are committed in March, 450 requested and 100 of them paid."""

    def __init__(self) -> None:
        self.by = command()
        self.line = make_line(1_000, 500, code="A")
        self.other = make_line(200, 100, code="B")
        self.commitment = make_commitment(self.line, 600, on=date(2024, 3, 1), yearly_cents=50_00)
        self.elsewhere = make_commitment(self.other, 20, on=date(2024, 3, 1))
        asked = [PaymentOf(self.commitment.pk, 450_00)]
        actions.request_payments(asked, by=self.by, on=date(2024, 4, 1))
        actions.settle_payments([PaymentOf(self.commitment.pk, 100_00)], by=self.by, on=date(2024, 4, 3))
        self.commitment.refresh_from_db()

    def commit(self, **facts: object) -> None:
        given = {"on": ON, "amount_cents": 100, "kind": "grant", "text": "A grant"} | facts
        actions.commit(self.line, actions.NewCommitment(**given), by=self.by)

    def pay(self, cents: int, commitment: Commitment | None = None, on: date = ON) -> None:
        of = commitment or self.commitment
        actions.request_payments([PaymentOf(of.pk, cents)], by=self.by, on=on)

    def vote(self, vak: int, vek: int, **facts: object) -> None:
        given = {"year": 2024, "decided": PAPER, "kind": "revised"} | facts
        actions.vote_line_credit(self.line, by=self.by, amounts=Amounts(vak, vek), **given)

    def transfer(self, vak: int, vek: int, target: Line | None = None) -> None:
        actions.transfer(
            self.line,
            target or self.other,
            by=self.by,
            year=2024,
            amounts=Amounts(vak, vek),
            decided=PAPER,
        )

    def entry(self, kind: str) -> Entry:
        return Entry.objects.filter(kind=kind, line=self.line).latest("id")

    def correct(self, kind: str) -> None:
        actions.correct(self.entry(kind), by=self.by, on=ON, text="A mistake")

    def open(self, **facts: object) -> None:
        given = {"code": "C", "name": Text("x", "x"), "from_date": ON} | facts
        actions.open_line(NewLine(**given), by=self.by)


@pytest.fixture
def books(today) -> Books:
    return Books()


NO_VAK = "Line A has 400.00 euro left to commit for 2024 (VAK); asked: {} euro."
NO_VEK = "Line A has 50.00 euro left to pay for 2024 (VEK); asked: {} euro."
REFUSED: dict[str, tuple[Callable[[Books], object], str, str]] = {
    "beyond VAK": (lambda b: b.commit(amount_cents=400_01), "amount_cents", NO_VAK.format("400.01")),
    "beyond VAK of an earlier day": (
        lambda b: b.vote(700_00, 0) or b.commit(amount_cents=500_00, on=date(2024, 4, 1)),
        "amount_cents",
        NO_VAK.format("500.00") + " Counted on the day since 2024-04-01 on which there is least.",
    ),
    "nothing": (
        lambda b: b.commit(amount_cents=0),
        "amount_cents",
        "An amount is more than zero euro; found: 0.00.",
    ),
    "below zero": (
        lambda b: b.commit(amount_cents=-5),
        "amount_cents",
        "An amount is more than zero euro; found: -0.05.",
    ),
    "a fraction of a cent": (
        lambda b: b.commit(amount_cents=10.5),
        "amount_cents",
        "An amount is a whole number of cents; found: 10.5.",
    ),
    "more than there is in the world": (
        lambda b: b.commit(amount_cents=10**15 + 1),
        "amount_cents",
        "This amount is too large: 10,000,000,000,000.01 euro.",
    ),
    "yearly below zero": (
        lambda b: b.commit(yearly_cents=-1),
        "yearly_cents",
        "An amount is more than zero euro; found: -0.01.",
    ),
    "an unknown kind": (lambda b: b.commit(kind="gift"), "kind", "There is no such kind: gift."),
    "ends before it starts": (
        lambda b: b.commit(until=date(2024, 4, 30)),
        "until",
        "A commitment does not end before it starts.",
    ),
    "without a word": (
        lambda b: b.commit(text=" "),
        "text",
        "Say in 1 to 200 characters what it is for; found: 0 characters.",
    ),
    "tomorrow": (
        lambda b: b.commit(on=date(2024, 5, 16)),
        "on",
        "Nothing is booked later than today; found: 2024-05-16.",
    ),
    "before the line was there": (
        lambda b: b.commit(on=date(2015, 5, 1)),
        "on",
        "Line A exists since 2016-01-01.",
    ),
    "a year without credit": (
        lambda b: b.commit(on=date(2023, 5, 1)),
        "line",
        "No credit was voted for line A in 2023.",
    ),
    "payment before its commitment": (
        lambda b: b.pay(1_00, on=date(2024, 2, 29)),
        "on",
        "Commitment {number} is of 2024-03-01: nothing is paid or booked on 2024-02-29.",
    ),
    "payment beyond the commitment": (
        lambda b: b.pay(150_01),
        "amount_cents",
        "Of commitment {number} 150.00 euro is still open; asked: 150.01 euro.",
    ),
    "payment beyond VEK": (lambda b: b.pay(50_01), "amount_cents", NO_VEK.format("50.01")),
    "payment of two lines": (
        lambda b: actions.request_payments(
            [PaymentOf(b.commitment.pk, 1), PaymentOf(b.elsewhere.pk, 1)], by=b.by, on=ON
        ),
        "commitment",
        "A payment order is about commitments of one line.",
    ),
    "settle what was not requested": (
        lambda b: actions.settle_payments([PaymentOf(b.commitment.pk, 350_01)], by=b.by, on=ON),
        "amount_cents",
        "Of commitment {number} 350.00 euro is in a payment order; asked: 350.01 euro.",
    ),
    "recover more than was paid": (
        lambda b: actions.recover(b.commitment, by=b.by, on=ON, cents=100_01, text="Back"),
        "amount_cents",
        "On commitment {number} 100.00 euro stands paid; asked: 100.01 euro.",
    ),
    "reduce what is in an order": (
        lambda b: actions.reduce_commitment(b.commitment, by=b.by, on=ON, cents=150_01, text="Less"),
        "amount_cents",
        "Of commitment {number} 150.00 euro is still open; asked: 150.01 euro.",
    ),
    "reduce what does not weigh": (
        lambda b: actions.reduce_commitment(
            b.commitment, by=b.by, on=ON, cents=0, yearly_cents=50_01, text="Less"
        ),
        "yearly_cents",
        "Of commitment {number} 50.00 euro is still open; asked: 50.01 euro.",
    ),
    "a revision that takes what is committed": (
        lambda b: b.vote(-400_01, 0),
        "amount_cents",
        NO_VAK.format("400.01"),
    ),
    "a second initial budget": (
        lambda b: b.vote(1_00, 1_00, kind="initial"),
        "",
        "This line has an initial budget for this year already. Record the difference as a revision.",
    ),
    "a credit of nothing": (lambda b: b.vote(0, 0), "", "A credit changes commitments or payments."),
    "a transfer that would break VEK": (
        lambda b: b.transfer(0, 50_01),
        "amount_cents",
        NO_VEK.format("50.01"),
    ),
    "a transfer that would break VAK": (
        lambda b: b.transfer(400_01, 10_00),
        "amount_cents",
        NO_VAK.format("400.01"),
    ),
    "a transfer to itself": (
        lambda b: b.transfer(1_00, 0, target=b.line),
        "target",
        "A transfer goes to another line.",
    ),
    "a transfer backwards": (
        lambda b: b.transfer(-1_00, 0),
        "commitment_cents",
        "An amount is not below zero.",
    ),
    "a carry-over of more than is left": (
        lambda b: actions.carry_over(
            b.line, by=b.by, from_year=2024, amounts=Amounts(400_01, 0), decided=PAPER
        ),
        "amount_cents",
        NO_VAK.format("400.01"),
    ),
    "correct a commitment that is paid": (
        lambda b: b.correct("committed"),
        "entry",
        "Of commitment {number} 150.00 euro is still open; asked: 600.00 euro.",
    ),
    "correct a payment order": (
        lambda b: b.correct("requested"),
        "entry",
        "This entry is not corrected so. Refuse the payment order.",
    ),
    "correct a credit that is committed": (
        lambda b: b.correct("credited"),
        "amount_cents",
        NO_VEK.format("500.00"),
    ),
    "a line twice": (lambda b: b.open(code="A"), "", "There is a line with this code already."),
    "a line without a code": (lambda b: b.open(code=" "), "code", "A line has a code."),
    "a line of an unknown measure": (
        lambda b: b.open(measure="moonshot"),
        "measure",
        "There is no measure “moonshot”.",
    ),
    "a line of an unknown programme": (
        lambda b: b.open(programme="moonshot"),
        "programme",
        "There is no programme “moonshot”.",
    ),
    "a budget year that no one knows": (
        lambda b: b.vote(1_00, 0, year=12),
        "year",
        "A budget year lies between 1980 and 2200; found: 12.",
    ),
    "open a year twice": (
        lambda b: actions.open_year(2024, by=b.by),
        "year",
        "Budget year 2024 is open already.",
    ),
    "open a year too many": (
        lambda b: actions.open_year(2026, by=b.by),
        "year",
        "After budget year 2024 opens 2025; asked: 2026.",
    ),
    "open a year that can't bear what goes on": (
        lambda b: actions.open_year(2025, by=b.by),
        "year",
        "Budget year 2025 can't open: what goes on does not fit in the credit. "
        "A: VAK 0.00 euro, needed 50.00 euro.",
    ),
    "close a year too early": (
        lambda b: actions.close_year(2024, by=b.by),
        "year",
        "Budget year 2024 closes from 2024-12-31 on.",
    ),
    "close a year that never opened": (
        lambda b: actions.close_year(2023, by=b.by),
        "year",
        "Budget year 2023 is not open. It has to be opened first.",
    ),
}


def everything() -> list[object]:
    accounts = Account.objects.order_by("id").values_list("name", "balance_cents")
    models = (Posting, Entry, LineCredit, Commitment, Line, BudgetYear)
    return [list(accounts), *(model.objects.count() for model in models)]


def refused(books: Books, act: Callable[[Books], object]) -> tuple[str, str, bool]:
    """The field and the words of a refusal, and whether all is as it was before; undone after it."""
    with transaction.atomic():
        before = everything()
        try:
            with transaction.atomic():
                act(books)
            said = ("", "nothing was refused")
        except Invalid as fault:
            said = (fault.field, fault.text.en)
        as_before = everything() == before
        transaction.set_rollback(True)
    return *said, as_before


def test_what_is_refused_is_said_and_leaves_nothing_behind(books):
    number = books.commitment.number
    expected = {
        name: (field, text.replace("{number}", number), True) for name, (_, field, text) in REFUSED.items()
    }
    assert {name: refused(books, act) for name, (act, _, _) in REFUSED.items()} == expected
    assert broken() == []


def test_the_same_within_what_is_there_is_done(books):
    books.vote(700_00, 0)
    books.commit(amount_cents=400_00, on=date(2024, 4, 1))
    books.pay(50_00)
    books.transfer(100_00, 0)
    actions.reduce_commitment(
        books.commitment, by=books.by, on=ON, cents=50_00, yearly_cents=50_00, text="Less"
    )
    make_credit(books.line, 0, 1, year=2025, on=ON)
    make_year(2025)
    assert broken() == []


def test_of_two_editors_the_second_is_told(books):
    seen = books.commitment.version
    actions.recover(books.commitment, by=books.by, on=ON, cents=1_00, text="Back", version=seen)
    with pytest.raises(Conflict):
        actions.reduce_commitment(books.commitment, by=books.by, on=ON, cents=1, text="Less", version=seen)


def test_who_may_only_see_money_changes_nothing(books):
    analyst = make_actor("analyst")
    before = everything()
    for act in (
        lambda: actions.commit(books.line, actions.NewCommitment(ON, 1, "grant", "x"), by=analyst),
        lambda: actions.transfer(
            books.line, books.other, by=analyst, year=2024, amounts=Amounts(1, 0), decided=PAPER
        ),
        lambda: actions.close_year(2024, by=make_actor("budget-officer")),
    ):
        with pytest.raises(Refused):
            act()
    assert everything() == before
