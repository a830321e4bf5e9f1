"""The ledger as pages and as commands: what stands on a line, what may be done to it, and for whom."""

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.money.making import broken, command, make_commitment, make_credit, make_line
from tests.pages import text_of
from tests.sharing.making import make_organisation
from veerkracht.cli import ledger as commands
from veerkracht.register import clock
from veerkracht.register.money import actions
from veerkracht.register.money.actions import PaymentOf
from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.money.queries import line_balances

pytestmark = pytest.mark.django_db
ADDRESS = "/en/money/lines/A/"


@pytest.fixture
def line(today) -> Line:
    line = make_line(1_000, 500, code="A")
    commitment = make_commitment(line, 600, on=date(2024, 3, 1), yearly_cents=120_00)
    part = [PaymentOf(commitment.pk, 200_00)]
    actions.request_payments(part, by=command(), on=today)
    actions.settle_payments(part, by=command(), on=today)
    return line


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(factories.make_user(role))
    return client


@pytest.mark.parametrize(
    ("language", "left", "head"),
    [
        ("en", "€1,000 voted (VAK), €600 is committed", "Budget lines"),
        ("nl", "van € 1.000 gestemd (VAK) is € 600 vastgelegd", "Begrotingslijnen"),
    ],
)
def test_a_line_is_shown_in_both_languages(line, language, left, head):
    client = client_of("analyst")
    listed = text_of(client.get(f"/{language}/money/lines/?year=2024"))
    shown = text_of(client.get(f"/{language}/money/lines/A/?year=2024"))
    assert (head in listed, left in shown, "C2024-0000001" in shown) == (True, True, True)
    # Who may only look is offered nothing.
    assert ('name="verb"' in client.get(ADDRESS).content.decode()) is False


def test_a_budget_officer_does_each_verb_from_the_page_and_reads_why_not(line):
    make_line(100, 100, code="B")
    make_organisation("A partner")
    client = client_of("budget-officer")
    decided = {"on": "2024-05-01", "text": "A decree", "url": ""}

    def post(verb: str, **given: str) -> tuple[int, str]:
        data = {"verb": verb, **{f"{verb}-{name}": value for name, value in given.items()}}
        answer = client.post(f"{ADDRESS}?year=2024", data)
        errors = re.findall(r'class="error"[^>]*>([^<]*)<', answer.content.decode())
        return answer.status_code, "".join(errors)

    paid = Commitment.objects.get().number
    commitment = {"kind": "grant", "on": "2024-05-02", "text": "A project", "organisation": "a partner"}
    assert post("commit", amount_cents="100,50", **commitment) == (302, "")
    assert post("vote", kind="revised", commitment_cents="-10", payment_cents="", **decided) == (302, "")
    assert post("transfer", target="B", commitment_cents="20", payment_cents="10", **decided) == (302, "")
    assert post("carry-over", commitment_cents="30", payment_cents="", **decided) == (302, "")
    assert post("reduce", number=paid, cents="50", yearly_cents="20", on="2024-05-15", text="Less") == (
        302,
        "",
    )
    assert post("recover", number=paid, cents="5", on="2024-05-15", text="Twice") == (302, "")
    kept = line_balances("A", 2024)
    assert (kept.commitment_voted, kept.committed, kept.payment_free, kept.paid, kept.recovered) == (
        940_00,
        650_50,
        290_00,
        195_00,
        5_00,
    )
    assert post("commit", amount_cents="0,125", **commitment) == (
        422,
        "This is no amount in euro: 0,125. Write it as 20000000 or 20.000.000.",
    )
    assert post("commit", amount_cents="$ 5", **commitment)[0] == 422
    assert post("commit", amount_cents="900", **commitment) == (
        422,
        "Line A has 239.50 euro left to commit for 2024 (VAK); asked: 900.00 euro. "
        "Counted on the day since 2024-05-02 on which there is least.",
    )
    nobody = commitment | {"organisation": "Nobody"}
    assert post("commit", amount_cents="1", **nobody) == (422, "There is no organisation “Nobody”.")
    assert post("reduce", number="C1", cents="1", yearly_cents="", on="2024-05-15", text="x") == (
        422,
        "Line A has no commitment “C1”.",
    )
    assert post("correct", entry="999999", on="2024-05-15", text="x") == (422, "Line A has no entry 999999.")
    assert post("transfer", target="X", commitment_cents="1", payment_cents="", **decided)[0] == 422
    assert client.post(ADDRESS, {"verb": "steal"}).status_code == 404
    new = {"verb": "open", "open-code": "C", "open-name_nl": "x", "open-name_en": "x", "open-measure": ""}
    made = client.post("/en/money/lines/", new | {"open-from_date": "2024-01-01"})
    assert (made.status_code, made["location"]) == (302, "/en/money/lines/C/")
    assert broken() == []


