"""Who speaks for whom, until when, and what a young person keeps from them."""

from datetime import date

import pytest

from tests import factories
from tests.protection.conftest import DAY
from veerkracht.register.care.actions.codes import give_code
from veerkracht.register.cases.protection import (
    Newcomer,
    end_representation,
    find_representative,
    record_representation,
    withhold,
)
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, fields, may
from veerkracht.register.sharing.models import Representation
from veerkracht.register.sharing.representation import decides_along, in_force

pytestmark = pytest.mark.django_db

MOTHER = Newcomer("Moeder", "Voorbeeld", date(1980, 2, 1))


def child_of(born: date) -> Case:
    child = factories.make_person(given="Kind", born=born)
    return Case(child, factories.PROGRAMME, child.area)


def speak(case: Case, by: Actor, **facts) -> Representation:
    given = {
        "representative": MOTHER,
        "kind": "parent",
        "source": "Birth certificate",
        "from_date": date(2020, 1, 1),
    }
    return record_representation(case, by=by, **{**given, **facts})


def test_a_parent_reads_and_answers_for_a_child(officer):
    case = child_of(date(2014, 5, 1))
    mother = factories.make_own_actor(speak(case, officer).representative)
    stranger = factories.make_own_actor(factories.make_person())
    assert (may("request.read", mother, case), may("consent.answer", mother, case)) == (True, True)
    assert (may("request.read", stranger, case), may("consent.answer", stranger, case)) == (False, False)
    assert ("hidden-address" in fields(mother, case), "national-number" in fields(mother, case)) == (
        False,
        False,
    )


@pytest.mark.parametrize(
    ("born", "kind", "speaks"),
    [
        (date(2006, 1, 16), "parent", True),
        (date(2006, 1, 15), "parent", False),
        (date(2006, 1, 15), "guardian", False),
        (date(1990, 1, 1), "administrator", True),
    ],
)
def test_a_parent_stops_speaking_on_the_day_of_age(officer, born, kind, speaks):
    """18 in Flanders: the day before the birthday they still do, on it no longer, whatever was written down."""
    case = child_of(born)
    mother = factories.make_person(born=date(1980, 2, 1))
    Representation.objects.create(
        person=case.person, representative=mother, kind=kind, source="s", from_date=date(2020, 1, 1)
    )
    actor = factories.make_own_actor(mother)
    assert (in_force(DAY).exists(), may("request.read", actor, case)) == (speaks, speaks)


@pytest.mark.parametrize(
    ("born", "along"),
    [
        (date(2012, 1, 16), False),
        (date(2012, 1, 15), True),
        (date(2006, 1, 16), True),
        (date(2006, 1, 15), False),
    ],
)
def test_a_young_person_decides_along_from_twelve_until_eighteen(demo_day, born, along):
    assert decides_along(born, DAY) is along


def test_ended_is_over_the_day_after(officer):
    case = child_of(date(2014, 5, 1))
    made = speak(case, officer)
    actor = factories.make_own_actor(made.representative)
    end_representation(made, by=officer, on=date(2024, 1, 14))
    assert may("request.read", actor, case) is False
    with pytest.raises(Invalid):
        end_representation(made, by=officer, on=DAY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": "  "}, "source"),
        ({"kind": "uncle"}, "kind"),
        ({"from_date": date(2024, 1, 16)}, "from_date"),
        ({"until_date": date(2019, 1, 1)}, "until_date"),
        ({"representative": Newcomer("Zus", "Voorbeeld", date(2008, 1, 1))}, "birth_date"),
        ({"representative": Newcomer(" ", "Voorbeeld", date(1980, 1, 1))}, "family_name"),
    ],
)
def test_what_does_not_fit_makes_nobody(officer, wrong, field):
    case = child_of(date(2014, 5, 1))
    people = Person.objects.count()
    with pytest.raises(Invalid) as invalid:
        speak(case, officer, **wrong)
    assert (invalid.value.field, Representation.objects.count(), Person.objects.count()) == (field, 0, people)


def test_nobody_is_parent_of_an_adult_or_twice(officer):
    with pytest.raises(Invalid):
        speak(child_of(date(2000, 1, 1)), officer)
    case = child_of(date(2014, 5, 1))
    known = speak(case, officer).representative
    with pytest.raises(Invalid):
        speak(case, officer, representative=known)
    assert Representation.objects.count() == 1


@pytest.mark.parametrize("role", ["reader", "signer", "analyst", "records", "admission"])
def test_only_who_works_on_cases_records_one(demo_day, role):
    case = child_of(date(2014, 5, 1))
    with pytest.raises(Refused):
        speak(case, factories.make_actor(role))
    assert Representation.objects.count() == 0


def test_finding_one_tells_nothing_of_who_is_restricted(officer, case):
    known = factories.make_person(born=date(1980, 2, 1))
    kept = factories.make_person(born=date(1980, 2, 1), restricted=True)
    assert find_representative(case, known.number, date(1980, 2, 1), by=officer) == known
    said = set()
    for number, born in (
        (known.number, date(1980, 2, 2)),
        (kept.number, date(1980, 2, 1)),
        ("P-9999999", date(1980, 2, 1)),
    ):
        with pytest.raises(Invalid) as invalid:
            find_representative(case, number, born, by=officer)
        said.add((invalid.value.text, invalid.value.field))
    assert len(said) == 1


def test_a_young_person_keeps_parts_from_a_parent(officer):
    case = child_of(date(2010, 5, 1))
    made = speak(case, officer)
    mother, young = factories.make_own_actor(made.representative), factories.make_own_actor(case.person)
    before = fields(mother, case)
    withhold(made.pk, by=young, fields=["documents", "looks"])
    assert before - fields(mother, case) == {"documents", "looks"}
    assert may("document.read", mother, case) is False
    assert (may("document.read", young, case), may("document.read", officer, case)) == (True, True)
    withhold(made.pk, by=young, fields=[])
    assert fields(mother, case) == before


def test_nobody_else_decides_what_is_kept_from_a_parent(officer):
    case, small = child_of(date(2010, 5, 1)), child_of(date(2014, 5, 1))
    made = speak(case, officer)
    of_small = speak(small, officer, representative=made.representative)
    mother = factories.make_own_actor(made.representative)
    others = (officer, mother, factories.make_own_actor(child_of(date(2010, 5, 1)).person))
    for actor in others:
        with pytest.raises(Refused):
            withhold(made.pk, by=actor, fields=["looks"])
    with pytest.raises(Refused):
        withhold(of_small.pk, by=factories.make_own_actor(small.person), fields=["looks"])
    with pytest.raises(Invalid):
        withhold(made.pk, by=factories.make_own_actor(case.person), fields=["identity"])
    assert set(map(tuple, Representation.objects.values_list("withheld", flat=True))) == {()}


def test_only_who_may_record_one_can_look_for_one(officer, case):
    known = factories.make_person(born=date(1980, 2, 1))
    assert find_representative(case, known.number, date(1980, 2, 1), by=officer) == known
    with pytest.raises(Refused):
        find_representative(case, known.number, date(1980, 2, 1), by=factories.make_actor("reader"))
    tried = LogEntry.objects.filter(verb="search", object_type="person").values_list("user_name", "role")
    assert list(tried) == [(officer.name, "officer")]


def test_nobody_gets_a_code_that_opens_another_s_file_too(officer):
    case, sibling = child_of(date(2014, 5, 1)), child_of(date(2016, 5, 1))
    made = speak(case, officer)
    assert give_code(made, by=officer)
    speak(sibling, officer, representative=made.representative)
    with pytest.raises(Invalid):
        give_code(made, by=officer)
