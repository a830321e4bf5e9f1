"""Stays and occupancy by program: the same gates and actions as the pages."""

from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client

from tests import factories
from tests.residence.conftest import COMMAND, PROGRAMME, TODAY, make_home, rooms, worker
from veerkracht import region
from veerkracht.register.care import actions as care
from veerkracht.register.residence import actions
from veerkracht.register.residence.actions import Said
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service
from veerkracht.register.tokens import actions as tokens

pytestmark = pytest.mark.once


class Program:
    """A program of somebody, with a key that may change things."""

    def __init__(self, actor) -> None:
        caches["process"].clear()
        _, secret = tokens.make(actor, name="test", days=1, may_write=True)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str):
        return self._told(self.client.get(f"/api/v1/{path}"))

    def post(self, path: str, **data):
        return self._told(self.client.post(f"/api/v1/{path}", data, content_type="application/json"))

    def _told(self, answer):
        return answer.json() if answer.status_code == 200 else answer.status_code


def test_a_homes_own_software_keeps_a_stay_from_the_first_day_to_the_last(home, lives, admission):
    program = Program(admission)
    kind = region.current().programme(PROGRAMME).kinds[0]
    asking = care.ask(
        factories.make_person(area="north"), by=COMMAND, programme=PROGRAMME, kind=kind, on=TODAY
    )
    hold = supply.hold_place(rooms(home)[0], by=COMMAND, minutes=60, request=asking)
    (stay,) = program.post("stays", hold=hold.pk, on="2024-01-10")
    told = (stay["place"], stay["person"], stay["version"], stay["category"])
    assert told == ("Room 1", asking.person.number, 1, "")
    listed = program.get(f"homes/{home.pk}/residents?size=1")
    assert ([one["number"] for one in listed["rows"]], listed["how_many"], listed["after"]) == (
        [asking.person.number], 1, "",
    )  # fmt: skip
    at = f"stays/{stay['id']}"
    assert (
        program.post(f"{at}/leave", version=1, on="2024-01-11", absence="visit")["away_since"] == "2024-01-11"
    )
    assert program.post(f"{at}/return", version=1, on="2024-01-12") == 409
    assert program.post(f"{at}/return", version=2, on="2024-01-12")["away_since"] is None
    moved = program.post(f"{at}/move", version=3, on="2024-01-13", unit=rooms(home)[2].pk)
    assert (moved["place"], moved["bill"]["days"], moved["bill"]["away"]) == ("Room 3", 6, 1)
    assert program.post(f"{at}/end", version=4, on="2024-01-14", reason="bored") == 422
    ended = program.post(f"{at}/end", version=4, on="2024-01-14", reason="left")
    assert [one["kind"] for one in ended["happened"]] == ["started", "left", "returned", "moved", "ended"]
    assert (program.get(at)["until_date"], program.get(f"homes/{home.pk}/residents")["rows"]) == (
        "2024-01-14",
        [],
    )


def test_how_full_a_home_is_and_how_many_places_there_are_is_told_in_numbers(home, lives):
    lives(0, on=date(2023, 12, 1))
    supply.recognise(home, by=COMMAND, places=5, holds_from=date(2020, 1, 1), source="Made up")
    program = Program(worker(home, "analyst"))
    full = program.get(f"homes/{home.pk}/occupancy")
    assert (full["on"], full["on_day"]) == (
        TODAY.isoformat(),
        {"recognised": 5, "open": 4, "occupied": 1, "away": 0, "of_recognised": 0.2, "of_open": 0.25},
    )
    assert (full["over_year"]["billed"], full["over_year"]["last"]) == (45, "2024-01-14")
    before = program.get(f"homes/{home.pk}/occupancy?on=2023-11-30")
    assert before["on_day"]["occupied"] == 0
    assert program.get(f"homes/{home.pk}/occupancy?on=2030-01-01") == 422
    (area,) = program.get("capacity/areas?level=municipality&ahead=2024-03-01")
    assert (area["area"], area["recognised"], area["open"], area["occupied"]) == ("north", 5, 4, 1)
    (row,) = program.get("capacity/services?on=2023-11-30")["rows"]
    assert (row["name"], row["counts"]["free"], row["counts"]["occupied"]) == ("Elm House", 4, 0)


def test_what_a_day_costs_is_told_by_home_and_day_and_who_pays_beside_it_to_the_home_alone(
    home, lives, admission
):
    for from_, roof in ((date(2022, 1, 1), 4000), (date(2023, 10, 1), 4100)):
        ground = "first" if roof == 4000 else "bell"
        actions.set_price(home, by=COMMAND, said=Said({"roof": roof, "soup": 1000}, ground), from_date=from_)
    studio = Said({"roof": 6000}, "first", unit_kind="studio")
    actions.set_price(home, by=COMMAND, said=studio, from_date=date(2023, 6, 1))
    residents = [lives(0), lives(1)]
    for resident in residents:
        actions.start_contribution(
            resident, by=admission, kind="alms", cents_a_day=300, on=date(2024, 1, 2), payer="The parish"
        )
    planner, own = Program(worker(home, "analyst")), Program(admission)
    held = {
        on: [(one["unit_kind"], one["cents"]) for one in planner.get(f"homes/{home.pk}/prices?on={on}")]
        for on in ("2021-12-31", "2023-05-31", "2023-10-01")
    }
    assert held == {
        "2021-12-31": [],
        "2023-05-31": [("", 5000)],
        "2023-10-01": [("", 5100), ("studio", 6000)],
    }
    first = own.get(f"homes/{home.pk}/contributions?size=1")
    second = own.get(f"homes/{home.pk}/contributions?size=1&after={first['after']}")
    assert [
        (one["stay"], one["effect"], one["cents_a_day"], one["payer"])
        for page in (first, second)
        for one in page["rows"]
    ] == [(one.pk, "lowers", 300, "The parish") for one in residents]
    assert (second["after"], own.get(f"homes/{home.pk}/contributions?on=2024-01-01")["rows"]) == ("", [])
    public = Program(worker(home, "records")).get(f"directory/{home.pk}/prices")
    assert [(one["unit_kind"], one["cents"], len(one["parts"])) for one in public] == [
        ("", 5100, 2),
        ("studio", 6000, 1),
    ]
    # Who plans sees no resident's bill; of a secret home there is no price, as of one that is not there.
    assert planner.get(f"homes/{home.pk}/contributions") == 404
    oak = make_home("Oak House")
    assert Program(worker(oak)).get(f"homes/{home.pk}/contributions") == 404
    elsewhere = Program(worker(oak, "analyst"))
    Service.objects.filter(pk=home.pk).update(secret=True)
    paths = (f"homes/{home.pk}", f"directory/{home.pk}", "directory/999")
    assert [elsewhere.get(f"{path}/prices") for path in paths] == [404] * 3


def test_to_a_program_of_others_no_resident_is_there(home, lives):
    resident = lives(0)
    for actor in (worker(make_home("Oak House")), worker(home, "analyst")):
        program = Program(actor)
        at = f"stays/{resident.pk}"
        asked = [program.get(at), program.get("stays/999999"), program.get(f"homes/{home.pk}/residents")]
        end = program.post(f"{at}/end", version=1, on=TODAY.isoformat(), reason="left")
        assert [*asked, end] == [404] * 4
    assert Program(worker(home, "records")).get(f"homes/{home.pk}/occupancy") == 404
    assert Residence.objects.get().until_date is None
