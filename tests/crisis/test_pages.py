"""The desk's pages: a call, a search, a place, in three presses; and what nobody else sees there."""

import re

import pytest
from django.test import Client

from tests.crisis.making import MOTHER, end_shifts, make_call, make_search, make_shelter, make_worker, of
from tests.factories import make_actor
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import Call, CallBack, Search
from veerkracht.register.people.actors import Actor

pytestmark = pytest.mark.django_db
ASKED = {
    "reference": "0d9f6d0e-7d62-4c58-8f0f-6a3b1f0a1c11",
    "kind": "shelter",
    "from_area": "Northham",
    "adults": "1",
    "children": "8, 3",
    "schools": ", Southby",
    "nights": "2",
    "pets": "0",
    "channel": "phone",
    "caller": "self",
}


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def do(client: Client, search: Search, verb: str, **what: object):
    search.refresh_from_db()
    return client.post(
        f"/en/desk/search/{search.number}/{verb}/", {"version": search.version, **what}, follow=True
    )


def test_from_a_call_to_a_place_in_three_presses(worker):
    shelter = make_shelter(address="Birch Lane 1", sleeps=(4,), phone="0471 00 00 00")
    client = browser(worker)
    assert client.get("/en/desk/").status_code == 200
    found = client.post("/en/desk/", ASKED, follow=True)
    search = Search.objects.get()
    assert (found.redirect_chain[0][0], search.persons) == (f"/en/desk/search/{search.number}/", 3)
    assert (search.children, search.schools) == ([3, 8], ["south", ""])
    assert "children of 3, 8 · 2 nights · school in Southby, – ·" in words(found)
    held = words(do(client, search, "hold", service=shelter.pk))
    assert ("0471 00 00 00" in held, "Birch Lane 1" in held) == (True, False)
    came = words(do(client, search, "confirm", transport="own"))
    search.refresh_from_db()
    assert (search.state, "Birch Lane 1" in came) == ("placed", True)
    assert "Go on: the stay, consent and longer help" in came


def test_pressing_twice_is_one_call_and_one_search(worker):
    client = browser(worker)
    for _ in range(2):
        client.post("/en/desk/", ASKED)
    assert (Call.objects.count(), Search.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"from_area": "Nowhere"}, "There is no municipality “Nowhere”."),
        ({"children": "eight"}, "Ages are whole numbers with commas between; found: eight."),
        ({"adults": "0", "children": ""}, "Expected: 1 to 20; found: 0."),
        ({"kind": "bed-minor"}, "Bed for a minor: for minors only; found: 1 adults, 2 children."),
        ({"avoid_areas": "Northham, Moon"}, "There is no municipality “Moon”."),
    ],
)
def test_what_can_not_be_is_said_at_its_field(worker, wrong, said):
    answer = browser(worker).post("/en/desk/", {**ASKED, **wrong})
    assert (answer.status_code, said in words(answer), Search.objects.count()) == (422, True, 0)
    focused = re.findall(r'name="(\w+)"[^>]* autofocus', answer.content.decode())
    assert focused == [next(iter(wrong)).replace("kind", "adults")]


def test_who_is_not_on_duty_is_told_and_can_begin(worker):
    end_shifts()
    client = browser(worker)
    assert "You are not on duty now." in words(client.get("/en/desk/"))
    refused = client.post("/en/desk/", ASKED)
    # What was filled in stays, and one press more begins the shift and searches: the cursor stands there.
    begin = re.findall(
        r'<button form="search" name="begin" value="(\w+)"[^>]*autofocus', refused.content.decode()
    )
    assert (refused.status_code, begin, refused.content.count(b" autofocus")) == (422, ["day"], 1)
    assert client.post("/en/desk/", {**ASKED, "begin": "dusk"}).status_code == 422
    assert client.post("/en/desk/", {**ASKED, "begin": "day"}).status_code == 302
    client.post("/en/desk/shift/end/")
    client.post("/en/desk/shift/start/", {"kind": "day"})
    assert client.post("/en/desk/", ASKED).status_code == 302
    client.post("/en/desk/shift/end/")
    assert client.post("/en/desk/", {**ASKED, "reference": ASKED["reference"][:-1] + "2"}).status_code == 422


def test_why_a_place_is_not_held_is_said_on_the_page(worker):
    """Off duty; and the same family at two desks, of which one was first."""
    client, south = browser(worker), make_worker("Desk South")
    ours, theirs = make_call(worker), make_call(south)
    for call, by in ((ours, worker), (theirs, south)):
        actions.identify(call, [MOTHER], by=by)
    search, shelter = make_search(worker, ours), make_shelter()
    actions.hold_for(make_search(south, theirs), make_shelter("House Elm"), by=south)
    assert "Perhaps the same family." in words(client.get(f"/en/desk/search/{search.number}/"))
    second = do(client, search, "hold", service=shelter.pk)
    assert (second.status_code, "A place is held for this family already" in words(second)) == (409, True)
    end_shifts()
    late = do(client, search, "hold", service=shelter.pk)
    assert (late.status_code, "You are not on duty now" in words(late)) == (422, True)
    search.refresh_from_db()
    assert search.state == "open"


