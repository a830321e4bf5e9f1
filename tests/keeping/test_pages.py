"""The pages of the auditor, the records officer and the person, as they are asked for."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.factories import make_actor, make_own_actor, make_person
from tests.keeping.conftest import MARK
from veerkracht.register import clock
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping import actions
from veerkracht.register.keeping.bundle import bundle
from veerkracht.register.keeping.models import LegalHold, Objection, RetentionRun
from veerkracht.register.keeping.queries.entries import SIZE, EntryFilters, log_page
from veerkracht.register.keeping.queries.looks import looks
from veerkracht.register.keeping.queries.people import get_person
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Person
from veerkracht.register.sharing.models import Notice
from veerkracht.web.navigation import home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(db):
    clock.stand_still_on(date(2026, 7, 1))
    with translation.override("en"):
        yield


@pytest.fixture
def auditor() -> Actor:
    return make_actor("auditor", name="Aude Auditor")


def signed_in(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(actor.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


class TestLog:
    def test_it_says_who_did_what_to_whom_and_why_and_shows_no_file(self, auditor, officer):
        person = make_person(given="Zaza", family=MARK)
        record(officer, "read", person, person_id=person.pk, purpose="a check", fields=["money"])
        shown = text_of(signed_in(auditor).get(reverse("log")))
        for word in ("Otto Officer", person.number, "a check", "amounts", "Allocation officer · The agency"):
            assert (word, word in shown) == (word, True)
        assert MARK not in shown

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"person": "P"}, ["read", "change"]),
            ({"user": "otto"}, ["read", "change", "search"]),
            ({"user": "officer nobody"}, []),
            ({"verb": "search"}, ["search"]),
            ({"day": date(2026, 7, 1)}, ["read", "change", "search"]),
            ({"day": date(2026, 6, 30)}, []),
            ({"person": "P-9999999"}, []),
        ],
    )
    def test_it_is_searched_by_person_user_day_and_verb(self, auditor, officer, asked, expected):
        person = make_person()
        for verb in ("read", "change"):
            record(officer, verb, person, person_id=person.pk)
        record(officer, "search", "request")
        if asked.get("person") == "P":
            asked = {"person": person.number}
        ours = log_page(auditor, EntryFilters(**asked)).entries
        assert [one.verb for one in reversed(ours) if one.who == "Otto Officer"] == expected

    def test_it_pages_by_key(self, auditor, officer):
        for _ in range(SIZE + 5):
            record(officer, "read", "request")
        first = log_page(auditor, EntryFilters(user="otto"))
        second = log_page(auditor, EntryFilters(user="otto"), first.before)
        assert (len(first.entries), len(second.entries), second.before) == (SIZE, 5, None)
        assert len({one.id for one in (*first.entries, *second.entries)}) == SIZE + 5

    def test_it_takes_as_many_queries_for_three_entries_as_for_one(self, auditor, officer):
        def asked() -> int:
            with (
                CaptureQueriesContext(connections["default"]) as here,
                CaptureQueriesContext(connections["log"]) as there,
            ):
                log_page(auditor, EntryFilters(user="otto"))
            return len(here) + len(there)

        record(officer, "read", "request", person_id=make_person().pk)
        before = asked()
        for _ in range(2):
            record(officer, "read", "request", person_id=make_person().pk)
        assert asked() == before

    def test_reading_it_is_written_down_without_the_name_that_was_looked_for(self, auditor):
        log_page(auditor, EntryFilters(user=MARK, verb="read"))
        entry = LogEntry.objects.latest("id")
        assert (entry.verb, entry.object_type, entry.user_name) == ("search", "log", "Aude Auditor")
        assert entry.detail == {"before": None, "user": "…", "verb": "read"}

    def test_what_concerns_a_restricted_person_is_not_there(self, auditor, officer):
        person = make_person(restricted=True)
        record(officer, "read", person, person_id=person.pk)
        assert [one.verb for one in log_page(auditor, EntryFilters()).entries if one.verb == "read"] == []
        assert log_page(auditor, EntryFilters(person=person.number)).entries == ()
        assert log_page(auditor, EntryFilters(person="P-9999999")).entries == ()

    def test_a_person_is_found_by_number_and_never_by_name(self, auditor):
        person = make_person(family=MARK)
        record(make_own_actor(person), "read", "request", person_id=person.pk)
        assert log_page(auditor, EntryFilters(user=MARK)).entries == ()
        assert [one.who for one in log_page(auditor, EntryFilters(user=person.number)).entries] == [
            person.number
        ]

    @pytest.mark.parametrize("role", ["officer", "signer", "reader", "records", "analyst", "administrator"])
    def test_other_roles_do_not_read_it(self, role):
        assert signed_in(make_actor(role)).get(reverse("log")).status_code == 404

    def test_a_role_for_one_programme_does_not_read_it(self):
        with pytest.raises(Refused):
            log_page(make_actor("auditor", programme="youth-help"), EntryFilters())

    def test_a_filter_that_is_none_is_said_so(self, auditor):
        assert signed_in(auditor).get(reverse("log"), {"day": "yesterday"}).status_code == 422


class TestObjections:
    @pytest.fixture
    def look(self, officer) -> tuple[Person, LogEntry]:
        person = make_person()
        entry = record(officer, "read", person, person_id=person.pk, purpose="a check", fields=["money"])
        return person, entry

    def objected(self, look) -> Objection:
        person, entry = look
        return actions.object_to_look(
            person, by=make_own_actor(person), entry_id=entry.pk, text="My neighbour."
        )

    def test_a_person_objects_and_reads_the_answer_beside_the_look(self, look, records):
        made = self.objected(look)
        assert Notice.objects.filter(user=records.user, kind="objection").count() == 1
        client = signed_in(records)
        assert "My neighbour." in text_of(client.get(reverse("objections")))
        sent = {"upheld": "yes", "answer": "You are right, we talked to them.", "version": made.version}
        assert client.post(reverse("objection", args=[made.pk]), sent).status_code == 302
        seen = next(one for one in looks(look[0]) if one.entry_id == look[1].pk)
        told = seen.objection
        assert (told.upheld, told.answer) == (True, "You are right, we talked to them.")
        assert (told.answered_by_name, seen.who) == ("Rita Records", "Otto Officer")

    def test_only_the_own_file_and_once(self, look, officer):
        person, entry = look
        self.objected(look)
        other = make_person()
        for whose, by, number, error in (
            (person, Actor(user=person.user, person=person), entry.pk, Invalid),
            (person, Actor(user=person.user, person=person), entry.pk + 999, Refused),
            (person, make_own_actor(other), entry.pk, Refused),
            (person, officer, entry.pk, Refused),
        ):
            with pytest.raises(error):
                actions.object_to_look(whose, by=by, entry_id=number, text="again")
        assert Objection.objects.count() == 1

    def test_an_objection_says_why(self, look):
        person, entry = look
        with pytest.raises(Invalid):
            actions.object_to_look(person, by=make_own_actor(person), entry_id=entry.pk, text=" ")

    def test_who_did_the_looking_does_not_answer(self, records):
        person = make_person()
        entry = record(records, "read", person, person_id=person.pk)
        made = self.objected((person, entry))
        with pytest.raises(Refused):
            actions.answer_objection(made, by=records, upheld=False, answer="fine", version=made.version)

    def test_there_is_one_answer(self, look, records, second):
        made = self.objected(look)
        actions.answer_objection(made, by=records, upheld=False, answer="In order.", version=made.version)
        with pytest.raises(Conflict):
            actions.answer_objection(made, by=second, upheld=True, answer="No.", version=made.version)
        with pytest.raises(Invalid):
            actions.answer_objection(made, by=second, upheld=True, answer=" ", version=made.version)

    @pytest.mark.parametrize("role", ["officer", "auditor", "administrator"])
    def test_other_roles_see_none(self, look, role):
        made = self.objected(look)
        client = signed_in(make_actor(role))
        for address in (reverse("objections"), reverse("objection", args=[made.pk])):
            assert client.get(address).status_code == 404

    def test_one_of_a_restricted_person_does_not_exist(self, look, records):
        made = self.objected(look)
        Person.objects.filter(pk=look[0].pk).update(restricted=True)
        client = signed_in(records)
        assert "My neighbour." not in text_of(client.get(reverse("objections")))
        assert client.get(reverse("objection", args=[made.pk])).status_code == 404


class TestKeeping:
    def test_two_persons_carry_out_a_list(self, records, second, withdrawn):
        first, other = signed_in(records), signed_in(second)
        shown = text_of(first.get(reverse("keeping-due"), {"on": "2026-06-01"}))
        assert (withdrawn.number in shown, MARK in shown) == (True, False)
        sent = first.post(reverse("keeping-due"), {"on": "2026-06-01"})
        run = RetentionRun.objects.get()
        assert sent.url == reverse("keeping-run", args=[run.pk])
        confirm = {"verb": "confirm", "version": run.version}
        assert first.post(sent.url, confirm).status_code == 422
        assert other.post(sent.url, {**confirm, "version": 99}).status_code == 409
        assert other.post(sent.url, confirm).status_code == 302
        assert Person.objects.get().pseudonymised_on == date(2026, 7, 1)
        assert "Rik Records" in text_of(first.get(reverse("keeping")))

    def test_nothing_due_is_said_so(self, records):
        client = signed_in(records)
        assert "Nothing is due." in text_of(client.get(reverse("keeping-due")))
        assert client.post(reverse("keeping-due"), {"on": "2026-06-01"}).status_code == 422

    def test_a_hold_is_put_on_and_lifted(self, records, withdrawn):
        client = signed_in(records)
        sent = {"verb": "hold", "number": withdrawn.number, "reason": "an appeal", "until": "2027-01-31"}
        assert client.post(reverse("keeping"), sent).status_code == 302
        hold = LegalHold.objects.get()
        assert (hold.reason, hold.until_date) == ("an appeal", date(2027, 1, 31))
        assert "an appeal" in text_of(client.get(reverse("keeping")))
        assert client.post(reverse("keeping-lift", args=[hold.pk])).status_code == 302
        hold.refresh_from_db()
        assert hold.lifted_by_name == "Rita Records"

    def test_a_bundle_is_handed_out(self, records, withdrawn):
        sent = {"verb": "bundle", "number": withdrawn.number, "reason": "asked by letter"}
        answer = signed_in(records).post(reverse("keeping"), sent)
        assert answer["Content-Disposition"] == f'attachment; filename="{withdrawn.number}.zip"'
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            assert f"{withdrawn.number}.html" in packed.namelist()

    def test_who_asks_is_erased(self, records, withdrawn):
        sent = {"verb": "erase", "number": withdrawn.number, "reason": "asked by letter"}
        assert signed_in(records).post(reverse("keeping"), sent).status_code == 302
        assert Person.objects.get().pseudonymised_on == date(2026, 7, 1)

    @pytest.mark.parametrize("verb", ["bundle", "hold", "erase"])
    def test_nobody_and_a_restricted_person_answer_the_same(self, records, withdrawn, verb):
        Person.objects.filter(pk=withdrawn.pk).update(restricted=True)
        client = signed_in(records)

        def answer(number: str) -> tuple[int, str]:
            sent = {"verb": verb, "number": number, "reason": "x"}
            shown = client.post(reverse("keeping"), sent)
            return shown.status_code, text_of(shown).replace(number, "").split('name="csrf')[0]

        assert answer(withdrawn.number) == answer("P-9999999")
        assert answer(withdrawn.number)[0] == 422

    @pytest.mark.parametrize("role", ["officer", "auditor", "administrator", "analyst"])
    def test_other_roles_have_no_such_pages(self, role, records, withdrawn):
        run = actions.prepare_run(by=records, on=date(2026, 6, 1))
        client = signed_in(make_actor(role))
        for address in (reverse("keeping"), reverse("keeping-due"), reverse("keeping-run", args=[run.pk])):
            assert client.get(address).status_code == 404


def test_a_person_takes_home_their_own_file_and_no_other(withdrawn):
    own = signed_in(Actor(user=withdrawn.user, person=withdrawn))
    answer = own.post(reverse("my-bundle"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert f"{withdrawn.number}.json" in packed.namelist()
    other = make_person()
    assert own.post(reverse("my-bundle", kwargs={"person": other.number})).status_code == 404
    assert own.get(reverse("my-bundle")).status_code == 405


class TestARoleForOneProgramme:
    """What is done to whole people reaches every programme; who keeps the files of one does not."""

    @pytest.mark.parametrize(
        "page", ["keeping", "keeping-due", "objections", "restricted"], ids=lambda page: page
    )
    def test_opens_no_page_about_whole_people(self, records, page):
        limited = make_actor("records", programme="personal-budget")
        answers = [signed_in(actor).get(reverse(page)).status_code for actor in (records, limited)]
        assert answers == [200, 404]

    def test_takes_hold_of_no_person_whole(self, records, withdrawn):
        limited = make_actor("records", programme="personal-budget")
        for verb in ("file.bundle", "hold.legal", "person.erase"):
            assert get_person(records, verb, withdrawn.number) == withdrawn
            with pytest.raises(Refused):
                get_person(limited, verb, withdrawn.number)
        for act in (
            lambda: actions.hold_legal(withdrawn, by=limited, reason="a judge"),
            lambda: actions.erase(withdrawn, by=limited),
            lambda: bundle(limited, withdrawn),
        ):
            with pytest.raises(Refused):
                act()
        assert LegalHold.objects.count() == 0

    def test_is_told_of_no_objection_nor_is_who_no_longer_holds_the_role(self, records, officer):
        make_actor("records", programme="personal-budget")
        gone = make_actor("records")
        Membership.objects.filter(pk=gone.membership_id).update(ended_at=clock.now())
        person = make_person()
        look = record(officer, "read", person, person_id=person.pk)
        actions.object_to_look(person, by=make_own_actor(person), entry_id=look.pk, text="Not needed")
        assert list(Notice.objects.values_list("user", flat=True)) == [records.user_id]

    def test_starts_at_a_page_that_is_there(self):
        limited = make_actor("records", programme="personal-budget")
        assert signed_in(limited).get(home(limited)).status_code == 200
