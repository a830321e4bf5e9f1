"""The desk by program: the same gates as the pages, and no name, address or number in any answer."""

import json
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from tests.crisis.making import MOTHER, SON, end_shifts, make_call, make_shelter, make_worker, of
from veerkracht.register import clock
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import Call, Search
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.models import CrisisStay
from veerkracht.register.tokens import actions as tokens

pytestmark = pytest.mark.django_db
SECRETS = ("Amina", "Fassi", "Bakkali", "Hidden Lane", "0471 00 00 00", "0470 12 34 56", "northham")


class Program:
    """A program of somebody, with a key that may change things."""

    def __init__(self, actor: Actor):
        caches["process"].clear()
        _, secret = tokens.make(actor, name="test", days=1, may_write=True)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})
        self.told: list[str] = []

    def get(self, path: str) -> Any:
        return self._answer(self.client.get(f"/api/v1/{path}"))

    def post(self, path: str, **data: Any) -> Any:
        return self._answer(
            self.client.post(f"/api/v1/{path}", json.dumps(data), content_type="application/json")
        )

    def _answer(self, answer: Any) -> Any:
        self.told.append(answer.content.decode())
        return answer.json() if answer.status_code == 200 else answer.status_code


def test_a_call_by_program_ends_in_a_place_and_no_answer_tells_who_or_where(worker):
    house = make_shelter(
        "House Fable", secret=True, address="Hidden Lane 7", sleeps=(4,), phone="0471 00 00 00"
    )
    other = make_shelter("House Elm", area="south", sleeps=(4,))
    ours = Program(worker)
    call = ours.post("desk/calls", channel="phone", caller="self", topics=["violence"])
    actions.identify(Call.objects.get(), [MOTHER, SON], by=worker)
    wanted = {"kind": "shelter", "from_area": "north", "adults": 1, "children": [7, 3]}
    search = ours.post(f"desk/calls/{call['number']}/search", **wanted, avoid_names=["Karim Bakkali"])
    assert (call["anonymous"], search["call"], search["state"], search["persons"]) == (
        True, call["number"], "open", 3,
    )  # fmt: skip
    at = f"desk/searches/{search['number']}"
    found = ours.get(f"{at}/matches")["found"]
    assert [(one["name"], one["area"], one["km"]) for one in found] == [
        ("House Fable", "", None),
        ("House Elm", "south", pytest.approx(found[1]["km"])),
    ]
    assert {"nl": "Er is plaats.", "en": "There is room."} in found[0]["reasons"]
    assert ours.post(f"{at}/refuse", service=other.pk, reason="full")["state"] == "open"
    stale = ours.post(f"{at}/hold", service=house.pk, version=search["version"])
    held = ours.post(f"{at}/hold", service=house.pk, version=search["version"] + 1)
    assert (stale, held["state"], held["held"]["units"]) == (409, "held", ["Room 1"])
    freed = ours.post(f"{at}/release", version=held["version"])
    held = ours.post(f"{at}/hold", service=house.pk, version=freed["version"])
    placed = ours.post(f"{at}/confirm", version=held["version"], transport="own")
    assert (freed["held"], placed["state"], placed["held"]["until"]) == (None, "placed", None)
    assert LogEntry.objects.filter(fields=["hidden-address"]).count() == 0
    (row,) = ours.get("crisis-stays")["rows"]
    stay = ours.get(f"crisis-stays/{row['id']}")
    assert (row["number"], [one["role"] for one in stay["guests"]], stay["clocks"][0]["watched"]) == (
        search["number"], ["adult", "child", "child"], stay["clocks"][0]["watched"],
    )  # fmt: skip
    asked = {"version": stay["version"], "programme": "home-place"}
    handed = ours.post(f"crisis-stays/{row['id']}/hand-over", **asked)
    again = ours.post(f"crisis-stays/{row['id']}/hand-over", **asked)
    assert ([one["programme"] for one in handed["handed"]], again) == (["home-place"] * 2, 409)
    assert CrisisStay.objects.get().version == handed["version"]
    told = " ".join(ours.told)
    assert [word for word in SECRETS if word.lower() in told.lower()] == []


def test_no_place_found_by_program_counts_and_is_called_back(worker):
    ours, call = Program(worker), make_call(worker)
    search = ours.post(f"desk/calls/{call.number}/search", kind="shelter", from_area="north", adults=1)
    at = f"desk/searches/{search['number']}"
    assert ours.get(f"{at}/matches")["found"] == []
    said = {"reason": "all-full", "fallback": "inn"}
    assert ours.post(f"{at}/none-found", **said, note="Ask Mevrouw Peeters") == 422
    none = ours.post(f"{at}/none-found", **said, note="Nobody answers")
    assert (none["state"], none["none_found"]["fallback"], ours.get(at)) == ("none", "inn", none)
    actions.promise_call_back(call, by=worker, in_minutes=30, how="0470 12 34 56")
    (back,) = ours.get("desk/call-backs")["call_backs"]
    assert (back["call"], back["is_late"], "how" in back) == (call.number, False, False)
    today = clock.today()
    counted = ours.get(f"desk/counts?by=zone&from_date={today}&until_date={today}")
    assert (counted["is_exact"], counted["total"]["counts"]["none"], counted["rows"][0]["id"]) == (
        True,
        1,
        "upper",
    )
    assert [word for word in SECRETS if word in " ".join(ours.told)] == []


def test_a_program_may_no_more_than_who_made_its_key(worker):
    call = make_call(worker)
    search = Search.objects.get(number=Program(worker).post(
        f"desk/calls/{call.number}/search", kind="shelter", from_area="north", adults=1)["number"])  # fmt: skip
    paths = [f"desk/searches/{search.number}", f"desk/searches/{search.number}/matches", "desk/call-backs"]
    officer = Program(of("Elsewhere", "officer"))
    south = Program(make_worker("Desk South"))
    assert [officer.get(path) for path in (*paths, "crisis-stays")] == [404] * 4
    assert [south.get(path) for path in paths] == [404, 404, {"call_backs": []}]
    assert south.told[0] == officer.told[0]
    planner = Program(of("Elsewhere", "analyst"))
    today = clock.today()
    assert planner.get(f"desk/counts?from_date={today}&until_date={today}")["is_exact"] is False
    ours = Program(worker)
    wrong = ours.post(f"desk/calls/{call.number}/search", kind="castle", from_area="north", adults=1)
    assert (wrong, json.loads(ours.told[0])["errors"][0]["field"]) == (422, "kind")
    house = make_shelter()
    end_shifts()
    late = ours.post(f"desk/searches/{search.number}/hold", service=house.pk, version=search.version)
    assert (late, json.loads(ours.told[1])["errors"][0]["field"]) == (422, "shift")
