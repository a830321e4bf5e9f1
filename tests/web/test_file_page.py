"""A person's file as a page: who may see it, what it says, what can be done on it, and what it costs."""

import re
from datetime import date

import pytest
from django.test import Client

from tests import factories
from tests.pages import text_of
from veerkracht.register.care import actions, turns
from veerkracht.register.care.models import Budget, Request, Turn
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor

QUERIES = 21
SEES = ["officer", "signer", "assessor", "reader"]
DAY = "2024-01-15"


@pytest.fixture
def waiting(staff) -> Request:
    """The second of three in group 2, by a name that must not leak."""
    person = factories.make_person(given="Zed", family="Geheimzinnig", area="44021")
    first, last = (
        factories.make_request(group=2, asked=date(2020, 5, 1)),
        factories.make_request(group=2, asked=date(2022, 5, 1)),
    )
    found = factories.make_request(person, group=2, asked=date(2021, 5, 1))
    assert first.priority_date < found.priority_date < last.priority_date
    return found


def post(client: Client, request: Request, verb: str, *, language: str = "en", **fields):
    """Fill in one of the forms of a file, with what the page would have put in it."""
    first = {"on": DAY, "version": request.version, "text": ""} | fields
    data = {"verb": verb} | {f"{verb}-{name}": value for name, value in first.items()}
    return client.post(f"/{language}/file/{request.number}/", data)


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize(
    ("language", "place", "before"),
    [
        ("en", "Place 2 of 3 in Priority group 2.", "1 request before you has an earlier priority date."),
        (
            "nl",
            "Plaats 2 van 3 in Prioriteitengroep 2.",
            "1 vraag voor u heeft een vroegere prioriteringsdatum.",
        ),
    ],
)
def test_it_says_why_in_both_languages(as_role, waiting, role, language, place, before):
    response = as_role(role).get(f"/{language}/file/{waiting.number}/")
    said = text_of(response)
    assert (response.status_code, place in said, before in said) == (200, True, True), said[:1500]


@pytest.mark.parametrize("role", ["analyst", "person"])
def test_others_find_no_such_page_whether_it_exists_or_not(as_role, waiting, role):
    client = as_role(role)
    real, made_up = (client.get(f"/en/file/{number}/") for number in (waiting.number, "V-9999999"))
    assert (real.status_code, made_up.status_code) == (404, 404)
    strip = re.compile(r'name="(?:next|csrfmiddlewaretoken)" value="[^"]*"|href="[^"]*"|V-\d+')
    assert strip.sub("", real.content.decode()) == strip.sub("", made_up.content.decode())
    assert "Geheimzinnig" not in real.content.decode()


def test_a_look_is_written_down_and_shown(as_role, waiting):
    as_role("reader").get(f"/en/file/{waiting.number}/")
    looks = LogEntry.objects.filter(verb="read", person_id=waiting.person_id).values_list("user_name", "role")
    assert list(looks) == [("Test Reader", "reader")]
    assert "Test Reader" in text_of(as_role("officer").get(f"/en/file/{waiting.number}/"))


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("officer", {"assess", "revise", "route", "withdraw", "death"}),
        ("assessor", {"assess", "revise", "route", "death"}),
        ("signer", {"refuse"}),
        ("reader", set()),
    ],
)
def test_only_what_a_role_may_do_now_is_offered(as_role, waiting, role, offered):
    page = as_role(role).get(f"/en/file/{waiting.number}/").content.decode()
    assert set(re.findall(r'name="verb" value="([a-z-]+)"', page)) == offered


