"""Doubles on lists are found without a number, and decided on by a person with a name."""

from datetime import date

import pytest

from tests.factories import make_actor, make_person
from tests.lists.conftest import TODAY
from tests.lists.factories import TESTS, make_asking, make_entry, make_home
from veerkracht.register import verify
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists import access, actions
from veerkracht.register.lists.models import Double, Entry

pytestmark = pytest.mark.django_db
BORN = date(1939, 5, 17)


@pytest.fixture
def twice():
    """Anna, who registered at two homes under one name and at one of them under another."""
    people = [make_person(given="Anna", family=name, born=BORN) for name in ("Van Broeck", "Vanbroeck")]
    homes = [make_home(), make_home()]
    one, other = (make_asking(person) for person in people)
    make_entry(homes[0], one, on=date(2023, 6, 1))
    make_entry(homes[0], other, on=date(2022, 6, 1))
    make_entry(homes[1], other, on=date(2023, 1, 1), facts={"lived_here": True})
    make_entry(homes[1], make_asking(make_person(given="Jozef", family="Van Broeck", born=BORN)))
    return people, homes, (one, other)


def standing(request) -> list[tuple[int, date]]:
    found = Entry.objects.filter(request=request, state="waiting").order_by("preference")
    return list(found.values_list("service", "list_date"))


def test_they_are_found_once_and_nothing_changes_before_somebody_decides(twice):
    people, _homes, (one, other) = twice
    assert actions.find_doubles(by=TESTS) == 1
    assert actions.find_doubles(by=TESTS) == 0
    officer = make_actor("officer")
    (found,) = access.list_doubles(officer)
    assert ([found.first, found.second], found.grounds) == (people, ["birth-date", "name", "area"])
    assert (len(standing(one)), len(standing(other))) == (1, 2)
    actions.tell_apart(found, by=officer, why="Two sisters, both came by.")
    assert actions.find_doubles(by=TESTS) == 0
    assert (len(standing(one)), len(standing(other))) == (1, 2)
    with pytest.raises(Conflict, match="decided already"):
        actions.bring_together(found, by=officer, keep=people[0], why="No.")


def test_who_is_one_keeps_the_earliest_date_at_every_home(twice):
    people, homes, (one, other) = twice
    actions.find_doubles(by=TESTS)
    officer, found = make_actor("officer"), Double.objects.get()
    for wrong, field in (
        ({"keep": make_person(), "why": "x"}, "keep"),
        ({"keep": people[0], "why": " "}, "why"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.bring_together(found, by=officer, **wrong)
        assert refused.value.field == field
    assert len(standing(other)) == 2
    actions.bring_together(found, by=officer, keep=people[0], why="She showed her card.")
    assert standing(one) == [(homes[0].pk, date(2022, 6, 1)), (homes[1].pk, date(2023, 1, 1))]
    assert standing(other) == []
    assert Entry.objects.get(request=one, service=homes[1]).facts == {"lived_here": True}
    decided = Double.objects.get()
    assert (decided.state, decided.by_name, decided.decided_at.date()) == ("same", officer.name, TODAY)
    assert verify.run() == []


def test_only_who_may_tell_both_apart_sees_them(twice):
    actions.find_doubles(by=TESTS)
    (found,) = Double.objects.all()
    for role in ("admission", "case-worker", "reader"):
        with pytest.raises(Refused):
            access.list_doubles(make_actor(role))
        with pytest.raises(Refused):
            access.get_double(make_actor(role), found.pk)
        with pytest.raises(Refused):
            actions.tell_apart(found, by=make_actor(role), why="x")
    with pytest.raises(Refused):
        actions.tell_apart(found, by=TESTS, why="a command decides nothing")
    type(found.first).objects.filter(pk=found.second_id).update(restricted=True)
    officer = make_actor("officer")
    assert list(access.list_doubles(officer)) == []
    with pytest.raises(Refused):
        access.get_double(officer, found.pk)
