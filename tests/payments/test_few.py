"""Who only reads sees no amount of fewer persons than the region asks; who takes a step sees the total."""

import pytest
from click.testing import CliRunner

from tests.factories import make_actor, make_person
from tests.money.making import make_commitment
from tests.payments.making import Paying, report
from tests.payments.test_pages import OVERVIEW, address, client_of, text_of
from veerkracht import region
from veerkracht.cli import payments as command_line
from veerkracht.register import clock
from veerkracht.register.payments import actions, queries
from veerkracht.register.payments.models import Order

LEAST = 5
HIDDEN = "fewer than 5 persons: amount not shown"


def to_persons(paying: Paying, persons: int, state: str = "prepared") -> Order:
    """An order that pays a grant of 100 euro to an organisation, and 1.01 euro, 2.01 euro and so on to persons."""
    payments = [paying.payment()]
    for euro in range(1, persons + 1):
        account = paying.team.give_account(make_person())
        loose = make_commitment(paying.line, 10)
        payments.append(actions.NewPayment(loose, euro * 100 + 1, account, "Once"))
    order = actions.prepare_order(
        paying.line, by=paying.team.preparer, due_on=clock.today(), payments=payments, text="Both"
    )
    if state == "sent":
        team = paying.team
        order = actions.check(order, by=team.checker)
        order = actions.approve(order, by=team.approver)
        order = actions.send(order, by=team.sender)
    return order


@pytest.mark.parametrize(
    ("persons", "total", "together"), [(1, None, None), (LEAST - 1, None, None), (LEAST, 11_505, 1_505)]
)
def test_too_few_persons_are_told_of_without_amounts(paying, persons, total, together):
    assert region.current().disclosure.threshold == LEAST
    order, auditor = to_persons(paying, persons), make_actor("auditor")
    whole = order.total_cents
    view = queries.order_view(auditor, order.number)
    rows = queries.order_rows(auditor)
    assert (view.order.total_cents, [one.total_cents for one in rows]) == (total, [total])
    assert [(one.count, one.cents) for one in view.to_people] == [(persons, together)]
    assert [one.cents for one in view.payments] == [10_000]
    # Who checks the order sees what it comes to, and of the persons no more than others.
    check = queries.order_view(paying.team.checker, order.number)
    assert (check.order.total_cents, check.to_people) == (whole, view.to_people)
    assert queries.order_view(paying.team.reader, order.number).order.total_cents == whole


def test_no_page_file_or_command_shows_the_amount_of_too_few(paying):
    order = to_persons(paying, 1)
    client = client_of(make_actor("auditor"))
    pages = [client.get(path) for path in (OVERVIEW, address(order))]
    assert [text_of(page).count(HIDDEN) for page in pages] == [1, 2]
    assert "minder dan 5 personen: bedrag niet getoond" in text_of(client.get(address(order, "nl")))
    file = client.get(f"{OVERVIEW}export.csv").content.decode("utf-8-sig").splitlines()
    assert file[1] == f"{order.number},{order.line.code},prepared,,2024-05-15,2,,,False,{HIDDEN}"
    told = [
        CliRunner().invoke(command_line.command, words).output for words in (["list"], ["list", "--json"])
    ]
    assert [HIDDEN in one for one in told] == [True, True]
    every = " ".join([*(text_of(page) for page in pages), *file, *told])
    # The total and what of it is the person's, as each of these would write it.
    assert [one for one in ("101.01", "10101", "10,101", "1.01", '"cents": 101') if one in every] == []
    assert "€101.01" in text_of(client_of(paying.team.checker).get(address(order)))


def test_what_the_bank_rejects_of_one_is_not_what_the_total_leaves(paying):
    order = to_persons(paying, LEAST + 1, "sent")
    ids = list(order.payments.order_by("id").values_list("end_to_end_id", flat=True))
    by, auditor = paying.team.reader, make_actor("auditor")
    paid = [(one, "ACSC") for one in ids[:-1]]
    actions.read_bank_message(report(order, statuses=paid), by=by)
    first = queries.message_rows(auditor)
    assert [(one.paid, one.paid_cents) for one in first] == [(LEAST + 1, None)]
    actions.read_bank_message(report(order, statuses=[(ids[-1], "RJCT", "AC04")]), by=by)
    view = queries.order_view(auditor, order.number)
    assert view.order.total_cents == order.total_cents
    assert [(one.state, one.count, one.cents) for one in view.to_people] == [
        ("paid", LEAST, None),
        ("rejected", 1, None),
    ]
    assert [(one.paid_cents, one.rejected_cents, one.hidden.en) for one in queries.message_rows(auditor)] == [
        (None, None, HIDDEN),
        (None, None, HIDDEN),
    ]
    page = text_of(client_of(auditor).get(f"{OVERVIEW}bank/"))
    assert (page.count(HIDDEN), "€6.01" in page) == (2, False)
