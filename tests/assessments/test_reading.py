"""What is read of assessments: the last of many, what it opens, what expires, and by whom."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.assessments.conftest import COMMAND, TODAY, asked, ltcf, scored, worker
from veerkracht.register.assessments import actions
from veerkracht.register.assessments.queries import duties, expiring, latest, missing, opens
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.models import Person


def measure(person: Person, category: str, on: date, **facts) -> None:
    actions.record_assessment(person, by=COMMAND, measured=scored(category, on=on, **facts))


def test_the_last_of_each_on_any_day_in_one_query(person, django_assert_num_queries):
    other, unmeasured = factories.make_person(born=date(1930, 1, 1)), factories.make_person()
    measure(person, "b", date(2022, 3, 1))
    measure(person, "cd", date(2023, 3, 1))
    measure(other, "o", date(2022, 6, 1))
    ids = [person.pk, other.pk, unmeasured.pk]
    with django_assert_num_queries(1):
        now = latest(ids, TODAY)
    assert {id: (one.outcome, one.expired) for id, one in now.items()} == {
        person.pk: ("cd", False), other.pk: ("o", True),
    }  # fmt: skip
    then = latest(Person.objects.filter(pk__in=ids), date(2022, 12, 31))
    assert {id: (one.outcome, one.expired) for id, one in then.items()} == {
        person.pk: ("b", False), other.pk: ("o", False),
    }  # fmt: skip
    assert (latest(ids, date(2022, 2, 28)), latest(ids, TODAY, "belrai-ltcf")) == ({}, {})


def test_the_first_day_on_which_it_counts_no_more(person):
    measure(person, "b", date(2023, 1, 16))
    found = [latest([person.pk], day)[person.pk].expired for day in (date(2024, 1, 15), date(2024, 1, 16))]
    assert found == [False, True]


def test_what_each_last_result_opens_by_the_regions_file(person, assessor):
    measure(person, "o", date(2020, 1, 1))
    measure(person, "c", date(2023, 5, 1))
    actions.record_assessment(person, by=COMMAND, measured=ltcf(on=date(2023, 5, 1)))
    found = {
        one.assessment.instrument: (one.expired, [opening.id for opening in one.openings])
        for one in opens(assessor, person)
    }
    assert found == {
        "katz": (False, ["heavy-care-norm", "place-with-extra-recognition"]), "belrai-ltcf": (True, []),
    }  # fmt: skip
    # As on a day gone by.
    assert [one.openings for one in opens(assessor, person, date(2020, 6, 1))] == [()]


def test_what_expires_soonest_first_page_by_page(assessor):
    people = [factories.make_person(given=f"P{day}") for day in range(5)]
    # Who neither asks for anything nor stays anywhere has not to be measured again.
    for one in people[:4]:
        asked(one)
    for day, one in enumerate(people, 1):
        measure(one, "b", date(2023, 1, 10 + day))
    # Measured again since, and dead: nobody has to do anything.
    measure(people[3], "b", date(2024, 1, 2))
    gone = factories.make_person(given="Gone")
    asked(gone)
    measure(gone, "b", date(2023, 1, 1))
    Person.objects.filter(pk=gone.pk).update(died_on=date(2024, 1, 1))
    page = expiring(assessor, 30, size=2)
    rest = expiring(assessor, 30, size=2, after=page.after)
    shown = [(one.person, one.days_left, one.expired) for one in (*page.rows, *rest.rows)]
    assert shown == [
        ("P0 Voorbeeld", -4, True), ("P1 Voorbeeld", -3, True), ("P2 Voorbeeld", -2, True),
    ]  # fmt: skip
    assert (rest.after, expiring(assessor, 366).rows[-1].person) == ("", "P3 Voorbeeld")


@pytest.mark.parametrize(
    ("days", "after", "field"), [(-1, "", "days"), (99_999, "", "days"), (30, "x", "after")]
)
def test_a_list_that_can_not_be_asked(assessor, days, after, field):
    with pytest.raises(Invalid) as refused:
        expiring(assessor, days, after=after)
    assert refused.value.field == field


def test_the_number_of_queries_does_not_grow_with_the_rows(assessor, admission, resident):
    def queries(count: int) -> list[int]:
        while Person.objects.count() < count:
            measure(resident(), "b", date(2023, 1, 12))
        found = []
        for actor in (assessor, admission):
            with CaptureQueriesContext(connection) as ran:
                assert len(expiring(actor, 30).rows) == count
            found.append(len(ran))
        return found

    assert queries(1) == queries(3)


def test_everybody_sees_their_own_and_nobody_more(person, assessor, resident, admission):
    inside, elsewhere, hidden = resident(), resident("Oak House"), resident()
    asked(person)
    for one in (person, inside, elsewhere, hidden):
        measure(one, "b", date(2023, 1, 12))
    Person.objects.filter(pk=hidden.pk).update(restricted=True)
    hidden.refresh_from_db()
    readable = {
        "assessor": (assessor, {person, inside, elsewhere}),
        "of the home": (admission, {inside}),
        "of another home": (worker("admission", "Oak House"), {elsewhere}),
        "themself": (factories.make_own_actor(inside), {inside}),
        "of another programme": (worker("admission", "Elm House", "personal-budget"), set()),
        "analyst": (factories.make_actor("analyst"), set()),
        "a team that does not know them": (factories.make_actor("case-worker"), set()),
    }
    everybody = (person, inside, elsewhere, hidden)
    for name, (actor, expected) in readable.items():
        assert {one for one in everybody if _may_read(actor, one)} == expected, name
    listed = {row.person_number for row in expiring(assessor, 30).rows}
    assert listed == {one.number for one in (person, inside, elsewhere)}
    assert [row.person_number for row in expiring(admission, 30).rows] == [inside.number]
    with pytest.raises(Refused):
        expiring(factories.make_actor("analyst"), 30)


def test_the_same_by_the_request_of_the_person(person, assessor):
    request = asked(person)
    measure(person, "d", date(2023, 12, 1))
    assert [one.assessment.outcome for one in opens(assessor, request)] == ["d"]


def test_who_should_have_been_measured_and_was_not(assessor, admission, resident):
    long_ago, elsewhere, just_now, measured = (
        resident(), resident("Oak House", on=date(2023, 7, 1)), resident(on=date(2024, 1, 2)), resident(),
    )  # fmt: skip
    measure(measured, "b", date(2023, 6, 10))
    page = missing(assessor, "katz-at-admission", size=1)
    rest = missing(assessor, "katz-at-admission", size=1, after=page.after)
    shown = [(row.person_number, row.came_on, row.due_on, row.days_late) for row in (*page.rows, *rest.rows)]
    assert shown == [
        (long_ago.number, date(2023, 6, 1), date(2023, 7, 1), 198),
        (elsewhere.number, date(2023, 7, 1), date(2023, 7, 31), 168),
    ]  # fmt: skip
    assert rest.after == ""
    assert just_now.number not in {row[0] for row in shown}
    assert [row.person_number for row in missing(admission, "katz-at-admission").rows] == [long_ago.number]
    # A duty of 2024 is about who came since, and no term of eight weeks is over yet.
    assert ([one.id for one in duties()], missing(assessor, "ltcf-after-admission").rows) == (
        ["ltcf-after-admission", "katz-at-admission"], (),
    )  # fmt: skip
    for duty, after, field in (("no-such", "", "duty"), ("katz-at-admission", "x", "after")):
        with pytest.raises(Invalid) as refused:
            missing(assessor, duty, after=after)
        assert refused.value.field == field
    with pytest.raises(Refused):
        missing(factories.make_actor("analyst"), "katz-at-admission")


def _may_read(actor, person: Person) -> bool:
    try:
        return bool(opens(actor, person))
    except Refused:
        return False
