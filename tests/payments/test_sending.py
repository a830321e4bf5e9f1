"""The file of an order is for who sent it; what was paid too much is recovered once."""

import pytest
from django.db import connection

from tests.money.making import command
from tests.payments.making import make_number, report
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.money.queries import line_balances
from veerkracht.register.payments import actions


def test_only_who_sent_it_gets_the_file_and_it_is_logged(paying, sent):
    content = actions.fetch_file(sent, by=paying.team.sender)
    assert b"<CtrlSum>600.04</CtrlSum>" in content
    exports = LogEntry.objects.filter(verb="export", object_type="order")
    assert [(one.object_id, one.detail) for one in exports] == [(sent.number, {"file": sent.file_sha256})]
    for other in (paying.team.approver, paying.team.preparer, command()):
        with pytest.raises(Refused) as caught:
            actions.fetch_file(sent, by=other)
        assert caught.value.text == Refused.TEXT
    actions.read_bank_message(report(sent, group="ACSC"), by=paying.team.reader)
    with pytest.raises(Refused):
        actions.fetch_file(sent, by=paying.team.sender)


def test_neither_names_nor_numbers_are_readable_in_the_tables_or_the_log(paying, sent):
    number = actions.fetch_file(sent, by=paying.team.sender).split(b"<CdtrAcct><Id><IBAN>")[1][:16].decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT file_sealed, message_id, text FROM payments_order")
        rows = str(cursor.fetchall())
        cursor.execute("SELECT * FROM payments_bankaccount")
        rows += str(cursor.fetchall())
    told = str(list(LogEntry.objects.values_list("detail", "purpose", "object_id")))
    assert (number in rows, number in told) == (False, False)


def test_an_account_that_changed_since_stops_the_file(paying):
    order = paying.order("approved")
    new = actions.record_account(
        paying.organisations[1], by=paying.team.preparer, number=make_number(), holder="Provider"
    )
    actions.confirm_account(new, by=paying.team.checker)
    with pytest.raises(Invalid) as caught:
        actions.send(order, by=paying.team.sender)
    assert f"{order.number}-2" in caught.value.text.en
    order.refresh_from_db()
    assert (order.state, order.message_id) == ("approved", None)


def test_what_was_paid_too_much_is_recovered_once(paying, sent):
    payment, by = sent.payments.order_by("id")[0], paying.team.preparer
    with pytest.raises(Invalid):
        actions.recover_payment(payment, by=by, cents=1, reason="Not paid yet")
    actions.read_bank_message(report(sent, group="ACSC"), by=paying.team.reader)
    actions.recover_payment(payment, by=by, cents=4_000, reason="Half the hours")
    with pytest.raises(Invalid) as caught:
        actions.recover_payment(payment, by=by, cents=6_001, reason="The rest")
    assert "60.00 euro can still be recovered; asked: 60.01" in caught.value.text.en
    actions.recover_payment(payment, by=by, cents=6_000, reason="The rest")
    assert line_balances(paying.line.code, 2024).recovered == 10_000
