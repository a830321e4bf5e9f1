"""What the interface gives: the same as the pages, to the same people."""

from datetime import timedelta

import pytest

from tests import factories
from tests.money.making import make_line
from veerkracht.register import clock
from veerkracht.register.permissions.matrix import matrix

LIST, ROUNDS = "/api/v1/requests", "/api/v1/rounds"


def test_the_list_goes_on_where_its_page_ended_and_back(bearer):
    numbers = [request.number for request in factories.make_queue(3)]
    client = bearer()
    first = client.get(LIST, {"size": 2}).json()
    second = client.get(LIST, {"size": 2, "cursor": first["next_cursor"]}).json()
    back = client.get(LIST, {"size": 2, "cursor": second["previous_cursor"]}).json()
    assert [[row["number"] for row in page["rows"]] for page in (first, second, back)] == [
        numbers[:2],
        numbers[2:],
        numbers[:2],
    ]
    assert (first["previous_cursor"], second["next_cursor"]) == ("", "")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=voorb", ["Fien Voorbeeld", "Jan Voorbeeld"]),
        ("municipality=11002", ["Jan Voorbeeld"]),
        ("group=2", ["Jan Voorbeeld"]),
        ("group=1&group=2&sort=name&descending=true", ["Jan Voorbeeld", "Fien Voorbeeld"]),
        ("state=asked", ["Ria Anders"]),
        ("on=2021-12-31", ["Fien Voorbeeld"]),
    ],
)
def test_the_list_takes_the_filters_of_its_page(bearer, query, found):
    factories.make_request()
    jan = factories.make_person(given="Jan", area="11002")
    factories.make_request(jan, group=2, asked=clock.today() - timedelta(days=30))
    factories.make_request(factories.make_person(given="Ria", family="Anders"), state="asked")
    rows = bearer().get(f"{LIST}?{query}").json()["rows"]
    assert sorted(row["name"] for row in rows) == sorted(found)


def test_a_list_costs_as_many_questions_for_three_as_for_one(bearer, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = bearer()
    client.get(LIST)
    factories.make_request()
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(LIST).json()["rows"]) == 1
    factories.make_queue(2)
    with django_assert_num_queries(len(one)):
        assert len(client.get(LIST).json()["rows"]) == 3


def test_a_request_comes_with_its_person_and_its_history(bearer):
    request = factories.make_request()
    told = bearer().get(f"{LIST}/{request.number}").json()
    assert (told["person"]["name"], told["request"]["row"]["state"]) == ("Fien Voorbeeld", "waiting")
    assert [step["kind"] for step in told["request"]["steps"]] == ["asked", "assessed", "prioritised"]
    assert set(told["fields"]) == matrix().relations_that_allow("officer", "request.read")["area"]


def test_why_and_when(bearer):
    first, second = factories.make_queue(2)
    client = bearer()
    why = client.get(f"{LIST}/{second.number}/why").json()
    assert (why["place"]["place"], why["place"]["of"], why["eligible"]) == (2, 2, True)
    assert client.get(f"{LIST}/{first.number}/turn").json() is None


def test_each_look_is_in_the_log(bearer):
    from veerkracht.register.log.models import LogEntry

    request = factories.make_request()
    bearer().get(f"{LIST}/{request.number}")
    entry = LogEntry.objects.filter(verb="read", object_id=request.number).get()
    assert (entry.person_id, entry.purpose, entry.role) == (request.person_id, "api", "officer")


def test_a_round_from_proposal_to_its_lines(bearer):
    factories.make_credit()
    request = factories.make_queue(1)[0]
    client = bearer("officer")
    body = {"programme": factories.PROGRAMME, "on": str(clock.today()), "money_cents": 10_000_000}
    made = client.post(ROUNDS, body, content_type="application/json").json()
    assert (made["state"], made["granted"]) == ("prepared", 1)
    address = f"{ROUNDS}/{made['id']}"
    pot = next(pot["id"] for pot in made["pots"] if pot["granted"])
    assert [line["number"] for line in client.get(f"{address}/lines", {"pot": pot}).json()] == [
        request.number
    ]
    assert [row["id"] for row in client.get(ROUNDS).json()] == [made["id"]]
    gone = client.post(f"{address}/cancel", {"version": made["version"]}, content_type="application/json")
    assert (gone.status_code, client.get(address).json()["state"]) == (200, "cancelled")


