"""Today: what each role sees, that its numbers are those of the lists behind them, and what it costs."""

import re
from datetime import date

import pytest

from tests import factories

NUMBER = re.compile(r"V-\d{7}")


@pytest.fixture
def some_wait(staff):
    factories.make_queue(2, group=1)
    factories.make_queue(3, group=3)
    factories.make_request(state="asked", asked=date(2023, 5, 1))


@pytest.mark.parametrize("role", ["officer", "signer", "assessor", "reader", "analyst"])
@pytest.mark.parametrize(("language", "title"), [("nl", "Persoonsvolgend budget"), ("en", "Personal budget")])
def test_every_role_that_reads_figures_sees_it(as_role, some_wait, role, language, title):
    response = as_role(role).get(f"/{language}/")
    assert response.status_code == 200
    assert re.search(r"<h1>(.*?)</h1>", response.content.decode())[1] == title


@pytest.mark.parametrize("path", ["through-time/", "ending/"])
def test_a_person_finds_no_such_page(as_role, some_wait, path):
    assert as_role("person").get(f"/en/{path}").status_code == 404


def test_who_sees_no_figures_goes_on_to_where_they_start(as_role, some_wait):
    assert as_role("person").get("/en/")["Location"] == "/en/my/"


def test_an_analyst_sees_figures_and_no_request(as_role, some_wait):
    html = as_role("analyst").get("/en/").content.decode()
    assert (NUMBER.findall(html), "/en/list/" in html, "Priority group 3" in html) == ([], False, True)
    assert as_role("analyst").get("/en/ending/").status_code == 404


def test_numbers_equal_the_lists_behind_them(as_role, some_wait):
    client = as_role("officer")
    html = client.get("/en/").content.decode()
    addresses = re.findall(r'<a href="(/en/list/\?group=[^"]+)">(\d+)</a>', html)
    addresses += [(address, "1") for address in re.findall(r'href="(/en/list/\?state=asked)"', html)]
    assert [number for _, number in addresses] == ["5", "1"]
    for address, number in addresses:
        assert client.get(address).content.decode().count('<tr>\n        <th scope="row"') == int(number)


@pytest.mark.parametrize(
    ("role", "offered"), [("officer", True), ("signer", True), ("reader", False), ("analyst", False)]
)
def test_a_round_is_offered_to_who_may_prepare_one(as_role, some_wait, role, offered):
    assert ("/en/rounds/new/" in as_role(role).get("/en/").content.decode()) == offered


def test_an_open_round_waits_for_a_decision(as_role, some_wait):
    factories.make_credit()
    made = factories.make_round()
    html = as_role("signer").get("/en/").content.decode()
    assert (f"/en/rounds/{made.pk}/" in html, "to review" in html, "/en/rounds/new/" in html) == (
        True,
        True,
        False,
    )


def test_an_empty_register_says_so(as_role, staff):
    html = as_role("officer").get("/en/").content.decode()
    assert ("Nothing waits for a decision." in html, "nobody" in html) == (True, True)


def test_through_time_shows_published_and_register_together(as_role, some_wait):
    client = as_role("officer")
    whole, part = (
        client.get("/en/through-time/"),
        client.get("/en/through-time/", headers={"HX-Request": "true"}),
    )
    assert ("<h1>" in whole.content.decode(), "<h1>" in part.content.decode()) == (True, False)
    rows = (
        client.get("/en/through-time/?download=waiting-through-time").content.decode("utf-8-sig").splitlines()
    )
    assert rows[0].split(",")[:3] == ["Date", "Together", "Priority group 1"]
    assert rows[-1].split(",")[:5] == ["2024-01-15", "5", "2", "0", "3"]
    published = next(row for row in rows if row.startswith("2023-12-31")).split(",")
    assert [round(float(value)) for value in published[5:]] == [17678, 261, 7255, 10162]


@pytest.mark.parametrize("chart", ["waiting-by-group", "waiting-by-area", "waiting-by-province"])
def test_every_chart_can_be_taken_along(as_role, some_wait, chart):
    response = as_role("analyst").get(f"/en/?download={chart}")
    assert response["Content-Disposition"] == f'attachment; filename="{chart}.csv"'


def test_more_waiting_people_cost_no_more_queries(as_role, staff, assert_queries):
    client = as_role("officer")
    factories.make_request()
    client.get("/en/")
    with assert_queries(20, columns=1):
        client.get("/en/")
    factories.make_queue(2)
    with assert_queries(20, columns=1):
        client.get("/en/")
