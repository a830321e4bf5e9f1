"""A line is never committed beyond its VAK nor paid beyond its VEK, whatever is done in whatever order."""

from datetime import date

from tests.money.making import command, make_commitment, make_line
from veerkracht.register.money import actions
from veerkracht.register.money.actions import PaymentOf
from veerkracht.register.money.models import Account
from veerkracht.register.money.queries import LineBalances, line_balances


def test_money_of_a_line_from_vote_to_recovery(today):
    line = make_line(1_000, 800)
    commitment = make_commitment(line, 600, on=date(2024, 2, 1), yearly_cents=120_00)
    part = [PaymentOf(commitment.pk, 250_00)]
    actions.request_payments(part, by=command(), on=date(2024, 3, 1))
    actions.settle_payments(part, by=command(), on=date(2024, 3, 5))
    actions.request_payments([PaymentOf(commitment.pk, 50_00)], by=command(), on=date(2024, 4, 1))
    actions.recover(commitment, by=command(), on=today, cents=40_00, text="Paid twice")
    assert line_balances(line.code, 2024) == LineBalances(
        commitment_voted=1_000_00,
        commitment_free=400_00,
        committed=600_00,
        payment_voted=800_00,
        payment_free=500_00,
        requested=50_00,
        paid=210_00,
        recovered=40_00,
        open_commitments=350_00,
        weighs_next_year=120_00,
    )
    then = line_balances(line.code, 2024, date(2024, 3, 4))
    assert (then.requested, then.paid, then.payment_free, then.committed) == (250_00, 0, 550_00, 600_00)
    for side in ("commitment", "payment"):
        assert sum(Account.objects.filter(name__startswith=side).values_list("balance_cents", flat=True)) < 0
