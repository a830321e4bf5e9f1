"""A family's page of homes, and the same for who keeps the file."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from tests.factories import make_own_actor, make_person, make_user
from tests.lists.factories import TESTS, make_asking, make_home, make_measured, make_waiting, officer_of
from veerkracht import region
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.lists import actions
from veerkracht.register.lists.models import Double, Entry
from veerkracht.register.log.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def asked():
    request = make_asking()
    make_measured(request.person, 3)
    return request


def test_a_family_asks_several_homes_at_once_and_sees_each(asked):
    near, second, far = make_home(), make_home(rules="example-by-date"), make_home(area="71016")
    other = make_waiting(near, need=4)
    family = signed_in(make_own_actor(asked.person).user)
    page = family.get("/en/my/homes/?area=11002").content.decode()
    assert [home.name in page for home in (near, second, far)] == [True, True, False]
    prefix = f"register-{asked.pk}"
    sent = {"verb": "register", f"{prefix}-services": [near.pk, second.pk], f"{prefix}-when_ready": "now"}
    assert family.post("/en/my/homes/?area=11002", sent).status_code == 302
    page = family.get("/en/my/homes/").content.decode()
    assert "Place 2 of 2" in page
    assert "You have 5 points." in page
    assert "You do not take part now" in page
    assert str(other.request.person) not in page
    assert other.request.number not in page
    staff = signed_in(make_user("officer")).get(f"/en/file/{asked.number}/homes/").content.decode()
    assert "Place 2 of 2" in staff


def test_only_the_first_home_and_what_asks_something_stand_open(asked):
    homes = [make_home(), make_home(), make_home()]
    _first, _second, third = actions.register(asked, homes, by=TESTS)
    family = signed_in(make_own_actor(asked.person).user)

    def folded() -> list[bool]:
        page = family.get("/en/my/homes/").content.decode()
        return [f'<span class="hidden-words">: {home.name}</span></summary>' in page for home in homes]

    assert folded() == [False, True, True]
    # What everybody may read of a home is one press away, and opens for the family too.
    links = re.findall(r'href="(/en/open/directory/\d+/home/)"', family.get("/en/my/homes/").content.decode())
    assert links == [f"/en/open/directory/{home.pk}/home/" for home in homes]
    assert family.get(links[0]).status_code == 200
    day = date(2024, 2, 1)
    Entry.objects.filter(pk=third.pk).update(when_ready="later", ask_again_on=day)
    assert folded() == [False, True, True]
    Entry.objects.filter(pk=third.pk).update(answer_by=day)
    assert folded() == [False, True, False]
    page = signed_in(make_user("officer")).get(f"/en/file/{asked.number}/").content.decode()
    assert ("See where it stands at each home" in page, ">Conditions<" in page) == (True, False)


@pytest.mark.parametrize(("rules", "has_points"), [("example-points", True), ("example-by-date", False)])
def test_points_are_a_column_where_the_home_gives_any(rules, has_points):
    home = make_home(rules=rules)
    make_waiting(home)
    page = signed_in(officer_of(home).user).get(f"/en/places/homes/{home.pk}/list/").content.decode()
    assert ('class="n">Points</th>' in page, "Who waits" in page) == (has_points, True)


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_done(asked):
    (entry,) = actions.register(asked, [make_home()], by=TESTS)
    theirs = make_waiting(entry.service)
    family = signed_in(make_own_actor(asked.person).user)

    def send(verb: str, id: int, **told: object) -> int:
        prefixed = {f"{verb}-{id}-{name}": value for name, value in {"version": 1, **told}.items()}
        return family.post("/en/my/homes/", {"verb": verb, "id": id, **prefixed}).status_code

    assert send("change", entry.pk, preference=0, when_ready="now") == 422
    assert send("pause", entry.pk, until="2020-01-01") == 422
    assert send("leave", theirs.pk, reason="stays-at-home") == 404
    assert send("shout", entry.pk) == 404
    assert Entry.objects.get(pk=entry.pk).version == 1
    told = {"preference": 2, "when_ready": "later", "fact_family_here": "yes", "fact_lived_here": ""}
    assert send("change", entry.pk, **told) == 302
    found = Entry.objects.get(pk=entry.pk)
    assert (found.preference, found.when_ready, found.facts) == (2, "later", {"family_here": True})
    assert send("pause", entry.pk, version=2) == 302
    assert send("resume", entry.pk, version=2) == 422
    assert send("resume", entry.pk, version=3) == 302
    assert send("still", entry.pk, version=4, answer="now") == 302
    assert send("leave", entry.pk, version=5, reason="stays-at-home") == 302
    assert Entry.objects.get(pk=entry.pk).state == "off"


def test_where_no_home_may_be_asked_by_oneself_who_asked_none_is_told_where_to_ask(monkeypatch):
    here = region.current()
    programme = replace(here.programmes["residential-care"], ask_oneself=False)
    changed = replace(here, programmes={**here.programmes, programme.id: programme})
    monkeypatch.setattr(region, "current", lambda: changed)
    family = signed_in(make_own_actor(make_person()).user)
    assert "You have no request for a place" in family.get("/en/my/homes/").content.decode()
    assert [family.get(f"/en/my/homes/{page}/").status_code for page in ("ask", "asked")] == [404, 404]


def test_an_officer_decides_on_a_double_beside_both_files(asked):
    home = make_home()
    actions.register(asked, [home], by=TESTS)
    again = make_waiting(home)
    actions.find_doubles(by=TESTS)
    (double,) = Double.objects.all()
    officer = signed_in(make_user("officer"))
    page = officer.get("/en/places/doubles/").content.decode()
    assert [person.number in page for person in double.people] == [True, True]
    sent = {"id": double.pk, f"{double.pk}-version": 1, f"{double.pk}-decision": asked.person.number}
    assert officer.post("/en/places/doubles/", sent).status_code == 422
    assert (
        officer.post("/en/places/doubles/", {**sent, f"{double.pk}-why": "Both called."}).status_code == 302
    )
    assert Entry.objects.get(pk=again.pk).state == "off"
    assert "No pair of files waits" in officer.get("/en/places/doubles/").content.decode()
    for client in (signed_in(make_user("reader")), signed_in(make_own_actor(asked.person).user)):
        assert client.get("/en/places/doubles/").status_code == 404


def test_a_home_chooses_the_rules_of_its_list_and_nobody_else_does():
    home, other = make_home(rules=""), make_home()
    entry = make_waiting(home)
    admission = signed_in(officer_of(home).user)
    page, choose = f"/en/places/homes/{home.pk}/list/", f"/en/places/homes/{home.pk}/list/rules/"
    assert "has no rules for its list yet" in admission.get(page).content.decode()
    for rules in ("no-such-rules", ""):
        assert admission.post(choose, {"rules": rules}).status_code == 422
    for stranger in (officer_of(other).user, make_user("officer"), make_own_actor(entry.request.person).user):
        assert signed_in(stranger).post(choose, {"rules": "example-points"}).status_code == 404
    home.refresh_from_db()
    assert home.rules == ""
    shown = admission.post(choose, {"rules": "example-by-date"}, follow=True).content.decode()
    assert ("The list is ordered by these rules" in shown, "has no rules" in shown) == (True, False)
    home.refresh_from_db()
    assert home.rules == "example-by-date"
    # Who had the page open from before is told, and changes nothing.
    late = admission.post(choose, {"rules": "example-points", "was": ""})
    home.refresh_from_db()
    assert (late.status_code, home.rules) == (422, "example-by-date")
    told = late.content.decode()
    assert ("Somebody else chose other rules" in told, 'name="was" value="example-by-date"' in told) == (
        True,
        True,
    )
    logged = LogEntry.objects.filter(object_type="service", verb="change").latest("pk")
    assert logged.detail == {"rules": "example-by-date", "before": ""}


def test_the_rules_of_a_list_are_of_its_own_kind_of_help():
    home = make_home()
    with pytest.raises(Invalid) as unknown:
        actions.choose_rules(home, by=officer_of(home), rules="by-the-weather", was=home.rules)
    assert (unknown.value.field, "example-by-date" in str(unknown.value)) == ("rules", True)
    with pytest.raises(Refused):
        actions.choose_rules(home, by=officer_of(make_home()), rules="example-by-date", was=home.rules)
    home.refresh_from_db()
    assert home.rules == "example-points"