@pytest.mark.parametrize(
    ("role", "verb", "fields", "expected"),
    [
        ("officer", "revise", {"group": "1"}, {"priority_group": 1, "priority_date": date(2024, 1, 15)}),
        ("assessor", "revise", {"group": "2"}, {"priority_group": 2, "priority_date": date(2021, 5, 1)}),
        ("officer", "assess", {"category": "15"}, {"category": "15", "priority_group": 2}),
        (
            "officer",
            "route",
            {"route": "social-necessity"},
            {"route": "social-necessity", "state": "waiting"},
        ),
        ("officer", "withdraw", {"text": "Found help"}, {"state": "withdrawn", "live": False}),
        ("signer", "refuse", {"text": "Lives elsewhere"}, {"state": "refused", "live": False}),
        ("assessor", "death", {}, {"state": "deceased", "live": False}),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_done_holds(as_role, waiting, role, verb, fields, expected, language):
    response = post(as_role(role), waiting, verb, language=language, **fields)
    assert (response.status_code, response.headers.get("location")) == (
        302,
        f"/{language}/file/{waiting.number}/",
    ), text_of(response)
    waiting.refresh_from_db()
    assert {name: getattr(waiting, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("role", "verb", "fields", "words"),
    [
        ("officer", "revise", {"group": ""}, "This field is required."),
        (
            "officer",
            "revise",
            {"group": "7"},
            "Select a valid choice. 7 is not one of the available choices.",
        ),
        ("officer", "revise", {"group": "1", "on": "2024-02-31"}, "Enter a valid date."),
        ("officer", "revise", {"group": "1", "on": "2025-02-16"}, "2025"),
        ("officer", "assess", {"category": "XII"}, "XII"),
        ("signer", "refuse", {"text": ""}, "Say why: the person will read this."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(as_role, waiting, role, verb, fields, words):
    steps = waiting.steps.count()
    response = post(as_role(role), waiting, verb, **fields)
    assert (response.status_code, words in text_of(response)) == (422, True), text_of(response)
    assert f'<details class="fold" open id="do-{verb}">' in response.content.decode()
    assert waiting.steps.count() == steps


def test_the_second_of_two_editors_is_told_and_loses_nothing(as_role, waiting):
    seen = waiting.version
    first = post(as_role("officer"), waiting, "revise", group="1")
    second = post(as_role("assessor"), waiting, "revise", group="3", version=seen)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Somebody else changed this in the meantime" in text_of(second)
    waiting.refresh_from_db()
    assert waiting.priority_group == 1


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_who_may_not_can_not_by_hand_either(as_role, waiting, role):
    response = post(as_role(role), waiting, "withdraw")
    waiting.refresh_from_db()
    assert (response.status_code, waiting.state) == (404, "waiting")


def test_what_is_granted_is_started_and_ended_on_its_file(as_role, staff, ann):
    """From grant to budget to its end, each by a form of the page; the money moves with it."""
    asked = factories.make_request(ann, group=1)
    factories.make_credit(200_000)
    made = factories.make_round(100_000, state="signed")
    client = as_role("officer")
    page = client.get(f"/en/file/{asked.number}/").content.decode()
    assert set(re.findall(r'name="verb" value="([a-z-]+)"', page)) == {"start", "decline", "death"}
    assert f"/en/rounds/{made.pk}/letter/{asked.number}.pdf" in page
    asked.refresh_from_db()
    assert post(client, asked, "start").status_code == 302
    budget = Budget.objects.get(person=ann)
    assert post(client, asked, "end", reason="moved", version=budget.version).status_code == 302
    budget.refresh_from_db()
    assert (budget.ended_on, budget.end_reason) == (date(2024, 1, 15), "moved")


def test_an_emergency_is_granted_by_another_than_who_put_it_on_the_route(as_role, staff, ann):
    asked = factories.make_request(ann, state="asked", category="7")
    factories.make_credit(200_000)
    assert post(as_role("officer"), asked, "route", route="emergency").status_code == 302
    asked.refresh_from_db()
    assert post(as_role("officer"), asked, "emergency").status_code == 404
    assert post(as_role("signer"), asked, "emergency").status_code == 302
    budget = Budget.objects.get(person=ann)
    assert (budget.kind, budget.until_date) == ("temporary", date(2024, 7, 14))
    asked.refresh_from_db()
    follow_up = post(as_role("signer"), asked, "follow-up", outcome="definitive", version=budget.version)
    budget.refresh_from_db()
    assert (follow_up.status_code, budget.kind) == (302, "definitive")


@pytest.mark.parametrize("more", [0, 2])
def test_it_takes_as_many_queries_with_three_steps_as_with_one_more(as_role, waiting, assert_queries, more):
    by = Actor.for_command("tests")
    for day in range(more):
        waiting = actions.assess(waiting, actions.Assessed(complete=True), by=by, on=date(2023, 1, 1 + day))
    client = as_role("officer")
    client.get(f"/en/file/{waiting.number}/")
    with assert_queries(QUERIES, columns=1):
        assert client.get(f"/en/file/{waiting.number}/").status_code == 200


def offers_to_compute(client: Client, request: Request) -> bool:
    page = client.get(f"/en/file/{request.number}/").content.decode()
    return f'action="/en/file/{request.number}/turns/"' in page


def test_turns_older_than_the_list_are_computed_again_by_who_may(as_role, waiting):
    officer, reader = as_role("officer"), as_role("reader")
    turns.compute(factories.PROGRAMME, runs=4)
    assert offers_to_compute(officer, waiting) is False
    factories.make_request()
    assert (offers_to_compute(officer, waiting), offers_to_compute(reader, waiting)) == (True, False)
    assert reader.post(f"/en/file/{waiting.number}/turns/").status_code == 404
    assert Turn.objects.count() == 3
    done = officer.post(f"/en/file/{waiting.number}/turns/", follow=True)
    assert "The expected turns were computed again, from the list as it is now." in text_of(done)
    assert (Turn.objects.count(), offers_to_compute(officer, waiting)) == (4, False)
