"""A home's residents as pages and by command: who lives there, what happens, and nothing for anybody else."""

import json
from datetime import date

import pytest
from click import BadParameter
from django.test import Client

from tests.residence.conftest import TODAY, make_home, rooms, worker
from veerkracht.cli import stays as commands
from veerkracht.register.residence.models import Residence

pytestmark = pytest.mark.once


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


@pytest.fixture
def resident(lives) -> Residence:
    return lives(0, on=date(2023, 12, 1))


def post(client: Client, resident: Residence, verb: str, **more: object) -> int:
    data = {"version": resident.version, "on": TODAY.isoformat(), **more}
    return client.post(f"/en/places/residents/{resident.pk}/{verb}/", data).status_code


def test_a_home_records_what_happens_in_a_stay(home, resident, admission):
    client = signed_in(admission)
    listed = client.get(f"/en/places/homes/{home.pk}/residents/").content.decode()
    assert (resident.person.number in listed, "1 resident" in listed) == (True, True)
    assert post(client, resident, "leave", absence="visit") == 302
    # With the version that was seen before that, somebody else was first.
    assert post(client, resident, "return") == 409
    resident.refresh_from_db()
    assert post(client, resident, "leave", absence="visit") == 422
    assert post(client, resident, "return") == 302
    resident.refresh_from_db()
    assert post(client, resident, "move", unit=rooms(home)[2].pk) == 302
    resident.refresh_from_db()
    assert resident.stay.unit == rooms(home)[2]
    assert post(client, resident, "end", reason="bored") == 422
    assert post(client, resident, "end", reason="left", on="2023-12-01") == 422
    assert post(client, resident, "end", reason="left") == 302
    shown = client.get(f"/nl/places/residents/{resident.pk}/").content.decode()
    assert ("Vertrok definitief" in shown, "Vertrokken" in shown) == (True, True)


def test_to_others_no_resident_is_there(home, resident, admission):
    strangers = [worker(make_home("Oak House")), worker(home, "analyst"), worker(home, "officer")]
    for actor in strangers:
        client = signed_in(actor)
        codes = [
            client.get(f"/en/places/homes/{home.pk}/residents/").status_code,
            client.get(f"/en/places/residents/{resident.pk}/").status_code,
            client.get("/en/places/residents/999999/").status_code,
            post(client, resident, "end", reason="left"),
        ]
        assert codes == [404] * 4
    assert Residence.objects.get().until_date is None
    assert signed_in(admission).get(f"/en/places/residents/{resident.pk}/end/").status_code == 404


def test_the_command_prints_how_full_homes_are_and_plays_a_day(home, resident, capsys):
    run = commands.command.main
    assert run(["occupancy", "--level", "municipality", "--json"], standalone_mode=False) is None
    whole = json.loads(capsys.readouterr().out)["whole"]["on_day"]
    assert (whole["open"], whole["occupied"]) == (4, 1)
    assert run(["residents", str(home.pk), "--json"], standalone_mode=False) is None
    assert [one["number"] for one in json.loads(capsys.readouterr().out)] == [resident.person.number]
    price = ["set-price", str(home.pk), "--from", "2024-01-15", "--ground", "first", "--part"]
    assert run([*price, "roof=4000", "--part", "soup=950"], standalone_mode=False) is None
    with pytest.raises(BadParameter, match="expected PART=CENTS"):
        run([*price, "roof"], standalone_mode=False)
    capsys.readouterr()
    assert run(["prices", str(home.pk), "--json"], standalone_mode=False) is None
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["cents"], told["parts"]) == (4950, {"roof": 4000, "soup": 950})
    assert run(["play-day"], standalone_mode=False) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "Every invariant holds."
