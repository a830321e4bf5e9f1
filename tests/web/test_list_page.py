"""The list as a page: who may see it, what it shows, its filters, pages, export and cost."""

import re
from datetime import date

import pytest

from tests import factories
from veerkracht.register.log.models import LogEntry
from veerkracht.web.views import list_

SEES = ["officer", "signer", "assessor", "reader"]
SEES_NOT = ["analyst", "person"]
SECRET = "Geheimzinnig"


@pytest.fixture
def queue(staff):
    """Three in group 2, one in group 1 with a name that must not leak, and one not yet in a group."""
    secret = factories.make_person(given="Zed", family=SECRET, area="44021")
    return {
        "second": factories.make_queue(3, group=2),
        "first": factories.make_request(secret, group=1, asked=date(2022, 5, 1)),
        "asked": factories.make_request(state="asked", asked=date(2023, 5, 1)),
    }


def numbers(response) -> list[str]:
    return re.findall(r'<a href="/../file/(V-\d+)/">', response.content.decode())


def caption(response) -> str:
    return re.search(r"<caption[^>]*>(.*?)</caption>", response.content.decode())[1]


@pytest.mark.parametrize("role", SEES)
def test_roles_that_work_with_requests_see_the_list_in_order(as_role, queue, role):
    response = as_role(role).get("/en/list/")
    expected = [queue["first"].number, *(request.number for request in queue["second"])]
    assert (response.status_code, numbers(response)) == (200, expected)


@pytest.mark.parametrize("role", SEES_NOT)
@pytest.mark.parametrize("path", ["list/", f"list/?q={SECRET}", "list/export.csv", "list/?group=9"])
def test_others_find_no_such_page(as_role, queue, role, path):
    response = as_role(role).get(f"/en/{path}")
    assert response.status_code == 404
    assert SECRET not in response.content.decode().replace(f"?q={SECRET}", "").replace(f"?q%3D{SECRET}", "")


@pytest.mark.parametrize(
    ("role", "status"), [("officer", 200), ("signer", 200), ("assessor", 404), ("reader", 404)]
)
def test_only_who_may_take_the_list_along_is_offered_it(as_role, queue, role, status):
    client = as_role(role)
    assert ("list/export.csv" in client.get("/en/list/").content.decode()) == (status == 200)
    assert client.get("/en/list/export.csv").status_code == status


def test_in_both_languages(as_role, queue):
    client = as_role("officer")
    dutch, english = (client.get(f"/{language}/list/") for language in ("nl", "en"))
    assert (caption(dutch), caption(english)) == ("4 vragen", "4 requests")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("group=1", ["first"]),
        ("group=2", ["second"]),
        ("group=queue", ["first", "second"]),
        ("state=asked", ["asked"]),
        ("state=live", ["first", "second", "asked"]),
        ("q=geheim", ["first"]),
        ("q=GEHEIMZINNIG%20zed", ["first"]),
        ("area=Gent", ["first"]),
        ("area=44021", ["first"]),
        ("area=Oost-Vlaanderen+(province)", ["first"]),
        ("kind=increase", []),
        ("category=12&group=1", ["first"]),
        ("on=2022-04-30", ["second"]),
        ("on=2024-01-15", ["first", "second"]),
    ],
)
def test_filters(as_role, queue, asked, found):
    response = as_role("officer").get(f"/en/list/?{asked}")
    expected = [
        request.number
        for name in found
        for request in (queue[name] if isinstance(queue[name], list) else [queue[name]])
    ]
    assert (response.status_code, sorted(numbers(response))) == (200, sorted(expected))


def test_a_search_by_number_finds_one(as_role, queue):
    number = queue["second"][1].number
    assert numbers(as_role("officer").get(f"/en/list/?q={number}")) == [number]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("area=Atlantis", "There is no area with this name"),
        ("on=2024-02-31", "Enter a valid date"),
        ("group=9", "Select a valid choice"),
        ("after=nonsense", "There is no such page of the list"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(as_role, queue, asked, words):
    response = as_role("officer").get(f"/en/list/?{asked}")
    assert (response.status_code, words in response.content.decode(), numbers(response)) == (422, True, [])


def test_nothing_found_says_so(as_role, queue):
    assert "No request meets all of this." in as_role("officer").get("/en/list/?q=nobody").content.decode()


def test_what_was_chosen_can_be_taken_away_one_by_one(as_role, queue):
    html = as_role("officer").get("/en/list/?group=1&area=Gent").content.decode()
    assert re.findall(r'<p class="chosen">.*?</p>', html, re.DOTALL)[0].count("<a ") == 3
    assert re.findall(r'<a href="\?([^"]*)">Group:', html) == ["area=Gent"]


def test_pages_follow_each_other_by_key(as_role, staff, monkeypatch):
    monkeypatch.setattr(list_, "PAGE_SIZE", 4)
    requests = factories.make_queue(7)
    client = as_role("officer")
    first = client.get("/en/list/")
    assert (len(numbers(first)), caption(first)) == (4, "The first 4 requests")
    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(f"/en/list/{following}")
    assert (numbers(second), caption(second)) == ([r.number for r in requests[4:]], "3 requests further on")
    back = re.search(r'rel="prev" href="([^"]+)"', second.content.decode())[1].replace("&amp;", "&")
    assert numbers(client.get(f"/en/list/{back}")) == [r.number for r in requests[:4]]


def test_sorting_turns_around(as_role, queue):
    client = as_role("officer")
    up, down = (numbers(client.get(f"/en/list/?sort={sort}")) for sort in ("request_date", "-request_date"))
    assert (up, len(up)) == (down[::-1], 4)


def test_export_holds_what_was_asked_and_nothing_else(as_role, queue):
    response = as_role("officer").get("/en/list/export.csv?group=2")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert (response["Content-Type"], len(lines)) == ("text/csv; charset=utf-8", 4)
    assert SECRET not in response.content.decode()


def test_every_look_is_written_down(as_role, queue):
    before = LogEntry.objects.count()
    client = as_role("officer")
    client.get("/en/list/")
    client.get("/en/list/?q=zed")
    client.get("/en/list/export.csv")
    entries = LogEntry.objects.order_by("id")[before:]
    assert [(entry.verb, entry.user_name) for entry in entries] == [
        ("list", "Test Officer"),
        ("search", "Test Officer"),
        ("export", "Test Officer"),
    ]


def test_one_row_costs_as_many_queries_as_three(as_role, staff, django_assert_num_queries):
    client = as_role("officer")
    factories.make_request()
    client.get("/en/list/")
    with django_assert_num_queries(8):
        client.get("/en/list/")
    factories.make_queue(2)
    with django_assert_num_queries(8):
        client.get("/en/list/")
