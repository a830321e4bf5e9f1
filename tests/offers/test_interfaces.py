"""The same by programs and on the command line: read, record answers, and never sign without a person."""

import json

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from tests.offers.factories import TODAY, is_over, make_couple, make_line, make_vacancies, offered, stranger
from tests.typing_commands import typing
from veerkracht.register.offers.models import Offer
from veerkracht.register.tokens import actions as tokens

# What programs read and what a command prints hangs on no database.
pytestmark = pytest.mark.once


def program_of(actor) -> Client:
    """A program with a key of somebody, that may write."""
    caches["process"].clear()
    _, secret = tokens.make(actor, name="test", days=1, may_write=True)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def post(client: Client, address: str, **data):
    return client.post(f"/api/v1{address}", data, content_type="application/json")


def test_a_program_reads_the_day_and_who_is_next_and_records_what_it_was_told(home, admission):
    entries, vacancies = make_line(home, 2), make_vacancies(home, 2, by=admission)
    running = offered(vacancies[0], entries[0], by=admission)
    client = program_of(admission)
    day = client.get(f"/api/v1/homes/{home.pk}/day").json()
    assert [(one["name"], one["waits_for"]) for one in day["vacancies"]] == [("Room 2", "")]
    assert [(one["id"], one["state"]) for one in day["offers"]] == [(running.pk, "made")]
    line = client.get(f"/api/v1/vacancies/{vacancies[1].pk}/next").json()
    found = [(one["place"], one["entry"], one["hindrance"] is None) for one in line["candidates"]]
    assert (line["first"], found) == (
        entries[1].pk,
        [(1, entries[0].pk, False), (2, entries[1].pk, True)],
    )
    # A signature is a person's.
    assert post(client, f"/vacancies/{vacancies[1].pk}/offer", entry=entries[1].pk).status_code == 401
    unknown = post(client, f"/offers/{running.pk}/decline", version=1, reason="dislike")
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "reason")
    accepted = post(client, f"/offers/{running.pk}/accept", version=1, arrives_on=str(TODAY)).json()
    assert (accepted["state"], accepted["version"]) == ("accepted", 2)
    late = post(client, f"/offers/{running.pk}/withdraw", version=1, why="A slip.")
    assert late.status_code == 409
    came = post(client, f"/offers/{running.pk}/admit", version=2).json()
    assert (came["state"], came["arrives_on"]) == ("fulfilled", str(TODAY))


def test_somebody_who_is_signed_in_signs_for_a_couple(home, admission):
    couple, vacancies = make_couple(home), make_vacancies(home, 2, by=admission)
    client = Client()
    client.force_login(admission.user)
    address = f"/vacancies/{vacancies[0].pk}/offer"
    alone = post(client, address, entry=couple[0].pk)
    assert alone.status_code == 422
    made = post(client, address, entry=couple[0].pk, others=[vacancies[1].pk]).json()
    assert (made["state"], made["rooms"], len(made["people"])) == ("made", ["Room 1", "Room 2"], 2)


def test_a_program_of_another_home_finds_nothing(home, admission):
    vacancy, (entry,) = make_vacancies(home, by=admission)[0], make_line(home, 1)
    offer = offered(vacancy, entry, by=admission)
    client = program_of(stranger())
    for address in (f"/homes/{home.pk}/day", f"/vacancies/{vacancy.pk}/next", f"/offers/{offer.pk}"):
        assert client.get(f"/api/v1{address}").status_code == 404
    assert post(client, f"/offers/{offer.pk}/decline", version=1, reason="price").status_code == 404
    assert Offer.objects.get().state == "made"


@pytest.fixture
def run(capsys):
    with translation.override("en"):
        yield typing(capsys, "offers")


def test_the_command_line_shows_the_day_and_writes_off_what_nobody_answered(run, home, admission):
    (first, second), vacancies = make_line(home, 2), make_vacancies(home, 2, by=admission)
    is_over(offered(vacancies[0], first, by=admission))
    who = ("--as", admission.user.username)
    (row,) = json.loads(run("homes", "--json", *who)[1])
    assert (row["id"], row["ready"], row["offers"]) == (home.pk, 1, 1)
    day = json.loads(run("day", str(home.pk), "--json", *who)[1])
    assert day["reminders"] == [{"what": "to-offer", "count": 1}, {"what": "overdue", "count": 1}]
    assert run("lapse") == (0, "", "Offers that lapsed: 1.\n")
    line = json.loads(run("next", str(vacancies[0].pk), "--json", *who)[1])
    assert (line["how_many"], line["first"]) == (1, second.pk)
    for words in (("homes",), ("day", str(home.pk)), ("next", str(vacancies[0].pk))):
        assert run(*words, *who)[0] == 0
    other = ("--as", stranger().user.username)
    assert run("day", str(home.pk), *other)[0] == 1
