"""The pages about money: what they show, to whom, with how many queries, and what goes along as a file."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.money import making
from tests.pages import client_of
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply.models import Service

PAGES = (
    "money/",
    "money/?money=planned&returns=once",
    "money/envelopes/promise/",
    "money/measures/",
    "money/measures/pay-rise/",
    "money/left/",
    "money/areas/",
    "money/time/",
    "money/decisions/",
    "money/sentences/",
    "money/questions/",
)
FILES = (
    "money/?download=envelopes",
    "money/?download=money-flow",
    "money/envelopes/promise/?download=envelopes",
    "money/measures/?download=measures",
    "money/measures/pay-rise/?download=events",
    "money/measures/pay-rise/?download=money-years",
    "money/left/?download=left",
    "money/areas/?download=areas",
    "money/areas/?download=grants",
    "money/areas/?download=grants-by-area",
    "money/areas/?download=money-by-area",
    "money/time/?download=money-new-yearly",
    "money/decisions/?download=events",
    "money/sentences/?download=sentences",
    "money/questions/?download=questions",
)


def words_of(client: Client, path: str) -> str:
    html = client.get(f"/en/{path}").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    text = client.get(f"/en/{path}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def hidden(land) -> tuple[str, ...]:
    """What could leak: somebody with a budget, and a refuge that gets a grant."""
    person = factories.make_person(given="Zoe", family="Geheim", area="west")
    refuge = Organisation.objects.create(name="The refuge", kind="provider")
    Service.objects.create(
        organisation=refuge, programme="home-place", name="Hidden house", area="west", secret=True
    )
    making.make_commitment(land.line, 77, organisation=refuge, text="For Zoe Geheim")
    return ("Zoe", "Geheim", person.number, "The refuge", "Hidden house")


def test_every_page_and_file_opens_and_tells_nothing_of_a_person(land, hidden):
    client = client_of(land.officer)
    for path in (*PAGES, *FILES):
        answer = client.get(f"/en/{path}")
        shown = answer.content.decode()
        assert (answer.status_code, [word for word in hidden if word in shown]) == (200, []), path


def test_everybody_who_follows_the_money_may_read_it(land):
    for role in ("treasurer", "measure-owner", "analyst", "auditor", "reader"):
        assert client_of(factories.make_actor(role)).get("/en/money/decisions/").status_code == 200, role


def test_who_may_not_follow_the_money_learns_nothing(land):
    client = client_of(factories.make_actor("case-worker"))
    missing = words_of(client, "no-such-page/")
    for path in (*PAGES, *FILES):
        assert client.get(f"/en/{path}").status_code == 404, path
    for path in ("money/", "money/measures/pay-rise/", "money/measures/nothing/"):
        assert words_of(client, path) == missing, path


def test_who_is_not_signed_in_is_asked_to(today):
    assert Client().get("/en/money/left/")["Location"] == "/en/sign-in/?next=/en/money/left/"


def test_the_number_of_queries_does_not_grow(land):
    client = client_of(land.officer)
    counts = []
    for more in (0, 2):
        for number in range(more):
            line = making.make_line(500, code=f"MORE-{number}", measure=("more-budgets", "houses")[number])
            making.make_commitment(line, 20, organisation=land.home, yearly_cents=100)
        found = {}
        for path in PAGES:
            client.get(f"/en/{path}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/en/{path}")
            found[path] = len(queries)
        counts.append(found)
    assert counts[0] == counts[1]


def test_unknown_is_said_and_never_zero(land):
    client = client_of(land.officer)
    told = words_of(client, "money/measures/houses/")
    assert re.findall(r"Stated (\w+) not published", told) == ["unknown"]
    assert re.findall(r"Committed, all years (\S+)", told) == ["unknown"]
    found = {row["measure"]: row for row in rows_of(client, "money/measures/?download=measures")}
    houses, rise = found["houses"], found["pay-rise"]
    assert {name: houses[name] for name in ("announced", "agreed", "committed", "paid")} == {
        "announced": "",
        "agreed": "",
        "committed": "",
        "paid": "",
    }
    assert {name: rise[name] for name in ("announced", "agreed", "voted_vak", "committed", "paid")} == {
        "announced": "",
        "agreed": "250000.00",
        "voted_vak": "5000.00",
        "committed": "1000.00",
        "paid": "400.00",
    }


def test_a_file_of_what_is_left_has_both_ceilings(land):
    (row,) = rows_of(client_of(land.officer), "money/left/?download=left")
    assert row == {
        "measure": "pay-rise",
        "name": "Higher pay",
        "new_money": "True",
        "budget_year": "2024",
        "until": "2024-12-31",
        "voted_vak": "5000.00",
        "committed": "1000.00",
        "left_to_commit": "4000.00",
        "voted_vek": "3000.00",
        "requested": "0.00",
        "paid": "400.00",
        "left_to_pay": "2600.00",
        "open_commitments": "600.00",
        "weighs_a_year": "1200.00",
    }


def test_figures_that_do_not_agree_stand_beside_each_other(land):
    found = rows_of(client_of(land.officer), "money/questions/?download=questions")
    assert [(row["question"], row["amount"], row["number"], row["state"]) for row in found] == [
        ("promise-and-agreement", "500000.00", "", "open"),
        ("promise-and-agreement", "480000.50", "", "open"),
        ("houses-counted", "", "3.0", "settled"),
        ("houses-counted", "", "5.0", "settled"),
    ]


def test_filters_stand_in_the_address(land):
    client = client_of(land.officer)
    assert rows_of(client, "money/measures/?kind=project&download=measures")[0]["measure"] == "houses"
    assert {row["on"][:4] for row in rows_of(client, "money/decisions/?year=2023&download=events")} == {
        "2023"
    }
    answer = client.get("/en/money/measures/?kind=nonsense&year=12")
    assert answer.status_code == 422
    assert client.get("/en/money/?money=nonsense&year=abc").status_code == 200


def test_tabs_are_those_that_somebody_may_open(land):
    def tabs(role: str) -> list[str]:
        html = client_of(factories.make_actor(role)).get("/en/money/").content.decode()
        found = re.search(r'aria-label="Parts of Money"><ul role="list">(.*?)</ul>', html, re.DOTALL)
        return re.findall(r">([^<>]+)</a>", found[1])

    for_all = ["Map", "Measures", "Lines", "Results", "Year end"]
    assert tabs("analyst") == for_all
    assert [name for name in tabs("treasurer") if name != "Payments"] == for_all


def test_a_year_without_anything_is_said(land):
    making.make_credit(land.line, 100, year=2025, on=date(2024, 5, 1))
    client = client_of(land.officer)
    assert "Nothing is tied to one municipality in this year." in words_of(client, "money/areas/?year=2025")
    assert words_of(client, "money/left/?year=2025").count("What was voted can be committed") == 1


def test_grants_of_sources_stand_apart_from_the_books(land):
    client = client_of(land.officer)
    by_area = words_of(client, "money/areas/?year=2024")
    row = "Southby The house at the harbour Neighbourhood houses 2 Oct 2023 €40,000.50 €2.00"
    assert (by_area.count(row), by_area.count("Together €40,000.50 is known.")) == (1, 1)
    told = words_of(client, "money/measures/houses/")
    row = "Municipality of Southby Southby The house at the harbour 2 Oct 2023 until 1 Oct 2025 €40,000.50"
    assert told.count(f"{row} Budget of Testland") == 1
    assert "Grants as published" not in words_of(client, "money/measures/pay-rise/")
    (row,) = rows_of(client, "money/areas/?download=grants")
    assert row == {
        "area": "south",
        "name": "Southby",
        "province": "",
        "inhabitants": "20000",
        "measure": "houses",
        "measure_name": "Neighbourhood houses",
        "recipient": "Municipality of Southby",
        "what_for": "The house at the harbour",
        "decided_on": "2023-10-02",
        "until": "2025-10-01",
        "granted_as_published": "40000.50",
        "per_inhabitant": "2.00",
        "source": "Budget of Testland",
        "source_url": "https://example.org/budget",
    }
    booked = {
        one["area"]: one["committed"] for one in rows_of(client, "money/areas/?download=areas&year=2024")
    }
    assert booked == {"north": "1000.00", "south": "0.00", "west": "0.00", "": "0.00"}