def test_no_place_found_stands_on_the_call_back_list(worker):
    client, search = browser(worker), make_search(worker)
    answer = do(client, search, "none", reason="all-full", fallback="inn", note="Ask Mevrouw Peeters")
    assert (answer.status_code, "This looks like a name" in words(answer)) == (422, True)
    answer = do(
        client, search, "none", reason="all-full", fallback="inn", note="Ask Mevrouw Peeters", is_sure="on"
    )
    assert "Inn" in words(answer)
    back = f"/en/desk/calls/{search.call.number}/call-back/"
    client.post(back, {"in_minutes": 30, "how": "0470 12 34 56", "safe": "not after ten"})
    listed = client.get("/en/desk/calls/")
    assert "0470 12 34 56" in words(listed)
    due = re.search(r"/en/desk/call-back/(\d+)/", listed.content.decode())
    client.post(due.group(0), {"version": 0, "answer": "reached"})
    second = client.post(due.group(0), {"version": 0, "answer": "reached"}, follow=True)
    assert "They have been called back already." in words(second)
    assert CallBack.objects.get().version == 1
    assert "Nobody to call back." in words(client.get("/en/desk/calls/"))
    assert do(client, search, "again").redirect_chain[0][0] != f"/en/desk/search/{search.number}/"


def test_advice_is_noted_and_nobody_is_known(worker):
    client = browser(worker)
    told = {name: ASKED[name] for name in ("reference", "channel", "caller")}
    assert client.post("/en/desk/advice/", told).status_code == 422
    assert client.post("/en/desk/advice/", {**told, "advice": ["listened"]}).status_code == 302
    assert Call.objects.get().consult.advice == ["listened"]


def test_who_it_is_about_stands_on_the_page_of_their_own_desk_only(worker):
    client, call = browser(worker), make_call(worker)
    people = {
        "form-TOTAL_FORMS": "5",
        "form-INITIAL_FORMS": "0",
        "form-0-given_name": MOTHER.given_name,
        "form-0-family_name": MOTHER.family_name,
        "form-0-birth_date": MOTHER.birth_date.isoformat(),
        # A browser sends what stands in the rows that nobody filled in, too.
        **{
            f"form-{row}-{field}": ""
            for row in range(1, 5)
            for field in ("given_name", "family_name", "birth_date")
        },
        **{f"form-{row}-role": "adult" for row in range(5)},
    }
    client.post(f"/en/desk/calls/{call.number}/identify/", people)
    assert "Amina El Fassi" in words(client.get(f"/en/desk/calls/{call.number}/"))
    assert "Amina" not in words(client.get("/en/desk/calls/"))
    other = browser(make_worker("Desk South"))
    seen = [other.get(f"/en/desk/calls/{number}/") for number in (call.number, "C-9999999")]
    assert [answer.status_code for answer in seen] == [404, 404]
    assert "Amina" not in words(other.get("/en/desk/calls/"))


def test_another_role_finds_no_desk(worker):
    search = make_search(worker)
    for role in ("officer", "admission", "reader", "analyst"):
        client = browser(of("Elsewhere", role))
        pages = ["desk/", "desk/calls/", f"desk/search/{search.number}/", f"desk/calls/{search.call.number}/"]
        assert [client.get(f"/en/{page}").status_code for page in pages] == [404] * 4


def test_counts_are_a_table_and_a_file(worker):
    for _ in range(7):
        make_search(worker)
    client = browser(worker)
    own = client.get("/en/desk/counts/counts.csv?way=zone")
    assert own.content.decode("utf-8-sig").splitlines()[1] == "Upper,7,0,0,0,7"
    planner = browser(make_actor("analyst"))
    theirs = planner.get("/en/desk/counts/counts.csv?way=zone").content.decode("utf-8-sig").splitlines()[1]
    assert {int(number) % 3 for number in theirs.split(",")[1:]} == {0}
    assert "Of all desks together." in words(planner.get("/en/desk/counts/"))
    for days in (("2024-02-01", "2024-01-01"), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")):
        asked = dict(zip(("from_date", "until_date"), days, strict=True))
        for page in ("/en/desk/counts/", "/en/desk/counts/counts.csv"):
            assert client.get(page, asked).status_code == 422


def test_a_place_that_refuses_is_left_out(worker):
    shelter, search = make_shelter(), make_search(worker)
    answer = do(browser(worker), search, "refuse", service=shelter.pk, reason="full")
    assert ("Refused already. (1)" in words(answer), "No place fits now." in words(answer)) == (True, True)


def test_somebody_before_us_is_told_on_the_page(worker):
    shelter, search = make_shelter(), make_search(worker)
    actions.hold_for(make_search(worker), shelter, by=worker)
    answer = do(browser(worker), search, "hold", service=shelter.pk)
    assert (answer.status_code, "No fitting place is free here any more" in words(answer)) == (409, True)


def test_what_shelters_give_has_a_name_wherever_places_are_listed(worker):
    make_shelter()
    client = browser(worker)
    for path in ("places/", "open/directory/"):
        text = words(client.get(f"/en/{path}"))
        assert (path, "Safe places" in text, "crisis-shelter" in text) == (path, True, False)
