"""The log names no person: markers are sent in through every way, and none comes out."""

import logging
import re
import uuid

import pytest
from django.test import Client

from tests import factories
from veerkracht.web.operations.database import without_values
from veerkracht.web.operations.logs import Words

MARKER = "Merkteken"
NUMBER = "85073003328"
WAYS = [
    lambda client: client.get(f"/en/file/{MARKER}/"),
    lambda client: client.get(f"/en/list/?q={MARKER}&category={NUMBER}"),
    lambda client: client.get(f"/en/open/{MARKER}/2023-12-31/"),
    lambda client: client.get(f"/{MARKER}/{NUMBER}"),
    lambda client: client.get("/en/list/", headers={"User-Agent": MARKER, "Referer": f"/{NUMBER}"}),
    lambda client: client.get("/en/list/", headers={"X-Request-ID": MARKER}),
    lambda client: client.get("/en/list/", headers={"Cookie": f"name={MARKER}"}),
    lambda client: client.get("/en/list/", headers={"Host": f"{MARKER}.example"}),
    lambda client: client.post("/en/rounds/new/", {"money": MARKER, "on": NUMBER}),
    lambda client: client.post("/en/look/", {"look": MARKER, "next": f"/{NUMBER}"}),
    lambda client: Client().post("/en/sign-in/", {"username": MARKER, "password": NUMBER, "code": NUMBER}),
    lambda client: Client().post("/en/sign-in/code/", {"username": MARKER, "code": NUMBER}),
    lambda client: client.post("/en/list/", MARKER, content_type="application/json"),
    lambda client: client.generic(MARKER.upper(), "/en/list/"),
    lambda client: client.get(f"/api/v1/requests?search={MARKER}"),
    lambda client: client.get("/api/v1/requests", headers={"Authorization": f"Bearer {MARKER}"}),
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_in_leads_into_the_log(officer, written, settings, way):
    """With every query written down, the quick ones too."""
    settings.SLOW_QUERY_MS = 0
    factories.make_request(factories.make_person(family=MARKER))
    way(officer)
    assert written.lines("veerkracht.request") != []
    assert [one for one in (MARKER.lower(), NUMBER) if one in written.text.lower()] == []


def test_a_request_is_one_line_with_what_an_engineer_needs(officer, written):
    factories.make_request(factories.make_person())
    response = officer.get("/en/list/")
    (line,) = written.lines("veerkracht.request")
    facts = {name: line[name] for name in ("view", "method", "status", "role", "request_id")}
    assert facts == {
        "view": "list",
        "method": "GET",
        "status": 200,
        "role": "officer",
        "request_id": response["X-Request-ID"],
    }
    assert (line["queries"] > 0, line["ms"] > 0) == (True, True)


@pytest.mark.parametrize("given", [uuid.UUID(int=7).hex, str(uuid.UUID(int=7))])
def test_an_id_of_the_proxy_is_kept(client, db, given):
    assert client.get("/health/", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "Jan Janssens", NUMBER, "a" * 31, "A" * 32])
def test_what_may_be_something_else_than_an_id_is_replaced(client, db, given):
    answered = client.get("/health/", headers={"X-Request-ID": given})["X-Request-ID"]
    assert (re.fullmatch("[0-9a-f]{32}", answered) is not None, answered == given) == (True, False)


def test_of_an_exception_its_type_and_place_are_written_and_never_its_text(written):
    try:
        raise ValueError(f"no place for {MARKER}")
    except ValueError:
        logging.getLogger("django.request").exception("%s: %s", "Internal Server Error", f"/file/{MARKER}/")
    (line,) = written.lines("django.request")
    assert (line["message"], line["error"], MARKER in written.text) == ("%s: %s", "ValueError", False)
    assert line["at"][-1].startswith("test_log.py:")


def test_a_text_put_together_by_others_is_replaced_by_where_it_came_from(written):
    logging.getLogger("somebody.else").warning(f"{MARKER} came by")
    (line,) = written.lines("somebody.else")
    assert (re.fullmatch(r"said at test_log:\d+", line["message"]) is not None, MARKER in written.text) == (
        True,
        False,
    )


def test_a_slow_query_is_written_without_its_values(officer, written, settings):
    settings.SLOW_QUERY_MS = 0
    factories.make_request(factories.make_person(family=MARKER))
    officer.get(f"/en/list/?q={MARKER}")
    found = [line["sql"] for line in written.lines("veerkracht.slow-query")]
    assert (
        any("search_name" in sql for sql in found),
        any(MARKER.lower() in sql.lower() for sql in found),
    ) == (
        True,
        False,
    )


def test_a_quick_query_is_not_written(officer, written, settings):
    settings.SLOW_QUERY_MS = 60_000
    officer.get("/en/list/")
    assert written.lines("veerkracht.slow-query") == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT a FROM b WHERE name = 'Jan''s' AND p10 = %s", "SELECT a FROM b WHERE name = ? AND p10 = %s"),
        ("SELECT 1 WHERE n = 85073003328 LIMIT 21", "SELECT ? WHERE n = ? LIMIT ?"),
        ("SELECT x WHERE y IN (1.5, 2)", "SELECT x WHERE y IN (?, ?)"),
    ],
)
def test_values_are_taken_out_of_a_query(sql, expected):
    assert without_values(sql) == expected


def test_a_line_for_a_person_says_the_same(written):
    record = logging.LogRecord("veerkracht.request", logging.INFO, __file__, 1, "Answered", (), None)
    record.facts = {"view": "list", "status": 200}
    assert Words().format(record).endswith("INFO veerkracht.request: Answered view=list status=200")