def test_more_money_than_there_is_is_said_at_its_field(bearer):
    factories.make_queue(1)
    body = {"programme": factories.PROGRAMME, "on": str(clock.today()), "money_cents": 10_000_000}
    answer = bearer().post(ROUNDS, body, content_type="application/json")
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (
        422,
        ["money_cents"],
    )


def test_figures_count_what_the_list_holds(bearer):
    factories.make_queue(3)
    factories.make_request(state="asked")
    told = bearer("reader").get("/api/v1/figures").json()
    assert (told["requests"], sum(group["requests"] for group in told["groups"])) == (3, 3)


def test_my_file_is_mine_alone(browser):
    mine = factories.make_request()
    factories.make_request(factories.make_person(given="Jan"))
    told = browser(factories.make_own_actor(mine.person).user).get("/api/v1/my").json()
    assert [one["row"]["number"] for one in told["requests"]] == [mine.number]
    assert browser(factories.make_user("officer")).get("/api/v1/my").status_code == 404


def test_a_place_is_held_given_back_and_held_again(bearer):
    unit = factories.make_units()[0]
    client = bearer("case-worker")
    free = client.get("/api/v1/places").json()["services"][0]
    assert (free["free"], free["units"][0]["state"]) == (1, "free")
    address = f"/api/v1/places/{unit.pk}/hold"
    held = client.post(address, {"minutes": 10, "reference": "x"}, content_type="application/json").json()
    again = client.post(address, {"minutes": 10}, content_type="application/json")
    assert (held["state"], again.status_code) == ("held", 409)
    seen = {"version": held["version"]}
    back = client.post(f"/api/v1/holds/{held['id']}/release", seen, content_type="application/json").json()
    assert (back["state"], client.get(f"/api/v1/holds/{held['id']}").json()["state"]) == (
        "released",
        "released",
    )


def test_who_may_what_is_the_matrix_itself(bearer):
    told = bearer("analyst").get("/api/v1/who-may").json()
    assert {(cell["role"], cell["relation"], cell["action"]) for cell in told} == {
        (cell.role, cell.relation, cell.action) for cell in matrix().cells
    }


def test_the_programmes_are_those_of_the_region(bearer):
    from veerkracht import region

    told = bearer("reader").get("/api/v1/programmes").json()
    assert [one["id"] for one in told] == list(region.current().programmes)


def test_the_log_is_for_the_auditor_and_names_no_person(bearer):
    request = factories.make_request()
    bearer("officer").get(f"{LIST}/{request.number}")
    told = bearer("auditor").get("/api/v1/log", {"person": request.person.number, "verb": "read"}).json()
    assert [(one["object"].split()[-1], one["person"]) for one in told["entries"]] == [
        (request.number, request.person.number)
    ]
    assert bearer("officer").get("/api/v1/log").status_code == 404


def test_roles_are_for_who_gives_them(bearer):
    factories.make_user("reader", name="Ria Lezer")
    told = bearer("administrator").get("/api/v1/roles", {"search": "Lezer"}).json()
    assert [(row["name"], row["role"], row["state"]) for row in told["rows"]] == [
        ("Ria Lezer", "reader", "now")
    ]
    assert bearer("officer").get("/api/v1/roles").status_code == 404


def test_a_line_without_a_known_credit_has_null_and_one_with_credit_has_noughts(bearer):
    without, voted = make_line(0, code="A-WITHOUT"), make_line(10, 20, code="B-VOTED")
    told = bearer("analyst").get("/api/v1/money/lines", {"year": 2024}).json()["lines"]
    assert [one["code"] for one in told] == [without.code, voted.code]
    nothing, noughts = (
        {name: one[name] for name in one if isinstance(one[name], int | None)} for one in told
    )
    always = {"open_commitments": 0, "weighs_next_year": 0, "fictitious": False}
    assert {name for name, cents in nothing.items() if cents is not None} == set(always)
    assert nothing == dict.fromkeys(noughts) | always
    free = {
        "commitment_voted": 1_000,
        "commitment_free": 1_000,
        "payment_voted": 2_000,
        "payment_free": 2_000,
    }
    assert noughts == dict.fromkeys(noughts, 0) | always | free
