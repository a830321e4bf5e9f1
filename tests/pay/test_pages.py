"""The pages on pay: who may open them, what they show beside what was published, and questions that can be shared."""

import csv
from datetime import date

import pytest
from django.test import Client

from tests import factories
from veerkracht import region
from veerkracht.forecast.pay import compared, cost_of_measure
from veerkracht.register import clock
from veerkracht.web import words

QUESTION = {"groups": "regionalised", "number": "5", "from_": "2025-01-01", "years": "1", "runs": "20"}
BUYS, MORE = "/en/staff/pay/buys/", "/en/staff/pay/buys/more/"


@pytest.fixture
def as_role(db):
    clock.stand_still_on(date(2024, 1, 15))

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(factories.make_user(role, username=role))
        return client

    return sign_in


def test_an_agreement_stands_beside_what_was_published_and_can_be_taken_along(as_role) -> None:
    client = as_role("admission")
    page = client.get("/en/staff/pay/").content.decode()
    found = compared(region.current(), "via6")
    assert found.agreement.cents == 412_000_000_00
    for cents in (
        found.agreement.cents,
        found.ours.median,
        found.ours.low,
        found.ours.high,
        found.written_cents,
    ):
        assert words.money_short(cents) in page
    assert "unknown" in page
    # Who may not ask the forecast isn't sent there.
    assert BUYS not in page
    rows = list(
        csv.reader(client.get("/en/staff/pay/", {"download": "pay-via6"}).content.decode().splitlines())
    )
    assert len(rows) == 1 + 5 * 3
    assert rows[1] == ["2021", "Regionalised sectors", f"{found.cost.groups[0].cents[0, 0] / 100:.2f}"]


@pytest.mark.parametrize(
    ("role", "pay", "buys"),
    [
        ("analyst", 200, 200),
        ("reader", 200, 200),
        ("budget-officer", 200, 200),
        ("admission", 200, 404),
        ("auditor", 404, 404),
        ("signer", 404, 404),
    ],
)
def test_who_may_open_them(as_role, role: str, pay: int, buys: int) -> None:
    client = as_role(role)
    assert client.get("/en/staff/pay/").status_code == pay
    assert [client.get(address, QUESTION).status_code for address in (BUYS, MORE)] == [buys, buys]


def test_a_question_stands_in_the_address_and_its_answer_says_how_sure_it_is(as_role) -> None:
    client = as_role("analyst")
    page = client.get(BUYS, QUESTION)
    assert page.status_code == 200
    text = page.content.decode()
    assert "And if every care sector rises as much?" in text
    assert "Then 0 more jobs are filled in all care (0 to 0)" in text
    assert 'value="2025-01-01"' in text
    assert MORE in text
    assert [row.is_asked for row in page.context["outcomes"]] == [True, False, False, False, False, False]
    rows = list(
        csv.DictReader(
            client.get(BUYS, {**QUESTION, "download": "outcomes"}).content.decode("utf-8-sig").splitlines()
        )
    )
    alike = [row for row in rows if row["all_rise"] == "yes"]
    assert {float(row["p50"]) for row in alike} == {0.0}
    (mine,) = [
        row
        for row in rows
        if (row["sector"], row["outcome"], row["all_rise"]) == ("residential-care", "fte", "no")
    ]
    assert float(mine["p10"]) <= float(mine["p50"]) <= float(mine["p90"])
    assert mine["year"] == "2025"


def test_posts_and_training_have_their_own_questions(as_role) -> None:
    client = as_role("analyst")
    posts = client.get(BUYS, {**QUESTION, "kind": "posts", "number": "20"})
    assert posts.context["cost"].p50 == 20_000_000_00
    assert posts.context["together"] is None
    training = client.get(BUYS, {**QUESTION, "kind": "training", "profession": "nurse", "number": "100"})
    assert training.status_code == 200
    assert "groups" not in training.context["form"].fields


def test_other_uses_of_as_much_money_and_which_number_matters(as_role) -> None:
    page = as_role("analyst").get(MORE, QUESTION)
    assert [row["name"] for row in page.context["others"]] == [
        "A rise in pay",
        "Money for extra posts",
        "Places in training",
    ]
    assert 0 <= page.context["assumed"] <= 1
    assert page.context["drawn"].rows


def test_the_register_is_said_to_count_too_little(as_role) -> None:
    page = as_role("analyst").get(BUYS, {**QUESTION, "counts": "register"})
    assert page.context["counts"] == {"used": [], "left": []}
    assert "The register counts too little of every sector" in page.content.decode()
    assert as_role("reader").get(BUYS, QUESTION).context["counts"] is None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"number": "60"}, "number"),
        ({"number": "0"}, "number"),
        ({"number": "much"}, "number"),
        ({"groups": "pilots"}, "groups"),
        ({"from_": "soon"}, "from_"),
        ({"from_": "1999-01-01"}, "from_"),
        ({"years": "40"}, "years"),
        ({"runs": "5"}, "runs"),
        ({"counts": "dreams"}, "counts"),
        ({"kind": "training", "number": "5", "profession": "clown"}, "profession"),
    ],
)
def test_what_can_not_be_asked_is_told_at_its_field(as_role, asked: dict[str, str], field: str) -> None:
    page = as_role("analyst").get(BUYS, {**QUESTION, **asked})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["bought"] is None


def test_the_page_of_a_measure_of_pay_shows_its_computed_cost_and_leads_here(as_role) -> None:
    analyst, auditor = as_role("analyst"), as_role("auditor")
    cost = cost_of_measure(region.current(), "via6-pay-regionalised")
    assert cost is not None
    address, here = "/en/money/measures/via6-pay-regionalised/", 'href="/en/staff/pay/"'
    pages = [client.get(address).content.decode() for client in (analyst, auditor)]
    # Written in the language of the page that was asked last.
    said = f"Computed from jobs, pay and percent: {words.money_short(cost.median)} a year"
    assert [(said in page, f"{here}>How" in page) for page in pages] == [(True, True), (True, False)]
    assert "Computed from jobs" not in analyst.get("/en/money/measures/via6-cheque/").content.decode()
