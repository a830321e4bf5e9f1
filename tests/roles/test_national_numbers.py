"""A national number is sealed, found by who may see the person, and stands nowhere else."""

import json
from datetime import date

import pytest
from cryptography.fernet import Fernet
from django.core import serializers
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_actor, make_own_actor, make_person, make_request
from veerkracht import region
from veerkracht.region.number_schemes import checked
from veerkracht.register.care.queries.by_number import find_by_number
from veerkracht.register.cases.actions.national_numbers import read_number, record_number
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people import national_numbers, sealing
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import RestrictedAccess
from veerkracht.rulebook.errors import Fault

BORN = date(1985, 7, 30)
NUMBER, TYPED = "85073003328", "85.07.30-033.28"
BIS = "98472899765"
WRONG = "85073003329"


@st.composite
def belgian_numbers(draw: st.DrawFn) -> str:
    """Any number that the Belgian check digits allow: of before 2000 or after, by a date of birth and a serial."""
    born = draw(st.dates(date(1930, 1, 1), date(2023, 12, 31)))
    nine = f"{born:%y%m%d}{draw(st.integers(1, 997)):03d}"
    whole = int(f"2{nine}") if born.year >= 2000 else int(nine)
    return f"{nine}{97 - whole % 97:02d}"


@pytest.fixture
def fien(today) -> Person:
    return make_request(make_person(born=BORN, area="11001")).person


@pytest.fixture
def numbered(fien) -> Person:
    return record_number(fien, by=make_actor("officer"), number=TYPED)


@given(belgian_numbers())
def test_what_is_sealed_opens_to_the_same_and_shows_nothing(number):
    sealed = sealing.seal(number)
    assert (sealing.opened(sealed), number in sealed) == (number, False)
    assert sealing.seal(number) != sealed


@given(belgian_numbers(), belgian_numbers())
def test_a_mark_is_the_same_for_the_same_number_only(one, other):
    marked = [sealing.mark(number, "test") for number in (one, other)]
    assert (marked[0] == marked[1]) == (one == other)
    assert sealing.mark(one, "another purpose") != marked[0]


@given(belgian_numbers(), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number, place, more):
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    assert national_numbers.normal(number) == number
    # Each century has check digits of its own: a wrong digit may be right in the other one, with another birth date.
    right = checked(region.current().national_numbers, wrong)
    assert right is None or national_numbers.birth_date_of(right) != national_numbers.birth_date_of(number)


def test_what_was_tampered_with_does_not_open():
    sealed = sealing.seal(NUMBER)
    with pytest.raises(Fault) as fault:
        sealing.opened(f"{sealed[:-4]}AAA=")
    assert NUMBER not in str(fault.value)


def test_a_number_is_recorded_sealed_and_read_by_who_may(numbered):
    officer = make_actor("officer")
    assert read_number(numbered, by=officer) == NUMBER
    kept = Person.objects.get(pk=numbered.pk)
    assert NUMBER not in serializers.serialize("json", [kept])
    for role in (
        "signer",
        "reader",
        "analyst",
        "case-worker",
        "admission",
        "auditor",
        "records",
        "administrator",
    ):
        with pytest.raises(Refused):
            read_number(kept, by=make_actor(role))
        with pytest.raises(Refused):
            record_number(kept, by=make_actor(role), number=BIS, despite_birth_date=True, replaces=True)


@pytest.mark.parametrize("text", [WRONG, "", "abc", "0" * 11, TYPED + "1", "९" * 11])
def test_wrong_digits_are_refused_without_repeating_them(fien, text):
    with pytest.raises(Invalid) as fault:
        record_number(fien, by=make_actor("officer"), number=text)
    assert fault.value.field == "number"
    assert [text in said for said in (fault.value.text.nl, fault.value.text.en)] == [not text] * 2


def test_a_number_of_another_birth_date_is_confirmed_first(fien):
    officer = make_actor("officer")
    with pytest.raises(Invalid, match="geboortedatum"):
        record_number(fien, by=officer, number=BIS)
    assert record_number(fien, by=officer, number=BIS, despite_birth_date=True).national_number_key


def test_two_people_do_not_have_one_number(numbered):
    officer, other = make_actor("officer"), make_request(make_person(born=BORN)).person
    with pytest.raises(Invalid) as fault:
        record_number(other, by=officer, number=NUMBER)
    assert (fault.value.field, numbered.number in str(fault.value.text)) == ("number", False)
    assert LogEntry.objects.filter(verb="refused", person_id=other.pk).count() == 1


def test_who_records_second_is_told(numbered):
    officer = make_actor("officer")
    with pytest.raises(Conflict):
        record_number(numbered, by=officer, number=BIS, despite_birth_date=True)
    assert read_number(numbered, by=officer) == NUMBER
    record_number(numbered, by=officer, number=BIS, despite_birth_date=True, replaces=True)
    assert read_number(Person.objects.get(pk=numbered.pk), by=officer) == BIS


