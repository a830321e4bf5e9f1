"""A family asks once, by itself: the request and its homes at once, checked by each home before it offers a place."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_own_actor, make_person
from tests.lists.conftest import TODAY
from tests.lists.factories import KIND, PROGRAMME, TESTS, make_entry, make_home, make_waiting, officer_of
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists import actions
from veerkracht.register.lists.access import homes_to_ask, may_ask_oneself
from veerkracht.register.lists.actions import Asked, ask_homes
from veerkracht.register.lists.models import Double, Entry
from veerkracht.register.lists.queries import entry_view, homes_to_choose, of_home
from veerkracht.register.log.models import LogEntry
from veerkracht.register.sharing.models import Representation

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BORN = date(1939, 5, 17)


def speak_for(person, other) -> None:
    Representation.objects.create(
        person=person,
        representative=other,
        kind="administrator",
        source="A judge",
        from_date=date(2023, 1, 1),
        recorded_by_name="tests",
    )


def test_a_person_or_who_speaks_for_them_asks_all_homes_at_once():
    near, second = make_home(name="The Lime"), make_home(name="The Oak", rules="example-by-date")
    parent, daughter, stranger = make_person(born=BORN), make_person(given="An"), make_person(given="Bo")
    speak_for(parent, daughter)
    by = make_own_actor(daughter)
    assert [may_ask_oneself(one, parent) for one in (by, make_own_actor(stranger))] == [True, False]
    assert [one.service.pk for one in homes_to_choose(by, parent, "11002").homes] == [near.pk, second.pk]
    assert list(homes_to_ask(by, parent, "", second.name)) == [second]
    request = ask_homes(parent, [second, near], by=by, kind=KIND, asked=Asked(from_place="hospital"))
    assert (request.person, request.state, request.request_date) == (parent, "asked", TODAY)
    entries = Entry.objects.filter(request=request).order_by("preference")
    told = [(one.service_id, one.preference, one.registered_on, one.to_check) for one in entries]
    assert told == [(second.pk, 1, TODAY, True), (near.pk, 2, TODAY, True)]
    assert [(step.kind, step.by_name) for step in request.steps.all()] == [("asked", by.name)]
    assert not may_ask_oneself(by, parent)
    with pytest.raises(Conflict):
        ask_homes(parent, [make_home()], by=by, kind=KIND)
    assert verify.run() == []


def test_what_can_not_be_asked_leaves_nothing_behind():
    person, home = make_person(born=BORN), make_home()
    by, elsewhere = make_own_actor(person), make_home()
    for error, asked in (
        (Refused, {"person": make_person(given="Bo")}),
        (Invalid, {"kind": "temporary"}),
        (Invalid, {"services": []}),
        (Invalid, {"services": [home, home]}),
        (Invalid, {"asked": Asked(from_place="the moon")}),
        (Invalid, {"asked": Asked(when_ready="soon")}),
        (Invalid, {"asked": Asked(ward="attic")}),
        (Invalid, {"asked": Asked(facts={"urgency": 3})}),
    ):
        with pytest.raises(error):
            ask_homes(**{"person": person, "services": [home, elsewhere], "by": by, "kind": KIND, **asked})
    # A kind of help that a service asks for, and another day than today, are not for oneself.
    with pytest.raises(Invalid) as not_oneself:
        care.ask(person, by=by, programme="personal-budget", kind="first", on=TODAY)
    assert not_oneself.value.field == "programme"
    with pytest.raises(Invalid) as earlier:
        care.ask(person, by=by, programme=PROGRAMME, kind=KIND, on=date(2020, 1, 1))
    assert earlier.value.field == "on"
    with pytest.raises(Refused):
        care.ask(person, by=make_actor("reader"), programme=PROGRAMME, kind=KIND, on=TODAY)
    assert (Request.objects.count(), Entry.objects.count()) == (0, 0)


def test_who_is_on_a_list_under_another_number_is_found_and_only_the_officer_learns_it():
    home = make_home()
    there = make_entry(home, make_waiting(make_home(), on=date(2022, 1, 3)).request)
    old = there.request.person
    person = make_person(given=old.given_name, family=old.family_name, born=old.birth_date)
    by = make_own_actor(person)
    ask_homes(person, [home], by=by, kind=KIND)
    (double,) = Double.objects.all()
    assert {one.pk for one in double.people} == {old.pk, person.pk}
    logged = LogEntry.objects.filter(object_type="double").values_list("user_name", "person_id")
    assert list(logged) == [("doubles", None)]


def test_a_home_checks_what_a_family_told_and_sees_its_own_list_only():
    home = make_home()
    person = make_person(born=BORN)
    by, officer, other = make_own_actor(person), officer_of(home), officer_of(make_home())
    ask_homes(person, [home], by=by, kind=KIND)
    (entry,) = Entry.objects.all()
    view = entry_view(officer, entry.pk)
    assert (view.entry.to_check, [step.kind for step in view.steps]) == (True, ["registered"])
    for wrong in (by, other, make_actor("officer")):
        with pytest.raises(Refused):
            actions.check(entry, by=wrong)
        with pytest.raises(Refused):
            entry_view(wrong, entry.pk)
    assert of_home(officer, home.pk).to_check == 1
    actions.check(entry, by=officer)
    with pytest.raises(Invalid):
        actions.check(entry, by=officer)
    # What they tell afterwards is to check again, and what the home itself changes is not.
    for who, facts, to_check in ((by, {"lived_here": True}, True), (officer, {"lived_here": False}, False)):
        actions.change_entry(entry, by=who, facts=facts)
        assert Entry.objects.get(pk=entry.pk).to_check is to_check
    actions.change_entry(entry, by=by, facts={"lived_here": True})
    actions.leave(entry, by=by, reason="stays-at-home")
    assert Entry.objects.get(pk=entry.pk).to_check is False
    person.restricted = True
    person.save()
    with pytest.raises(Refused):
        entry_view(officer, entry.pk)
    assert verify.run() == []


def test_the_pages_from_the_question_to_the_check():
    home, second = make_home(name="The Lime"), make_home(name="The Oak")
    for day in (3, 4):
        make_waiting(home, on=date(2022, 1, day))
    person = make_person(born=BORN)
    family, officer = Client(), Client()
    family.force_login(make_own_actor(person).user)
    officer.force_login(officer_of(home).user)

    assert "/en/my/homes/ask/" in family.get("/en/my/homes/").content.decode()
    page = family.get("/en/my/homes/ask/?area=11002").content.decode()
    assert [name in page for name in ("The Lime", "The Oak", "Who goes first here:")] == [True, True, True]
    once = {"when_ready": "later", "from_place": "hospital"}
    one, two = f"home_{home.pk}", f"home_{second.pk}"
    for wrong in ({}, {one: "1", two: "1"}, {one: "9"}, {one: "1", "wished_from": "soon"}):
        assert family.post("/en/my/homes/ask/?area=11002", {**once, **wrong}).status_code == 422
    assert Request.objects.filter(person=person).count() == 0
    assert "I come together with somebody" in page
    sent = family.post("/en/my/homes/ask/?area=11002", {**once, one: "2", two: "1", "together": "on"})
    assert (sent.status_code, sent["Location"]) == (302, "/en/my/homes/together/")
    told = family.get("/en/my/homes/asked/").content.decode()
    assert told.index("The Oak") < told.index("The Lime")
    assert "After 6 months you get a message here" in told
    # Who asks already is brought to where they stand, however often they send it.
    assert family.post("/en/my/homes/ask/", {**once, one: "1"})["Location"] == "/en/my/homes/"
    assert "This home has not checked yet what you told." in family.get("/en/my/homes/").content.decode()
    seen = family.get("/en/my/who/").content.decode()
    assert ["<li>The Lime</li>" in seen, "<li>The Oak</li>" in seen] == [True, True]

    entry = Entry.objects.get(request__person=person, service=home)
    page = officer.get(f"/en/places/homes/{home.pk}/list/").content.decode()
    assert ["3 requests stand on it" in page, "To check" in page, entry.request.number in page] == [True] * 3
    assert officer.get(f"/en/places/homes/{home.pk}/list/?ward=attic").status_code == 404
    address, send = f"/en/places/entries/{entry.pk}/", {"id": entry.pk}
    page = officer.get(address).content.decode()
    assert ["in hospital" in page, "The family told this itself" in page] == [True, True]
    version = {f"check-{entry.pk}-version": entry.version}
    assert officer.post(address, {**send, "verb": "shout"}).status_code == 404
    assert officer.post(address, {**send, "verb": "check", **version}).status_code == 302
    assert officer.post(address, {**send, "verb": "check", **version}).status_code == 404
    letter = f"{address}letter.html"
    assert officer.get(letter).status_code == 404
    clock.stand_still_on(date(2024, 7, 15))
    assert actions.sweep(by=TESTS).asked == 2
    assert "asked, answer by 14 Aug 2024" in officer.get(f"/en/places/homes/{home.pk}/list/").content.decode()
    assert "Laat ons ten laatste op 14 augustus 2024 weten" in officer.get(letter).content.decode()
    assert officer.get(f"{address}letter.pdf").content[:5] == b"%PDF-"
    assert [family.get(letter).status_code, officer.get(f"{address}letter.txt").status_code] == [404, 404]
    parked = {f"park-{entry.pk}-version": entry.version + 2, f"park-{entry.pk}-reason": "in-hospital"}
    assert officer.post(address, {**send, "verb": "park", **parked}).status_code == 302
    assert (Entry.objects.get(pk=entry.pk).state, family.get(address).status_code) == ("parked", 404)
    other = Entry.objects.get(request__person=person, service=second)
    assert officer.get(f"/en/places/entries/{other.pk}/").status_code == 404
    assert officer.get(f"/en/places/homes/{second.pk}/list/").status_code == 404


def test_however_many_homes_there_are_to_choose_it_takes_as_many_queries():
    person = make_person(born=BORN)
    by, counts = make_own_actor(person), []
    for size in (1, 2):
        for _ in range(size):
            make_home()
        with CaptureQueriesContext(connection) as asked:
            counts.append(len(homes_to_choose(by, person, "11002").homes))
        counts.append(len(asked))
    assert (counts[0], counts[2], counts[1] == counts[3]) == (1, 3, True)


def test_a_long_list_comes_page_by_page_with_as_many_queries():
    home = make_home()
    officer = officer_of(home)
    entries, counts = [], []
    for days in ((1,), (2, 3)):
        entries += [make_waiting(home, on=date(2022, 1, day)).pk for day in days]
        with CaptureQueriesContext(connection) as asked:
            assert [line.entry_id for line in of_home(officer, home.pk).lines] == entries
        counts.append(len(asked))
    assert counts[0] == counts[1]
    first = of_home(officer, home.pk, size=2)
    last = of_home(officer, home.pk, size=2, after=first.after)
    assert [line.entry_id for line in (*first.lines, *last.lines)] == entries
    assert (first.how_many, first.after, last.after) == (3, str(entries[1]), "")
    with pytest.raises(Invalid):
        of_home(officer, home.pk, after="0")