def test_files_hold_what_the_pages_show(line):
    client = client_of("reader")

    def rows(address: str) -> list[str]:
        return client.get(address).content.decode().removeprefix("\ufeff").splitlines()

    assert rows("/en/money/lines/export.csv?year=2024")[1] == (
        "A,A line,,,,False,2024,1000.00,600.00,400.00,0.00,500.00,0.00,200.00,300.00,0.00,0.00,400.00,120.00"
    )
    assert rows(f"{ADDRESS}?year=2024&download=commitments")[1:] == [
        "C2024-0000001,2024,grant,A grant,,2024-03-01,,600.00,0.00,200.00,0.00,400.00,120.00,True"
    ]
    entries = [row.split(",") for row in rows(f"{ADDRESS}?year=2024&download=entries")[1:]]
    assert [(row[4], row[7]) for row in entries] == [
        ("settled", "200.00"),
        ("requested", "200.00"),
        ("committed", "600.00"),
        ("credited", "1000.00"),
        ("credited", "500.00"),
    ]
    assert rows("/en/money/year-end/?year=2024&download=lines")[1] == (
        "A,A line,2024,open,400.00,300.00,0.00,0.00,0.00,400.00,120.00,"
    )
    assert client.get(f"{ADDRESS}?download=persons").status_code == 404


def test_a_treasurer_closes_and_opens_a_year_from_the_page(line):
    page = "/en/money/year-end/"
    treasurer, officer = client_of("treasurer"), client_of("budget-officer")
    before = text_of(officer.get(f"{page}?year=2024"))
    # What nobody voted yet is not too little.
    assert ("not voted yet" in before, "short" in before) == (True, False)
    make_credit(line, 100, year=2025, on=clock.today())
    assert "€20 short" in text_of(officer.get(f"{page}?year=2024"))
    clock.stand_still_on(date(2025, 1, 3))
    assert officer.post(f"{page}?year=2024", {"verb": "close"}).status_code == 404
    refused = treasurer.post(f"{page}?year=2025", {"verb": "open"})
    assert (refused.status_code, "A: VAK 100.00 euro, needed 120.00 euro" in text_of(refused)) == (422, True)
    make_credit(line, 20, year=2025, on=date(2025, 1, 2), kind="revised")
    assert treasurer.post(f"{page}?year=2025", {"verb": "open"}).status_code == 302
    assert treasurer.post(f"{page}?year=2024", {"verb": "close"}).status_code == 302
    closed = text_of(treasurer.get(f"{page}?year=2024"))
    assert ("Closed" in closed, "VAK that lapsed €400" in closed) == (True, True)


def test_who_may_not_see_money_can_not_tell_that_a_line_is_there(line):
    stranger, analyst = client_of("case-worker"), client_of("analyst")
    answers = [stranger.get(f"/en/money/lines/{code}/") for code in ("A", "NOWHERE")]
    assert [one.status_code for one in answers] == [404, 404]
    assert text_of(answers[0]) == text_of(answers[1])
    assert analyst.get("/en/money/lines/NOWHERE/").status_code == 404
    assert analyst.get("/en/money/lines/?year=nonsense").status_code == 200


def test_a_list_asks_the_same_of_the_database_for_one_line_and_for_three(line):
    client = client_of("analyst")

    def queries() -> dict[str, int]:
        found = {}
        for address in (
            "/en/money/lines/?year=2024",
            f"{ADDRESS}?year=2024",
            "/en/money/year-end/?year=2024",
        ):
            client.get(address)
            with CaptureQueriesContext(connections["default"]) as asked:
                assert client.get(address).status_code == 200
            found[address] = len(asked)
        return found

    before = queries()
    for code in ("B", "C"):
        other = make_line(1_000, 500, code=code)
        make_commitment(other, 10, yearly_cents=1_00)
        make_commitment(line, 10)
    assert queries() == before


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(commands.command, words, standalone_mode=False)
    return done.exit_code, done.stdout


def test_the_same_by_command(line):
    treasurer = factories.make_user("treasurer").username
    code, said = run("balance", "A", "--on", "2024-03-01", "--json")
    assert (code, json.loads(said)["cents"]["committed"], json.loads(said)["cents"]["paid"]) == (0, 600_00, 0)
    (listed,) = json.loads(run("lines", "--year", "2024", "--json")[1])
    assert (listed["line"], listed["cents"]["payment_free"]) == ("A", 300_00)
    assert "600.00" in run("lines")[1]
    assert run("balance", "NOWHERE")[0] == 1
    assert run("open-year", "2025", "--as", treasurer)[0] == 1
    clock.stand_still_on(date(2025, 1, 3))
    make_credit(line, 120, year=2025, on=date(2025, 1, 2))
    assert run("open-year", "2025", "--as", treasurer)[0] == 0
    closed = json.loads(run("close-year", "2024", "--as", treasurer, "--json")[1])
    assert closed["lines"] == [
        {"code": "A", "commitment_cents": 400_00, "payment_cents": 300_00, "open_cents": 400_00}
    ]
