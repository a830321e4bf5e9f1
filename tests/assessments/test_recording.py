"""What is recorded of somebody's need: by whom, corrected how, and what can't be."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import factories
from tests.assessments.conftest import ALONE, COMMAND, GIVES, TODAY, asked, ltcf, scored, worker
from veerkracht.register import verify
from veerkracht.register.assessments import access, actions
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.writing import Measured
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping.bundle import bundle
from veerkracht.register.keeping.erasing import pseudonymise
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.models import Person


@pytest.mark.parametrize("category", list(GIVES))
def test_the_category_follows_from_the_items(person, assessor, category):
    found = actions.record_assessment(person, by=assessor, measured=scored(category))
    assert (found.outcome, found.version, found.valid_until) == (category, "2013", date(2025, 1, 10))


def test_a_result_says_who_made_it_and_stands_in_the_log(person, assessor):
    before = LogEntry.objects.count()
    found = actions.record_assessment(person, by=assessor, measured=ltcf(valid_until=date(2024, 5, 1)))
    assert (found.author, found.author_kind, found.version, found.by_name) == (
        "Team East", "care-team", "9.1", assessor.name,
    )  # fmt: skip
    assert (found.items, found.outcome, found.valid_until) == ({"adl": 4, "cps": 3}, "", date(2024, 5, 1))
    logged = LogEntry.objects.order_by("pk")[before:]
    assert [(one.verb, one.object_type, one.person_id, one.fields) for one in logged] == [
        ("create", "assessment", person.pk, ["assessment"])
    ]
    assert verify.run() == []


@pytest.mark.parametrize(
    ("measured", "field"),
    [
        (scored(items={}), "items"),
        (scored(items={**ALONE, "washing": 5}), "washing"),
        (scored(items={**ALONE, "eating": 0}), "eating"),
        (scored(items={**ALONE, "eating": 2.5}), "eating"),
        (scored(items={**ALONE, "dementia_diagnosed": 1}), "dementia_diagnosed"),
        (scored(items={key: value for key, value in ALONE.items() if key != "toilet"}), "toilet"),
        (scored(items={**ALONE, "walking": 1}), "walking"),
        (scored(on=TODAY + timedelta(days=1)), "on"),
        (scored(on=date(1938, 4, 1)), "on"),
        (scored(on=date(2012, 12, 31)), "version"),
        (scored(version="2001"), "version"),
        (scored(author=" "), "author"),
        (scored(author_kind="neighbour"), "author_kind"),
        (scored(valid_until=date(2024, 1, 10)), "valid_until"),
        (Measured("weight", TODAY), "instrument"),
        (ltcf(items={"adl": 7, "cps": 1}), "adl"),
        (ltcf(items={"cps": 1}), "adl"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field_and_nothing_is_written(person, assessor, measured, field):
    with pytest.raises(Invalid) as refused:
        actions.record_assessment(person, by=assessor, measured=measured)
    assert (refused.value.field, Assessment.objects.count()) == (field, 0)
    assert refused.value.text.nl != refused.value.text.en


def test_an_error_says_what_was_found_and_what_was_expected(person, assessor):
    with pytest.raises(Invalid) as refused:
        actions.record_assessment(person, by=assessor, measured=scored(items={**ALONE, "washing": 5}))
    assert refused.value.text.en == "washing: found: 5; expected: a whole number from 1 to 4."
    assert refused.value.text.nl == "washing: gevonden: 5; verwacht: een geheel getal van 1 tot 4."


def test_not_of_who_died_before(person, assessor):
    Person.objects.filter(pk=person.pk).update(died_on=date(2024, 1, 9))
    with pytest.raises(Invalid) as refused:
        actions.record_assessment(person, by=assessor, measured=scored())
    assert refused.value.field == "on"


def test_one_of_an_instrument_a_day_and_a_correction_takes_its_place(person, assessor):
    first = actions.record_assessment(person, by=assessor, measured=scored("b"))
    with pytest.raises(Conflict):
        actions.record_assessment(person, by=assessor, measured=scored("c"))
    second = actions.correct_assessment(first, by=assessor, measured=scored("c"), why="Read wrongly")
    assert [(one.outcome, one.why) for one in access.in_force()] == [("c", "Read wrongly")]
    with pytest.raises(Conflict):
        actions.correct_assessment(first, by=assessor, measured=scored("d"), why="Too late")
    for measured, why, field in ((scored("d"), " ", "why"), (ltcf(), "Another scale", "instrument")):
        with pytest.raises(Invalid) as refused:
            actions.correct_assessment(second, by=assessor, measured=measured, why=why)
        assert refused.value.field == field
    gone = actions.withdraw_assessment(second, by=assessor, why="Of somebody else")
    assert (access.in_force().count(), Assessment.objects.count()) == (0, 3)
    with pytest.raises(Conflict):
        actions.correct_assessment(gone, by=assessor, measured=scored("a"), why="It is gone")
    assert verify.run() == []


def test_who_may_record_and_who_may_not(person, assessor, resident, admission):
    """The officers of their area, and a home for who stays with it."""
    inside, elsewhere = resident(), resident("Oak House")
    stranger = worker("admission", "Oak House")
    assert actions.record_assessment(inside, by=admission, measured=scored()).person == inside
    refusals = (
        (person, admission), (elsewhere, admission), (inside, stranger),
        (inside, factories.make_actor("reader")), (inside, factories.make_actor("analyst")),
        (inside, factories.make_own_actor(inside)),
    )  # fmt: skip
    recorded = Assessment.objects.get()
    for whom, actor in refusals:
        with pytest.raises(Refused):
            actions.record_assessment(whom, by=actor, measured=scored("d"))
        if whom == inside:
            with pytest.raises(Refused):
                actions.withdraw_assessment(recorded, by=actor, why="x")
    assert Assessment.objects.count() == 1


def test_the_database_keeps_what_was_measured(person, assessor):
    found = actions.record_assessment(person, by=assessor, measured=scored())
    for change in (lambda: Assessment.objects.update(outcome="o"), found.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    row = {**found.__dict__}
    row.pop("_state")
    for wrong in (
        {"version": ""}, {"author": ""}, {"by_name": ""}, {"valid_until": date(2024, 1, 2)}, {"withdrawn": True},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(**{**row, "id": None, "on": date(2024, 1, 2), **wrong})


def test_the_law_alone_clears_what_was_found_and_the_person_is_told_of_it_before(person, assessor):
    actions.record_assessment(person, by=assessor, measured=scored("cd"))
    own = factories.make_own_actor(person)
    with zipfile.ZipFile(io.BytesIO(bundle(own, person))) as packed:
        told = json.loads(packed.read(f"{person.number}.json"))["measured-need"]
    assert [(row["instrument"], row["outcome"], row["items"]["washing"]) for row in told] == [
        ("katz", "cd", 3)
    ]
    with transaction.atomic():
        pseudonymise(person, by=COMMAND, reason="The term is over")
    left = Assessment.objects.get()
    assert (left.on, left.items, left.outcome, left.author, left.by_name) == (
        date(2024, 1, 10),
        {},
        "",
        "–",
        "–",
    )
    assert verify.run() == []


def test_verify_finds_what_the_rules_forbid(person, assessor):
    good = actions.record_assessment(person, by=assessor, measured=scored("b", on=date(2024, 1, 1)))
    other = factories.make_person(given="Jef")
    facts = {
        "person": person, "instrument": "katz", "version": "2013", "valid_until": TODAY, "author": "x",
        "author_kind": "nurse", "by_name": "x", "recorded_at": good.recorded_at,
    }  # fmt: skip
    Assessment.objects.create(**facts, on=date(2024, 1, 2), items=GIVES["b"], outcome="o")
    Assessment.objects.create(**facts, on=date(2024, 1, 3), items={**ALONE, "eating": 9}, outcome="o")
    Assessment.objects.create(
        **{**facts, "person": other}, on=date(2024, 1, 4), items=ALONE, outcome="o", corrects=good, why="x"
    )
    assert {broken.name: broken.count for broken in verify.run()} == {
        "assessment_fits_its_instrument": 1,
        "assessment_outcome_follows_from_its_items": 1,
        "assessment_corrects_the_same": 1,
    }


def test_a_request_gives_the_person(person, assessor):
    actions.record_assessment(person, by=assessor, measured=scored())
    assert access.list_of(assessor, asked(person)).count() == 1