def found(actor, number=TYPED) -> list[str]:
    return [request.person.number for request in find_by_number(actor, number)]


def test_who_may_see_the_person_finds_them_by_number(numbered):
    make_request(make_person(born=BORN, given="Other"))
    assert found(make_actor("officer")) == [numbered.number]


@pytest.mark.parametrize(
    "role", ["signer", "reader", "analyst", "admission", "auditor", "records", "administrator"]
)
def test_who_has_no_work_with_numbers_searches_none(numbered, role):
    with pytest.raises(Refused):
        find_by_number(make_actor(role), TYPED)


def test_nor_does_the_person_themself(numbered):
    with pytest.raises(Refused):
        find_by_number(make_own_actor(numbered), TYPED)


def logged() -> dict:
    """The last line of the log, without what differs from line to line."""
    entry = LogEntry.objects.latest("id")
    return {
        name: getattr(entry, name) for name in ("verb", "object_type", "object_id", "person_id", "detail")
    }


def test_whom_one_may_not_see_one_does_not_find_nor_does_the_log_tell_why(numbered, give, officer):
    from veerkracht.register.people.actors import actor_for

    elsewhere = give(officer, "officer", area_kind="zone", area_code="elz2")
    actor = actor_for(officer, membership=elsewhere.pk)
    unknown = found(actor, BIS), logged()
    assert (found(actor), logged()) == unknown == ([], logged())
    assert found(actor_for(officer)) == [numbered.number]


@pytest.mark.parametrize("role", ["assessor", "case-worker"])
def test_a_case_worker_finds_their_own_cases_an_assessor_all(numbered, role):
    assert found(make_actor(role)) == ([numbered.number] if role == "assessor" else [])


def test_a_restricted_person_is_found_by_who_is_named_only(numbered):
    named, other = make_actor("officer"), make_actor("officer")
    Person.objects.filter(pk=numbered.pk).update(restricted=True)
    RestrictedAccess.objects.create(
        person=numbered, user=named.user, reason="works here", given_by_name="Rik", from_date=date(2024, 1, 1)
    )
    assert (found(named), found(other)) == ([numbered.number], [])


def test_the_number_is_in_no_line_of_the_log(numbered):
    officer = make_actor("officer")
    found(officer)
    read_number(numbered, by=officer)
    for text in (WRONG, "85.07.30-033.29"):
        with pytest.raises(Invalid):
            find_by_number(officer, text)
    lines = json.dumps(list(LogEntry.objects.values()), default=str)
    assert [number in lines for number in (NUMBER, TYPED, WRONG)] == [False] * 3
    assert LogEntry.objects.filter(fields=["national-number"]).count() == 2


def test_one_request_costs_as_many_queries_as_two(numbered, django_assert_max_num_queries):
    counted = []
    officer = make_actor("officer")
    for _ in range(2):
        with django_assert_max_num_queries(20) as queries:
            rows = find_by_number(officer, TYPED)
        counted.append((len(rows), len(queries)))
        if len(rows) == 1:
            make_request(numbered, kind="increase")
    assert [rows for rows, _ in counted] == [1, 2]
    assert counted[0][1] == counted[1][1]


@pytest.fixture
def key_file(settings, tmp_path):
    """A file of keys of its own: the first key, and how to put another before it."""
    settings.DATA_KEY_FILE = tmp_path / "data-keys"
    settings.DATA_KEY_FILE.write_text(f"{Fernet.generate_key().decode()}\n")
    return settings.DATA_KEY_FILE


def test_a_new_key_seals_and_the_old_one_still_opens(key_file, fien):
    officer = make_actor("officer")
    record_number(fien, by=officer, number=NUMBER)
    key_file.write_text(f"{sealing.new_key()}\n{key_file.read_text()}")
    assert (found(officer), national_numbers.under_older_keys()) == ([fien.number], 1)
    with pytest.raises(Invalid):
        record_number(make_request(make_person(born=BORN)).person, by=officer, number=NUMBER)
    assert (national_numbers.reseal(), national_numbers.under_older_keys()) == (1, 0)
    key_file.write_text(key_file.read_text().split()[0])
    assert found(officer) == [fien.number]
    assert read_number(Person.objects.get(pk=fien.pk), by=officer) == NUMBER


def test_without_its_key_a_number_is_not_read(key_file, fien):
    officer = make_actor("officer")
    record_number(fien, by=officer, number=NUMBER)
    key_file.write_text(sealing.new_key())
    assert found(officer) == []
    with pytest.raises(Fault, match="VEERKRACHT_DATA_KEY"):
        read_number(Person.objects.get(pk=fien.pk), by=officer)


def test_keys_come_from_the_environment_first(key_file, settings):
    settings.DATA_KEYS = [sealing.new_key()]
    assert sealing.keys() == settings.DATA_KEYS
    settings.DATA_KEYS = ["too short"]
    with pytest.raises(Fault, match="keys new"):
        sealing.seal("x")
