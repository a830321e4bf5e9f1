"""What is stuck raises an alarm: in the list, among the numbers of the server, and as an exit code."""

from datetime import date

import pytest
from click.testing import CliRunner

from tests.factories import make_actor
from tests.payments.making import Paying, report
from veerkracht.cli import payments as command_line
from veerkracht.register import clock, readiness, verify
from veerkracht.register.money.models import Commitment
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.models import Order, OrderStep, Payment
from veerkracht.register.payments.stuck import stuck, working_days


def names() -> list[tuple[str, str]]:
    return [(one.state, one.why.en) for one in stuck()]


def test_working_days_leave_out_weekends_and_holidays():
    # From Wednesday 15 to Tuesday 21 May 2024, with Whit Monday in between.
    assert working_days(date(2024, 5, 15), date(2024, 5, 21)) == 3
    assert working_days(date(2024, 5, 15), date(2024, 5, 15)) == 0


def test_a_step_not_taken_and_an_answer_not_come_are_alarms(paying):
    paying.order("checked", cents=[100])
    sent = paying.order("sent", cents=[200])
    assert names() == []
    clock.stand_still_on(date(2024, 5, 16))
    assert names() == [("checked", "due on 2024-05-15, and not sent yet")]
    clock.stand_still_on(date(2024, 5, 22))
    assert names() == [
        ("checked", "no next step for 4 working days (3 at most)"),
        ("sent", "no answer of the bank for 4 working days (3 at most)"),
    ]
    numbers = {name: counts for name, _, counts in readiness.numbers()}
    assert numbers["payment_orders_stuck"] == {"prepared": 0, "checked": 1, "approved": 0, "sent": 1}
    assert numbers["payment_orders"] == {"checked": 1, "sent": 1}
    assert [one.state for one in queries.stuck_rows(paying.team.checker)] == ["checked", "sent"]
    actions.read_bank_message(report(sent, group="ACSC"), by=paying.team.reader)
    assert [state for state, _ in names()] == ["checked"]


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(command_line.command, words, standalone_mode=False)
    code = done.return_value if isinstance(done.return_value, int) else done.exit_code
    return code, done.output


def test_the_command_says_what_is_stuck_and_reads_the_bank(paying, tmp_path):
    assert run("stuck") == (0, "Nothing is stuck.\n")
    sent = paying.order("sent")
    clock.stand_still_on(date(2024, 5, 22))
    code, told = run("stuck")
    assert (code, sent.number in told) == (1, True)
    file = tmp_path / "answer.xml"
    file.write_bytes(report(sent, group="ACSC", id="BANK-1"))
    assert run("read-bank", str(file)) == (
        0,
        f"pain.002.001.10 BANK-1: 3 paid (600.04 euro), 0 rejected (0.00 euro), 0 still wait. Orders: {sent.number}.\n",
    )
    assert run("stuck")[0] == 0
    assert sent.number in run("list", "--state", "done")[1]


def test_a_month_is_prepared_by_command_in_somebody_s_name(today):
    paying = Paying(programme="personal-budget")
    user = paying.team.preparer.user.username
    code, told = run("prepare-budgets", paying.line.code, "--month", "2024-05", "--as", user)
    assert (code, told) == (0, "Nobody is paid by this: there is no order.\n")


# -- what verify finds ---------------------------------------------------------------------------------------


def pay_by_hand() -> None:
    Payment.objects.update(state="cancelled")


def forget_what_the_bank_said() -> None:
    Payment.objects.filter(state="paid").update(state="requested")


def count_wrong() -> None:
    Order.objects.update(total_cents=1)


def skip_a_step() -> None:
    Order.objects.filter(state="prepared").update(state="approved")


def take_two_steps() -> None:
    order = Order.objects.get(state="prepared")
    OrderStep.objects.create(order=order, step="checked", by=None, by_name="Nobody", at=clock.now())


def end_too_early() -> None:
    Order.objects.filter(state="prepared").update(state="refused")


@pytest.fixture
def lived_in(paying) -> Paying:
    paying.order("prepared", cents=[100])
    sent = paying.order("sent", cents=[200, 300])
    actions.read_bank_message(report(sent, group="ACSC"), by=paying.team.reader)
    # Where nothing is invented, whatever stands paid was paid by word of the bank.
    Commitment.objects.update(fictitious=False)
    return paying


@pytest.mark.parametrize(
    ("breaks", "named"),
    [
        (pay_by_hand, ["requested_is_what_open_orders_ask", "paid_is_what_the_bank_said"]),
        (
            forget_what_the_bank_said,
            [
                "requested_is_what_open_orders_ask",
                "paid_is_what_the_bank_said",
                "payments_are_over_when_their_order_is",
            ],
        ),
        (count_wrong, ["order_is_the_sum_of_its_payments"]),
        (skip_a_step, ["order_is_where_its_steps_say"]),
        (take_two_steps, ["order_is_where_its_steps_say"]),
        (end_too_early, ["order_is_where_its_steps_say", "payments_are_over_when_their_order_is"]),
    ],
)
def test_each_invariant_is_found_broken(lived_in, breaks, named):
    assert verify.run() == []
    breaks()
    assert [one.name for one in verify.run()] == named


def test_lists_take_as_many_queries_for_three_orders_as_for_one(paying, django_assert_num_queries):
    reader = make_actor("auditor")

    def asked() -> None:
        queries.order_rows(reader)
        queries.stuck_rows(reader)
        queries.counts_by_state(reader)
        queries.accounts_to_confirm(paying.team.checker)

    paying.order("prepared", cents=[100])
    for _ in range(2):
        with django_assert_num_queries(7):
            asked()
        for _ in range(2):
            paying.order("checked", cents=[100, 200])
    first = queries.order_rows(reader, limit=2)
    rest = queries.order_rows(reader, before=first[-1].id, limit=9)
    assert [one.id for one in first + rest] == sorted((one.id for one in first + rest), reverse=True)
    assert len(first + rest) == 5
