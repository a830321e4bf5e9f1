"""Right of access: everything about a person, for who may have it, and nothing that is not theirs."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_credit, make_own_actor, make_person, make_request, make_round
from tests.keeping.conftest import MARK, PDF
from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.keeping.bundle import bundle
from veerkracht.register.keeping.bundle.sections import LEFT_OUT, SECTIONS
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import Address, Consultation, Representation, RepresentationCode

pytestmark = pytest.mark.django_db


def opened(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def told(packed: bytes) -> dict:
    found = opened(packed)
    return json.loads(next(content for name, content in found.items() if name.endswith(".json")))


@pytest.fixture
def person(withdrawn) -> Person:
    Address.objects.create(
        person=withdrawn, street="Schuilstraat 9", postal_code="1000", municipality="Brussel", hidden=True,
        from_date=clock.today(), recorded_by_name="Otto",
    )  # fmt: skip
    return withdrawn


@pytest.fixture
def own(person) -> Actor:
    return Actor(user=person.user, person=person)


def represented(person: Person, *, withheld: tuple[str, ...] = ()) -> Actor:
    """A mother who speaks for the person, who is a child for this."""
    Person.objects.filter(pk=person.pk).update(birth_date=clock.today() - timedelta(days=15 * 365))
    person.refresh_from_db()
    mother = make_person(given="Moe", family="Moeder")
    Representation.objects.create(
        person=person, representative=mother, kind="parent", from_date=date(2020, 1, 1),
        recorded_by_name="Otto", withheld=list(withheld),
    )  # fmt: skip
    return make_own_actor(mother)


def test_the_person_gets_a_page_the_same_as_json_and_the_documents(own, person):
    found = opened(bundle(own, person))
    assert set(found) == {f"{person.number}.html", f"{person.number}.json", f"documents/1-{MARK}.pdf"}
    assert found[f"documents/1-{MARK}.pdf"] == PDF
    page = found[f"{person.number}.html"].decode()
    assert (">Alles wat wij over u weten</h1>" in page, f"{MARK}straat 1" in page) == (True, True)
    facts = told(bundle(own, person))
    assert [row["number"] for row in facts["requests"]] == [person.requests.get().number]
    assert facts["assessments"][0]["facts"] == {"lives": f"with {MARK}"}
    assert facts["hidden-addresses"][0]["street"] == "Schuilstraat 9"


def test_the_page_is_in_the_language_of_the_person(own, person):
    person.language = "en"
    page = opened(bundle(own, person))[f"{person.number}.html"].decode()
    assert ">All that we know about you</h1>" in page


def test_what_was_granted_is_in_it(own, person):
    make_credit()
    request = make_request(person, asked=date(2021, 3, 1))
    make_round(100_000, state="signed")
    facts = told(bundle(own, person))
    assert [row["granted"] for row in facts["decisions"]] == [True]
    assert [row["request__number"] for row in facts["money"]] == [request.number]


def test_who_looked_is_in_it_in_words(own, person, officer):
    record(officer, "read", person, person_id=person.pk, purpose="a check", fields=["money"])
    look = told(bundle(own, person))["looks"][0]
    assert (look["who"], look["organisation"], look["purpose"]) == ("Otto Officer", "The agency", "a check")
    assert (look["capacity"]["en"], look["parts"]) == (
        "Allocation officer",
        [{"nl": "bedragen", "en": "amounts"}],
    )


def test_the_records_officer_hands_it_out_without_the_address_in_hiding(records, person):
    packed = bundle(records, person, purpose="asked by letter")
    facts = told(packed)
    assert ("hidden-addresses" in facts, facts["addresses"][0]["street"]) == (False, f"{MARK}straat 1")
    assert b"Schuilstraat" not in b"".join(opened(packed).values())
    entry = LogEntry.objects.filter(verb="export").get()
    assert (entry.person_id, entry.user_name, entry.purpose) == (person.pk, "Rita Records", "asked by letter")
    assert "hidden-address" not in entry.fields


def test_who_speaks_for_a_young_person_gets_less(person):
    mother = represented(person)
    facts = told(bundle(mother, person))
    assert {"hidden-addresses", "account", "codes", "notices"} & set(facts) == set()
    assert {"assessments", "steps"} <= set(facts)


def test_what_a_young_person_keeps_from_them_is_not_in_it(person):
    mother = represented(person, withheld=("assessment", "history", "documents"))
    packed = bundle(mother, person)
    facts = told(packed)
    assert {"assessments", "steps", "documents"} & set(facts) == set()
    assert not any(name.startswith("documents/") for name in opened(packed))


def test_only_the_person_reads_that_something_is_kept_from_somebody(own, person):
    mother = represented(person, withheld=("assessment",))
    RepresentationCode.objects.create(
        person=person, hash="x", given_to="An aunt", withheld=["assessment"],
        created_at=clock.now(), expires_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    of_child, of_mother = told(bundle(mother, person)), told(bundle(mother, mother.person))
    assert (len(of_child["representatives"]), len(of_child["representation-codes"])) == (1, 1)
    assert (of_mother["represented"][0]["person__number"], of_mother["representatives"]) == (
        person.number,
        [],
    )
    for facts in (of_child, of_mother):
        assert "withheld" not in json.dumps(facts)
    mine = told(bundle(own, person))
    assert [mine[part][0]["withheld"] for part in ("representatives", "representation-codes")] == [
        ["assessment"]
    ] * 2


@pytest.mark.parametrize("role", ["officer", "signer", "reader", "auditor", "analyst", "administrator"])
def test_other_roles_get_nothing_and_can_not_learn_that_the_person_exists(person, role):
    other = make_actor(role)
    with pytest.raises(Refused):
        bundle(other, person)
    assert LogEntry.objects.filter(verb="refused", object_type="bundle", user_id=other.user_id).count() == 1


def test_another_person_gets_nothing(person):
    with pytest.raises(Refused):
        bundle(make_own_actor(make_person()), person)


def test_a_restricted_person_is_handed_out_by_who_is_named_only(person, records, own):
    Person.objects.filter(pk=person.pk).update(restricted=True)
    person.refresh_from_db()
    with pytest.raises(Refused):
        bundle(records, person)
    assert bundle(own, person)


def test_notes_of_a_consultation_are_never_in_it(own, person):
    packed = bundle(own, person)
    assert Consultation.objects.get().notes.get().text == f"{MARK} was there"
    assert b"was there" not in b"".join(opened(packed).values())


def test_it_takes_as_many_queries_for_three_requests_as_for_one(own, person, officer):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            bundle(own, person)
        return len(queries)

    before = asked()
    for kind in ("first", "increase"):
        make_request(person, kind=kind, asked=date(2021, 3, 1))
        record(officer, "read", person, person_id=person.pk)
    assert asked() == before


def about_a_person() -> set[str]:
    """Every model that leads to a person: by itself, by a request, or by one of those."""
    found, seen = [Person, Request], set()
    while found:
        for relation in found.pop()._meta.get_fields(include_hidden=True):
            if relation.concrete or not relation.auto_created:
                continue
            model = relation.related_model
            is_ours = apps.get_app_config(model._meta.app_label).name.startswith("veerkracht.")
            if is_ours and model not in seen and model._meta.label != "people.User":
                seen.add(model)
                found.append(model)
    return {model._meta.label for model in seen}


def test_every_table_about_a_person_is_in_it_or_left_out_for_a_reason():
    person = Person(pk=0)
    told_of = {section.rows(person).model._meta.label for section in SECTIONS}
    assert about_a_person() - told_of == set(LEFT_OUT)
    assert all(LEFT_OUT.values())


def test_every_section_has_a_title_and_headings_in_both_languages():
    for section in SECTIONS:
        for text in (section.title, *section.columns.values()):
            assert text.nl
            assert text.en
