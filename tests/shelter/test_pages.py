"""The pages of what follows a safe place, the helpline's form, leaving at once, and the command."""

import json
import re

import pytest
from django.test import Client

from tests.crisis import making as desk
from tests.factories import make_actor
from tests.shelter.letters import NEED, note
from tests.shelter.making import of_shelter, pass_hours
from veerkracht.config.home import PROJECT
from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.shelter.models import ContactMessage, Counselling, CrisisStay

pytestmark = pytest.mark.django_db
_ON_A_FRAME = ('{% extends "web/desk_base.html" %}', '{% extends "web/quiet_base.html" %}')


def browser(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def do(client: Client, stay: CrisisStay, verb: str, **what):
    stay.refresh_from_db()
    return client.post(
        f"/en/desk/stays/{stay.pk}/", {"verb": verb, "version": stay.version, **what}, follow=True
    )


def test_a_stay_from_alarm_to_longer_help_on_one_page(worker, stay):
    client, boy = browser(worker), stay.guests.get(role="child")
    pass_hours(stay, 95)
    listed = words(client.get("/en/desk/stays/"))
    assert [word for word in ("Z-0000001", "nearly over", "over") if word not in listed] == []
    assert [word for word in ("Amina", "Ilyas", "El Fassi") if word in listed] == []
    page = words(client.get(f"/nl/desk/stays/{stay.pk}/"))
    assert [word for word in ("Amina El Fassi", "Verder helpen", "Langer blijven") if word not in page] == []
    agreed = do(client, stay, "consent", guest=boy.pk, voice="parent", agreed="yes", how="spoken")
    assert "all agreed" in words(agreed)
    nobody = do(client, stay, "consent", guest="9" * 30, voice="parent", agreed="yes", how="spoken")
    assert nobody.status_code == 422
    wrong = do(client, stay, "extend", days=9, why="No home yet")
    assert (wrong.status_code, "asked: 9" in words(wrong)) == (422, True)
    assert "The stay is extended." in words(do(client, stay, "extend", days=2, why="No home yet"))
    assert "Asked for 2: V-0000001, V-0000002." in words(
        do(client, stay, "hand-over", programme="home-place")
    )
    named = {"consult-guest": boy.pk, "consult-programme": "home-place", "consult-ground": "round-table"}
    asked = {**named, "consult-purpose": "Is it safe?", "consult-fields_": ["request"]}
    nobody = do(client, stay, "consult", **asked, **{"consult-members": "No Body"})
    assert (nobody.status_code, "This is nobody" in words(nobody)) == (422, True)
    opened = do(
        client, stay, "consult", **asked, **{"consult-members": make_actor("case-worker").user.username}
    )
    assert "The consultation is open" in words(opened)
    meeting = re.search(r"/en/shared/consultations/\d+/", opened.content.decode()).group()
    assert "Is it safe?" in words(client.get(meeting))
    stale = client.post(f"/en/desk/stays/{stay.pk}/", {"verb": "end", "version": 1, "reason": "home"})
    assert (stale.status_code, Request.objects.count()) == (409, 2)
    assert "The stay has ended" in words(do(browser(of_shelter(stay)), stay, "end", reason="home"))
    assert "Z-0000001" in words(client.get("/en/desk/stays/?state=ended"))


def test_counselling_is_asked_at_the_stay_and_taken_up_by_the_team(worker, stay):
    team = desk.make_shelter("Team Oak", kinds=("visit",))
    leader = desk.of(team.organisation.name, "admission")
    assert "asked for" in words(do(browser(worker), stay, "counselling", module="talks", team=team.pk))
    client, one = browser(leader), Counselling.objects.get()
    assert "Z-0000001" in words(client.get("/en/desk/counselling/"))
    address = f"/en/desk/counselling/{one.pk}/"
    began = client.post(address, {"verb": "start", "version": 1, "worker": leader.user_id}, follow=True)
    assert "running" in words(began)
    over = client.post(address, {"verb": "end", "version": 2, "reason": "home"}, follow=True)
    assert (Counselling.objects.get().state, over.status_code) == ("ended", 200)


def test_stays_stand_in_the_menu_of_who_has_a_service_for_them(worker, stay):
    ours, elsewhere, desk_s_own = of_shelter(stay), make_actor("admission"), worker
    pages = [words(browser(one).get("/en/places/")) for one in (ours, elsewhere, desk_s_own)]
    assert ["Crisis stays" in page for page in pages] == [True, False, False]
    assert "Crisis desk" in pages[-1]


def test_of_what_is_elsewhere_pages_say_the_same_as_of_what_is_not(stay):
    for actor in (desk.make_worker("Desk South"), make_actor("officer")):
        client = browser(actor)
        for path in ("desk/stays", "desk/counselling", "desk/messages"):
            answers = [client.get(f"/en/{path}/{id}/") for id in (stay.pk, 9_999)]
            assert [one.status_code for one in answers] == [404, 404]
            assert len({words(one) for one in answers}) == 1


def test_the_helplines_form_sets_no_cookie_keeps_nothing_and_leads_back_by_code(worker):
    visitor = Client(enforce_csrf_checks=True)
    form = {"kind": "blows", "sender": "me", "text": "He took my keys", "area": "", "way_back": ""}
    empty = visitor.get("/en/contact/")
    wrong = visitor.post("/en/contact/", {**form, "text": ""})
    sent = visitor.post("/en/contact/", form)
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", words(sent)).group()
    assert [one.status_code for one in (empty, wrong, sent)] == [200, 422, 200]
    assert {one["Cache-Control"] for one in (empty, sent)} == {"no-store"}
    row = ContactMessage.objects.get()
    page = browser(worker).get(f"/en/desk/messages/{row.pk}/")
    assert "He took my keys" in words(page)
    browser(worker).post(f"/en/desk/messages/{row.pk}/", {"text": "We are here."})
    assert "We are here." in words(visitor.post("/nl/contact/answer/", {"code": code}))
    assert "There is no message" in words(visitor.post("/en/contact/answer/", {"code": "2345-2345-2345"}))
    assert dict(visitor.cookies) == {}


def test_a_program_that_fills_in_everything_is_told_what_people_are_told(db):
    form = {"kind": "blows", "sender": "me", "text": "Buy", "leave_empty": "x"}
    assert "We have your message" in words(Client().post("/en/contact/", form))
    assert ContactMessage.objects.count() == 0


def test_every_page_of_the_desk_and_the_helpline_has_the_way_out_above_it():
    """Each is built on one of the two frames that carry it; `test_desk_keyboard` sees it stay in sight."""
    folder = PROJECT / "src/veerkracht/web/templates/web"
    frames = ("desk_base.html", "quiet_base.html")
    pages = [
        one for one in (*folder.glob("desk*.html"), *folder.glob("contact*.html")) if one.name != frames[0]
    ]
    without = [one.name for one in pages if not one.read_text().startswith(_ON_A_FRAME)]
    assert (without, len(pages) > 15) == ([], True)
    carried = [(folder / name).read_text() for name in (frames[1], "parts/desk_safety.html")]
    assert [text.count("web/parts/leave_now.html") for text in carried] == [1, 1]
    assert "web/parts/desk_safety.html" in (folder / frames[0]).read_text()


def test_leaving_at_once_signs_out_clears_the_browser_and_leads_to_a_harmless_page(worker):
    client = browser(worker)
    left = client.post("/en/leave/")
    assert left["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert 'content="0; url=https://example.org"' in left.content.decode()
    assert client.get("/en/desk/stays/").status_code == 302
    out = browser(worker).post("/en/sign-out/")
    assert out["Clear-Site-Data"] == '"storage"'


def test_what_a_browser_keeps_says_nothing_of_anybody_and_is_for_desks_alone(worker, stay):
    desk.make_shelter("House Elder", address="Church Street 1", secret=True)
    client = browser(worker)
    kept = [client.get(f"/en/desk/offline/{name}") for name in ("", "kept.json", "worker.js")]
    assert [one.status_code for one in kept] == [200, 200, 200]
    text = " ".join(one.content.decode() for one in kept)
    assert [word for word in ("Amina", "Elder", "Church", worker.name, "csrf") if word in text] == []
    assert kept[2]["Service-Worker-Allowed"] == "/en/desk/"
    assert [one["name"] for one in kept[1].json()["services"]] == [""]
    other = browser(make_actor("officer"))
    assert {
        other.get(f"/en/desk/offline/{name}").status_code for name in ("", "kept.json", "reconcile/")
    } == {404}


def test_letters_come_in_with_a_token_and_each_is_answered(worker):
    shelter = desk.make_shelter()
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker.user)
    token = client.get("/en/desk/offline/reconcile/").json()["token"]
    data = {"letters": [note(worker, clock.now(), need=NEED, service=shelter.pk), "torn"]}
    how = {"data": json.dumps(data), "content_type": "application/json"}
    assert client.post("/en/desk/offline/reconcile/", **how).status_code == 403
    found = client.post("/en/desk/offline/reconcile/", **how, headers={"X-CSRFToken": token}).json()[
        "outcomes"
    ]
    assert [(one["outcome"], one["call"]) for one in found] == [("done", "C-0000001"), ("wrong", "")]
    for wrong in ("", "[]", '{"letters": "x"}', '{"letters": [1]}'):
        how["data"] = wrong
        answer = client.post("/en/desk/offline/reconcile/", **how, headers={"X-CSRFToken": token})
        assert answer.status_code == 404
