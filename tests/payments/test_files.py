"""The file for the bank, and how a region says that it pays; without a database."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.payments.making import booked, make_number, statement
from tests.region.conftest import REGIONS, folder, spoil, testland
from veerkracht import region
from veerkracht.register.errors import Invalid
from veerkracht.register.payments.files import order_file, reading
from veerkracht.register.payments.files.order_file import Payee, Payer

__all__ = ["folder", "spoil", "testland"]
NINE = "pain.001.001.09"
PAYER = Payer("Agentschap & Co", "BE60999000000070", "EUR")


def made(payees: list[Payee], schema: str = NINE, payer: Payer = PAYER) -> str:
    at = datetime(2024, 5, 15, 9, tzinfo=UTC)
    found = order_file.make(schema, payer, payees, order="B-0000001", due_on=date(2024, 5, 16), at=at)
    assert found.message_id.startswith("B-0000001-")
    assert f"<MsgId>{found.message_id}</MsgId>" in found.content.decode()
    return found.content.decode()


@given(st.lists(st.integers(1, 10**13), min_size=1, max_size=5))
@settings(max_examples=20)
def test_the_sum_the_count_and_each_amount_are_exact(amounts):
    payees = [
        Payee("Fien", make_number(1), cents, "May", f"B-1-{place}") for place, cents in enumerate(amounts)
    ]
    text = made(payees)
    total = sum(amounts)
    assert re.findall(r"<CtrlSum>([\d.]+)</CtrlSum>", text) == [f"{total // 100}.{total % 100:02d}"] * 2
    assert re.findall(r"<NbOfTxs>(\d+)</NbOfTxs>", text) == [str(len(amounts))] * 2
    paid = re.findall(r'<InstdAmt Ccy="EUR">(\d+)\.(\d\d)</InstdAmt>', text)
    assert [int(whole) * 100 + int(part) for whole, part in paid] == amounts


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_whatever_a_name_or_text_holds_the_bank_can_read_it(text):
    assert re.fullmatch(r"[A-Za-z0-9/?:().,'+ -]{1,70}", order_file.plain(text, 70))


def test_a_name_is_written_in_the_letters_that_every_bank_passes_on():
    text = made([Payee("Zoë Müller & Zoon <vzw>", make_number(1), 5, "“Mei” €5", "B-1-1")])
    assert ("<Nm>Zoe Muller Zoon vzw</Nm>" in text, "<Ustrd>Mei EUR5</Ustrd>" in text) == (True, True)
    assert "<CreDtTm>2024-05-15T09:00:00</CreDtTm>" in text
    assert "<Cd>SEPA</Cd>" in text


@pytest.mark.parametrize(
    ("payee", "found"),
    [
        (Payee("Fien", "no account", 5, "May", "B-1-1"), "IBAN"),
        (Payee("Fien", make_number(1), 5, "May", "B" * 36), "EndToEndId"),
        (Payee("Fien", make_number(1), 10**21, "May", "B-1-1"), "CtrlSum"),
    ],
)
def test_a_file_that_its_schema_does_not_accept_is_never_made(payee, found):
    with pytest.raises(Invalid) as caught:
        made([payee])
    assert found in caught.value.text.en


@pytest.mark.parametrize(
    ("limit", "most", "found"),
    [("MOST_BYTES", 500, "bytes; expected: 500."), ("MOST_ELEMENTS", 20, "elements; expected: 20.")],
)
def test_a_message_beyond_what_a_server_can_hold_is_refused(monkeypatch, limit, most, found):
    entry = booked("1.00", ids=["B-0000001-1"])
    small, large = statement(entry), statement(entry, booked("2.00", ids=["B-0000001-2"]))
    monkeypatch.setattr(reading, limit, most)
    assert [one.cents for one in reading.read(small, ["camt.053.001.08"]).statuses] == [100]
    with pytest.raises(Invalid) as caught:
        reading.read(large, ["camt.053.001.08"])
    assert found in caught.value.text.en


def test_what_nobody_reads_of_a_statement_is_not_kept():
    entry = booked("1.00", ids=["B-0000001-1"])
    told = "<RltdPties><Cdtr><Nm>Fien</Nm></Cdtr></RltdPties><RmtInf><Ustrd>May</Ustrd></RmtInf></TxDtls>"
    whole = statement(entry.replace("</TxDtls>", told), id="BANK-A")
    kept = ElementTree.tostring(reading._tree(whole)).decode()
    assert ("Fien" in kept, "May" in kept, "B-0000001-1" in kept) == (False, False, True)
    plain = reading.read(statement(entry, id="BANK-A"), ["camt.053.001.08"])
    assert reading.read(whole, ["camt.053.001.08"]) == plain


def test_another_region_pays_in_its_own_money_by_its_own_message(testland: region.Region):
    rules = testland.payments
    payer = Payer("Testland", rules.demo_accounts[0], testland.currency)
    text = made([Payee("Bo", rules.demo_accounts[1], 5, "May", "B-1-1")], rules.order_file, payer)
    assert ('Ccy="GBP">0.05<' in text, "pain.001.001.03" in text, "SEPA" in text) == (True, True, False)


def test_a_message_without_a_schema_is_no_message():
    with pytest.raises(Invalid) as caught:
        made([], "pain.001.001.99")
    assert "no schema for pain.001.001.99" in caught.value.text.en


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('["iban"]', '["iban2"]', "payments.bank_accounts[1]: There is no such number scheme."),
        ('["iban"]', "[]", "payments.bank_accounts: Accounts can't be checked by no scheme."),
        (
            "pain.001.001.03",
            "pain.008.001.02",
            "payments.order_file: This is no message that orders payments.",
        ),
        ("pain.002.001.03", "camt.052.001.08", "payments.answer_files[1]: This is no answer of a bank."),
        ("step_days = 2", "step_days = 0", "payments.step_days: This number is not possible here."),
        ("answer_days = 1", "answer_day = 1", "payments.answer_days: This is missing."),
        ("GB", "GX", "payments.demo_accounts[1]: This number is not right by its scheme."),
    ],
)
def test_a_fault_in_how_a_region_pays_is_named(spoil: Callable[[str, str, str], Path], old, new, fault):
    text = (REGIONS / "testland" / "region.toml").read_text()
    part = text[text.index("[payments]") :]
    spoilt = spoil("region.toml", part, part.replace(old, new, 1))
    assert [one for one in map(str, region.check(spoilt)) if fault in one] != []
