"""The pages of payments: what each role is shown, and each step by its form."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_person, make_request
from tests.money.making import make_commitment, make_line
from tests.pages import client_of
from tests.payments.making import Team, booked, make_budget, make_number, report, statement
from veerkracht.register import clock
from veerkracht.register.payments import actions
from veerkracht.register.payments.models import BankAccount, BankMessage, Order
from veerkracht.register.people.models import Organisation

OVERVIEW = "/en/money/payments/"


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def address(order: Order, language: str = "en") -> str:
    return f"/{language}/money/payments/{order.number}/"


def test_an_order_is_prepared_and_released_by_four_people_and_answered(paying):
    team, line = paying.team, paying.line
    given = {"what": "order", "text": "Grants of May", "due_on": "2024-05-16"}
    given |= {f"amount-{paying.commitments[0].pk}": "1.000,00", f"amount-{paying.commitments[1].pk}": "0,50"}
    preparer = client_of(team.preparer)
    done = preparer.post(f"{OVERVIEW}new/?line={line.code}", given)
    order = Order.objects.get()
    assert (done.status_code, done["Location"], order.total_cents) == (302, address(order), 100_050)
    assert "somebody else takes the next" in text_of(preparer.get(address(order)))
    for actor, step, button in (
        (team.checker, "checked", "I have checked it"),
        (team.approver, "approved", "Approve"),
        (team.sender, "sent", "Make the file and send"),
    ):
        client = client_of(actor)
        assert button in text_of(client.get(address(order)))
        order.refresh_from_db()
        assert client.post(address(order), {"step": step, "version": order.version}).status_code == 302
    order.refresh_from_db()
    file = client_of(team.sender).get(f"{address(order)}file/")
    assert (file["Content-Disposition"], file["Cache-Control"]) == (
        f'attachment; filename="{order.number}.xml"',
        "private, no-store",
    )
    assert b"<CtrlSum>1000.50</CtrlSum>" in file.content
    for other in (team.approver, team.checker, make_actor("auditor")):
        assert client_of(other).get(f"{address(order)}file/").status_code == 404
    upload = SimpleUploadedFile("answer.xml", report(order, group="ACSC"))
    page = text_of(client_of(team.reader).post(f"{OVERVIEW}bank/", {"file": upload}, follow=True))
    assert ("2 payments are paid; 0 rejected, 0 still wait." in page, "€1,000.50" in page) == (True, True)
    assert "The bank has answered on every payment." in text_of(preparer.get(address(order)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "", "due_on": "2024-05-16"}, "This field is required."),
        ({"text": "x", "due_on": "2024-05-16"}, "An order has 1 to 100,000 payments; found: 0."),
        (
            {"text": "x", "due_on": "2024-05-16", "amount": "1000.01"},
            "1,000.00 euro is still open; asked: 1,000.01",
        ),
        (
            {"text": "x", "due_on": "2024-05-16", "amount": "-1"},
            "An amount is more than zero euro; found: -1.00",
        ),
        ({"text": "x", "due_on": "2024-05-16", "amount": "1.0001"}, "This is no amount in euro: 1.0001."),
        ({"text": "x", "due_on": "2024-05-14", "amount": "1"}, "Payment is from today (2024-05-15) on"),
    ],
)
def test_a_wrong_order_is_shown_again_with_what_is_wrong(paying, given, said):
    amount = given.get("amount")
    asked = {"what": "order", **given} | ({f"amount-{paying.commitments[0].pk}": amount} if amount else {})
    shown = client_of(paying.team.preparer).post(f"{OVERVIEW}new/?line={paying.line.code}", asked)
    assert (shown.status_code, Order.objects.count()) == (422, 0)
    assert said in text_of(shown)


def test_a_step_is_refused_with_a_reason_and_two_editors_are_told(paying):
    order, client = paying.order(), client_of(paying.team.checker)
    without = client.post(address(order), {"step": "refused", "version": 1, "reason": ""})
    assert (without.status_code, "This field is required." in text_of(without)) == (422, True)
    assert client.post(address(order), {"step": "checked", "version": 9}).status_code == 409
    assert (
        client.post(address(order), {"step": "refused", "version": 1, "reason": "Twice"}).status_code == 302
    )
    page = text_of(client_of(paying.team.preparer).get(address(order)))
    assert ("refused Bob Checks: “Twice”" in page, "Nothing was paid" in page) == (True, True)


@pytest.mark.parametrize(
    ("role", "paths", "status"),
    [
        ("budget-officer", ("", "new/", "bank/", "accounts/"), [200, 200, 200, 200]),
        ("treasurer", ("", "new/", "bank/", "accounts/"), [200, 404, 200, 404]),
        ("auditor", ("", "new/", "bank/", "accounts/"), [200, 404, 200, 404]),
        ("measure-owner", ("", "new/", "bank/", "accounts/"), [404, 404, 404, 404]),
        ("officer", ("", "new/", "bank/", "accounts/"), [404, 404, 404, 404]),
    ],
)
def test_each_role_opens_its_own_pages_and_no_others(paying, role, paths, status):
    order, client = paying.order(), client_of(make_actor(role))
    assert [client.get(OVERVIEW + path).status_code for path in paths] == status
    there, not_there = client.get(address(order)), client.get(f"{OVERVIEW}B-9999999/")
    assert (there.status_code, not_there.status_code) == (status[0], 404)
    if status[0] == 404:
        assert text_of(there).replace(order.number, "") == text_of(not_there).replace("B-9999999", "")


def test_no_page_tells_about_a_person(today):
    team = Team()
    line = make_line(1_000, programme="personal-budget", hands_out=True)
    make_commitment(line, 900, kind="round", on=date(2024, 1, 1))
    person = make_person(given="Zaza", family="Zichtbaar")
    make_budget(120_000, person)
    account = team.give_account(person, holder="Zaza Zichtbaar")
    held_back = make_person(given="Yara", family="Zichtbaar")
    make_budget(60_000, held_back)
    preparer = client_of(team.preparer)
    asked = {"what": "month", "month": "2024-05-10"}
    shown = preparer.post(f"{OVERVIEW}new/?line={line.code}", asked, follow=True)
    order = Order.objects.get()
    assert "1 budget of 50.00 euro is held back: no account" in text_of(shown)
    assert "To persons Here stand totals only" in text_of(shown)
    pages = [shown, *(preparer.get(path) for path in (OVERVIEW, address(order), f"{OVERVIEW}accounts/"))]
    recorded = actions.record_account(person, by=make_actor("officer"), number=make_number(), holder="Zaza")
    pages += [preparer.get(f"{OVERVIEW}accounts/"), preparer.get(f"{OVERVIEW}new/?line={line.code}")]
    told = " ".join(page.content.decode() for page in pages)
    # No name, no number of theirs, and nothing of the account but what stands for nobody.
    found = [one for one in ("Zaza", "Yara", "Zichtbaar", person.number, held_back.number) if one in told]
    assert found == []
    one = order.payments.get()
    for path in (f"recover/{one.end_to_end_id}/", "recover/B-9999999-1/"):
        assert preparer.get(OVERVIEW + path).status_code == 404
    for id in (account.pk, recorded.pk, 999_999):
        answer = preparer.post(f"{OVERVIEW}accounts/{id}/", {"version": 1, "confirm": "yes"})
        assert answer.status_code == 404


def test_an_account_is_recorded_by_one_and_confirmed_by_another(today):
    team, client = Team(), client_of
    provider = Organisation.objects.create(name="Provider", kind="provider")
    given = {
        "organisation": provider.pk,
        "number": "BE61 9990 0000 0070",
        "holder": "vzw",
        "from_date": "2024-05-15",
    }
    first, second = client(team.preparer), client(team.checker)
    wrong = first.post(f"{OVERVIEW}accounts/", given)
    assert (wrong.status_code, "found 61, expected 60" in text_of(wrong)) == (422, True)
    assert first.post(f"{OVERVIEW}accounts/", given | {"number": "BE60 9990 0000 0070"}).status_code == 302
    account = BankAccount.objects.get(organisation=provider)
    page = text_of(first.get(f"{OVERVIEW}accounts/"))
    assert ("BE.. .... 0070" in page, "You recorded it" in page, "999000" in page) == (True, True, False)
    decide = f"{OVERVIEW}accounts/{account.pk}/"
    first.post(decide, {"version": 1, "confirm": "yes"})
    account.refresh_from_db()
    assert account.state == "recorded"
    second.post(decide, {"version": 1, "refuse": "yes", "reason": ""})
    second.post(decide, {"version": 1, "confirm": "yes"})
    account.refresh_from_db()
    assert account.state == "confirmed"


def test_an_enterprise_number_is_recorded_by_the_page(today):
    team = Team()
    provider = Organisation.objects.create(name="Provider", kind="provider")
    client, page = client_of(team.preparer), f"{OVERVIEW}accounts/number/"
    wrong = client.post(page, {"organisation": provider.pk, "enterprise_number": "0999.900.052"})
    assert (wrong.status_code, "“0999.900.052” is no valid enterprise number" in text_of(wrong)) == (
        422,
        True,
    )
    asked = {"organisation": provider.pk, "enterprise_number": "0999.900.051"}
    assert client_of(team.reader).post(page, asked).status_code == 404
    assert client.post(page, asked).status_code == 302
    provider.refresh_from_db()
    assert provider.enterprise_number == "0999900051"


def test_the_account_of_a_person_stands_beside_their_file(today):
    request = make_request()
    page = f"/en/file/{request.number}/account/"
    first, second = client_of(make_actor("officer")), client_of(make_actor("officer"))
    given = {"number": "BE60 9990 0000 0070", "holder": "Fien Voorbeeld", "from_date": "2024-05-15"}
    assert first.post(page, given).status_code == 302
    account = BankAccount.objects.get()
    assert "BE.. .... 0070 waits for a second person" in text_of(second.get(page))
    second.post(page, {"id": account.pk, "version": 1, "confirm": "yes"})
    account.refresh_from_db()
    assert (account.person_id, account.state) == (request.person_id, "confirmed")
    for role in ("reader", "budget-officer", "treasurer"):
        assert client_of(make_actor(role)).get(page).status_code == 404


def test_what_was_paid_too_much_is_asked_back_by_the_page(paying):
    order = paying.order("sent")
    actions.read_bank_message(report(order, group="ACSC"), by=paying.team.reader)
    page = f"{OVERVIEW}recover/{order.number}-1/"
    client = client_of(paying.team.preparer)
    wrong = client.post(page, {"cents": "100,01", "reason": "Too much"})
    assert (wrong.status_code, "100.00 euro can still be recovered" in text_of(wrong)) == (422, True)
    assert client.post(page, {"cents": "40", "reason": "Too much"}).status_code == 302
    assert "€40 asked back" in text_of(client.get(address(order)))
    assert client_of(paying.team.reader).get(page).status_code == 404


def test_a_statement_says_how_many_of_its_entries_are_not_ours(paying):
    order, client = paying.order("sent"), client_of(paying.team.reader)
    entries = booked("600.04", batch=order.message_id), booked("5.00", ids=["SALARIES-7"])
    upload = SimpleUploadedFile("answer.xml", statement(*entries))
    page = text_of(client.post(f"{OVERVIEW}bank/", {"file": upload}, follow=True))
    assert "3 payments are paid; 0 rejected, 0 still wait." in page
    assert "1 entry is not ours, and left aside." in page


def test_a_wrong_message_of_the_bank_stands_at_its_field(paying):
    order, client = paying.order("sent"), client_of(paying.team.reader)
    upload = SimpleUploadedFile("answer.xml", report(order, group="ACSC", total="1.00"))
    shown = client.post(f"{OVERVIEW}bank/", {"file": upload})
    assert (shown.status_code, BankMessage.objects.count()) == (422, 0)
    assert "found: 1.00; expected: 600.04. Nothing was changed." in text_of(shown)
    assert client_of(paying.team.checker).post(f"{OVERVIEW}bank/", {"file": upload}).status_code == 404


def test_the_overview_is_in_dutch_names_what_is_stuck_and_asks_as_much_of_many_as_of_one(paying):
    paying.order("sent", cents=[100])
    client = client_of(paying.team.checker)
    clock.stand_still_on(date(2024, 5, 22))

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page = text_of(client.get("/nl/money/payments/?state=sent"))
        assert "al 4 werkdagen geen antwoord van de bank (hoogstens 3)" in page
        return len(found)

    before = asked()
    clock.stand_still_on(date(2024, 5, 15))
    for _ in range(2):
        paying.order("sent", cents=[100, 200])
    clock.stand_still_on(date(2024, 5, 22))
    assert asked() == before
    lines = client.get("/en/money/payments/export.csv?state=sent").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[-1] == (
        f"B-0000001,{paying.line.code},sent,,2024-05-15,1,100,"
        "no answer of the bank for 4 working days (3 at most),False,"
    )


def test_an_order_asks_as_much_of_three_payments_as_of_one(paying):
    client = client_of(paying.team.checker)

    def asked(order: Order) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(order)).status_code == 200
        return len(found)

    assert asked(paying.order(cents=[100])) == asked(paying.order(cents=[100, 200, 300]))
