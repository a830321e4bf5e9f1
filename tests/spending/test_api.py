"""The money for programs: the same levels as on the pages, in cents, unknown as null."""

from tests import factories
from tests.money import making
from tests.pages import client_of
from tests.spending.conftest import pay


def test_measures_and_lines(land):
    client = client_of(land.officer)
    found = client.get("/api/v1/money/measures").json()
    told = {one["id"]: one for one in found["measures"]}
    assert (found["year"], list(told)) == (
        2024,
        ["pay-rise", "more-budgets", "houses", "day-money-as-planned"],
    )
    assert (told["houses"]["stated"][0]["cents"], told["houses"]["booked"]) == (None, None)
    assert told["pay-rise"]["booked"] == {
        "voted_commitment": 500_000,
        "voted_payment": 300_000,
        "committed": 100_000,
        "requested": 0,
        "paid": 40_000,
        "recurrent_yearly": 120_000,
    }
    pay(land.grant, 10)
    (line,) = client.get("/api/v1/money/lines").json()["lines"]
    assert (line["code"], line["committed"], line["paid"], line["weighs_next_year"]) == (
        "PAY-1",
        100_000,
        41_000,
        120_000,
    )
    (before,) = client.get("/api/v1/money/lines?on=2024-05-14").json()["lines"]
    assert (before["commitment_voted"], before["committed"], before["paid"]) == (500_000, 0, 0)


def test_lines_go_on_after_a_code(land):
    making.make_line(10, code="ZZ-1")
    client = client_of(land.officer)
    last = client.get("/api/v1/money/lines?after=PAY-1").json()
    assert ([one["code"] for one in last["lines"]], last["after"]) == (["ZZ-1"], "")
    assert client.get("/api/v1/money/lines?on=yesterday").status_code == 422


def test_who_may_not_follow_the_money_gets_nothing(land):
    client = client_of(factories.make_actor("case-worker"))
    missing = client.get("/api/v1/money/nothing")
    for path in ("measures", "lines"):
        answer = client.get(f"/api/v1/money/{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, missing.json()["type"])
