"""At a counter: an officer, or a home for its own list, asks homes for who comes in, known or new; all or nothing."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.factories import make_actor, make_own_actor, make_person
from tests.lists.conftest import TODAY
from tests.lists.factories import KIND, make_asking, make_entry, make_home, officer_of
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists.access import homes_to_ask, whom_to_ask_for
from veerkracht.register.lists.actions import Caller, ask_homes, ask_homes_for_new, register
from veerkracht.register.lists.models import Double, Entry
from veerkracht.register.people.actors import actor_for
from veerkracht.register.people.models import Membership, Person
from veerkracht.register.sharing.models import CaseWorker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BORN = date(1939, 5, 17)
NUMBER = "39051700152"
PAGE = "/en/requests/ask-homes/"


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def caller(**other) -> Caller:
    return Caller(
        **{"given_name": "Nore", "family_name": "Nieuw", "birth_date": BORN, "area": "11002", **other}
    )


def test_a_file_a_request_and_its_homes_come_about_at_once_or_not_at_all():
    near, second = make_home(), make_home(rules="example-by-date")
    there = make_entry(near, make_asking(make_person(given="Nore", family="Nieuw", born=BORN))).request.person
    officer, elsewhere = make_actor("officer"), make_actor("officer")
    Membership.objects.filter(user=elsewhere.user).update(area_kind="municipality", area_code="71016")
    elsewhere = actor_for(elsewhere.user)
    fine = {"caller": caller(national_number=NUMBER), "services": [second, near], "by": officer, "kind": KIND}
    before = Person.objects.count()
    for error, field, wrong in (
        (Refused, None, {"by": make_actor("reader")}),
        (Refused, None, {"by": make_actor("crisis-worker")}),
        (Refused, None, {"by": make_own_actor(there)}),
        (Invalid, "area", {"by": elsewhere}),
        (Invalid, "area", {"caller": caller(area="99999")}),
        (Invalid, "family_name", {"caller": caller(family_name=" ")}),
        (Invalid, "birth_date", {"caller": caller(birth_date=TODAY + timedelta(days=1))}),
        (Invalid, "birth_date", {"caller": caller(birth_date=date(1839, 5, 17))}),
        (Invalid, "number", {"caller": caller(national_number="39051700153")}),
        (Invalid, "number", {"caller": caller(national_number=NUMBER, birth_date=date(1939, 5, 18))}),
        (Invalid, "services", {"services": []}),
        (Invalid, "kind", {"kind": "temporary"}),
    ):
        with pytest.raises(error) as refused:
            ask_homes_for_new(**{**fine, **wrong})
        assert getattr(refused.value, "field", None) == field
    assert (Person.objects.count(), Request.objects.count(), Double.objects.count()) == (before, 1, 0)
    request = ask_homes_for_new(**fine)
    person = request.person
    assert (str(person), person.area, person.birth_date, request.request_date) == (
        "Nore Nieuw",
        "11002",
        BORN,
        TODAY,
    )
    told = Entry.objects.filter(request=request).order_by("preference").values_list("service", "to_check")
    assert list(told) == [(second.pk, False), (near.pk, False)]
    (double,) = Double.objects.all()
    assert {one.pk for one in double.people} == {there.pk, person.pk}
    assert [(one.user, one.until_date) for one in person.case_workers.all()] == [(officer.user, None)]
    # Whose national number it is already, is told to nobody.
    with pytest.raises(Invalid) as known:
        ask_homes_for_new(**{**fine, "caller": caller(given_name="Bo", national_number=NUMBER)})
    assert known.value.field == "number"
    with pytest.raises(Conflict):
        ask_homes(person, [make_home()], by=officer, kind=KIND)
    assert verify.run() == []


def test_the_pages_for_somebody_known_and_for_somebody_new():
    home, second = make_home(name="The Lime"), make_home(name="The Oak")
    known, asks = make_person(given="An", born=BORN), make_entry(home).request
    hidden = asks.person
    Person.objects.filter(pk=hidden.pk).update(restricted=True, given_name="Bo")
    officer = signed_in(make_actor("officer"))
    assert PAGE in officer.get("/en/list/?programme=residential-care").content.decode()
    assert PAGE not in officer.get("/en/list/?programme=personal-budget").content.decode()
    assert "Somebody new" in officer.get(PAGE).content.decode()
    # Nobody, and somebody who is shielded: the same words.
    told = set()
    for number in ("P-9999999", hidden.number, asks.number):
        page = officer.get(f"{PAGE}?number={number}").content.decode().replace(f'value="{number}"', "")
        told.add(page.partition("<main")[2].partition("</main")[0])
    assert (len(told), "Bo " in told.pop()) == (1, False)
    once = {"when_ready": "now", "from_place": "hospital"}
    one, two = f"home_{home.pk}", f"home_{second.pk}"
    address = f"{PAGE}?number={known.number.lower()}"
    assert officer.post(address, {**once, one: "1", two: "1"}).status_code == 422
    sent = officer.post(address, {**once, one: "2", two: "1"})
    request = Request.objects.get(person=known)
    assert (sent.status_code, sent["Location"]) == (302, f"{PAGE}?asked={request.number}")
    page = officer.get(sent["Location"]).content.decode()
    assert page.index("The Oak") < page.index("The Lime")
    assert f"/en/file/{request.number}/representatives/" in page
    for again in (officer.get(address), officer.post(address, {**once, one: "1"})):
        assert again["Location"] == f"/en/file/{request.number}/homes/"
    assert "They ask already" in officer.get(again["Location"]).content.decode()

    who = {"given_name": "Nore", "family_name": "Nieuw", "birth_date": "1939-05-17", "area": "11002"}
    new, before = f"{PAGE}?new=yes&area=11002", Person.objects.count()
    assert "The Oak" in officer.get(new).content.decode()
    assert "Choose around which municipality" in officer.get(f"{PAGE}?new=yes").content.decode()
    for wrong in (
        {"given_name": ""},
        {"birth_date": "soon"},
        {"area": ""},
        {"area": "1"},
        {"number": "1"},
        {one: "9"},
    ):
        assert officer.post(new, {**who, **once, one: "1", **wrong}).status_code == 422
    unlike = {**who, **once, one: "1", "number": NUMBER, "birth_date": "1939-05-18"}
    page = officer.post(new, unlike).content.decode()
    assert ["tells another birth date" in page, NUMBER in page] == [True, False]
    assert Person.objects.count() == before
    sent = officer.post(new, {**unlike, "despite_birth_date": "on"})
    request = Request.objects.get(person__family_name="Nieuw")
    assert sent["Location"] == f"{PAGE}?asked={request.number}"
    assert request.person.national_number_key
    assert verify.run() == []


def test_a_home_asks_for_its_own_list_and_follows_it_there():
    home, other = make_home(name="The Lime"), make_home(name="The Oak")
    known = make_person(given="An", born=BORN)
    admission = officer_of(home)
    desk = signed_in(admission)
    assert PAGE in desk.get(f"/en/places/homes/{home.pk}/list/").content.decode()
    assert list(homes_to_ask(admission, None, "")) == [home]
    page = desk.get(f"{PAGE}?new=yes").content.decode()
    assert ["The Lime" in page, "The Oak" in page, "National number" in page] == [True, False, False]
    assert desk.get(f"{PAGE}?number={known.number}").status_code == 404
    who = {"given_name": "Nore", "family_name": "Nieuw", "birth_date": "1939-05-17", "area": "11002"}
    once = {"when_ready": "now", f"home_{home.pk}": "1"}
    with pytest.raises(Refused):
        ask_homes_for_new(caller(), [home, other], by=admission, kind=KIND)
    assert Person.objects.filter(family_name="Nieuw").count() == 0
    sent = desk.post(f"{PAGE}?new=yes", {**who, **once})
    request = Request.objects.get(person__family_name="Nieuw")
    assert "The Lime" in desk.get(sent["Location"]).content.decode()
    (entry,) = Entry.objects.filter(request=request)
    assert (entry.service, entry.to_check) == (home, False)
    with pytest.raises(Refused):
        register(request, [other], by=admission)
    # From the next day the home has its own entry, and not the request at other homes.
    clock.stand_still_on(TODAY + timedelta(days=1))
    assert desk.get(sent["Location"]).status_code == 404
    assert desk.get(f"/en/file/{request.number}/homes/").status_code == 404
    assert desk.get(f"/en/places/entries/{entry.pk}/").status_code == 200
    assert verify.run() == []


def test_a_case_worker_asks_for_those_they_help_and_for_who_comes_to_them():
    home, known, other = (
        make_home(name="The Lime"),
        make_person(given="An", born=BORN),
        make_person(given="Bo"),
    )
    worker = make_actor("case-worker")
    work = CaseWorker.objects.create(
        person=known,
        user=worker.user,
        organisation_id=worker.organisation_id,
        from_date=TODAY,
        given_by_name="tests",
    )
    colleague, elsewhere = make_actor("case-worker"), officer_of(make_home(), "case-worker")
    desk = signed_in(worker)
    assert PAGE in desk.get("/en/my-cases/").content.decode()
    # Whom nobody of the service helps, and nobody at all: the same answer.
    told = set()
    for number in (other.number, "P-9999999"):
        answer = desk.get(f"{PAGE}?number={number}")
        told.add(answer.content.decode().replace(number, "").partition("<main")[2].partition("</main")[0])
        assert answer.status_code == 404
    assert len(told) == 1
    for by, person in ((worker, other), (elsewhere, known)):
        with pytest.raises(Refused):
            care.ask(person, by=by, programme="residential-care", kind=KIND, on=TODAY)
    once = {"when_ready": "now", f"home_{home.pk}": "1"}
    address = f"{PAGE}?number={known.number}&area=11002"
    sent = signed_in(colleague).post(address, once)
    request = Request.objects.get(person=known)
    assert (sent["Location"], request.steps.get().by_name) == (
        f"{PAGE}?asked={request.number}",
        colleague.name,
    )
    assert "The Lime" in desk.get(sent["Location"]).content.decode()
    # Of who is helped no longer, no case worker asks or sees anything.
    CaseWorker.objects.filter(pk=work.pk).update(ended_at=clock.now())
    assert desk.get(sent["Location"]).status_code == 404
    # Somebody new, who comes along with somebody: from then on they are helped here.
    who = {"given_name": "Nore", "family_name": "Nieuw", "birth_date": "1939-05-17", "area": "11002"}
    sent = desk.post(f"{PAGE}?new=yes&area=11002", {**who, **once, "together": "on"})
    new = Request.objects.get(person__family_name="Nieuw")
    assert sent["Location"] == f"/en/file/{new.number}/homes/together/"
    assert "With whom?" in desk.get(sent["Location"]).content.decode()
    assert [(one.user, one.until_date) for one in new.person.case_workers.all()] == [(worker.user, None)]
    assert verify.run() == []


def test_who_may_not_sees_nothing():
    home, person = make_home(), make_person(born=BORN)
    request = make_asking(person)
    nobody = [make_actor(role) for role in ("reader", "crisis-worker", "analyst", "auditor")]
    for actor in (*nobody, make_actor("officer", programme="personal-budget"), make_own_actor(person)):
        client = signed_in(actor)
        for query in ("", "?new=yes", f"?number={person.number}", f"?asked={request.number}"):
            assert client.get(PAGE + query).status_code == 404
        assert client.post(f"{PAGE}?new=yes", {f"home_{home.pk}": "1"}).status_code == 404
        with pytest.raises(Refused):
            whom_to_ask_for(actor, person.number)
    assert Entry.objects.count() == 0
