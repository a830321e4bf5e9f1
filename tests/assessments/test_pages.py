"""Assessments as pages: what they show, to whom, and what they do."""

from datetime import date

import pytest

from tests import factories
from tests.assessments.conftest import COMMAND, asked, ltcf, scored, worker
from tests.pages import client_of, text_of
from veerkracht.register.assessments import actions
from veerkracht.register.assessments.access import in_force
from veerkracht.register.assessments.models import Assessment

ANSWERS = {
    "on": "2024-01-12", "author": "Nurse Nele", "author_kind": "nurse",
    "washing": "3", "dressing": "3", "transfer": "3", "toilet": "1", "continence": "1", "eating": "1",
    "orientation_time": "1", "orientation_place": "1", "dementia_diagnosed": "no",
}  # fmt: skip


@pytest.fixture
def place(resident, admission):
    """A resident of one's own home and the address of their assessments."""
    person = resident()
    return person, client_of(admission), f"/en/places/assessments/{person.number}/"


def test_what_was_measured_and_what_it_opens_in_both_languages(place):
    person, client, address = place
    actions.record_assessment(person, by=COMMAND, measured=scored("b", on=date(2022, 1, 3)))
    actions.record_assessment(person, by=COMMAND, measured=scored("cd", on=date(2023, 6, 1)))
    actions.record_assessment(person, by=COMMAND, measured=ltcf(on=date(2023, 6, 1)))
    for language, words in (
        ("en", ("Katz Cd", "Dr. Janssens, Physician", "1 June 2024", "Higher staff norm", "expired", "with much help",
                "Katz B", "counted until 3 January 2023", "Daily life (ADL hierarchy) 4 / 6")),
        ("nl", ("Katz Cd", "Dr. Janssens, Arts", "1 juni 2024", "Hogere personeelsnorm", "vervallen", "met veel hulp",
                "Katz B", "telde tot 3 januari 2023", "Dagelijks leven (ADL-hiërarchie) 4 / 6")),
    ):  # fmt: skip
        page = text_of(client.get(address.replace("/en/", f"/{language}/")))
        assert [one for one in words if one not in page] == []


def test_recording_correcting_and_withdrawing(place):
    person, client, address = place
    assert client.post(address, ANSWERS).status_code == 302
    first = Assessment.objects.get()
    assert (first.outcome, first.author, first.person) == ("b", "Nurse Nele", person)
    correct = f"/en/places/assessments/{first.pk}/correct/"
    assert 'value="2024-01-12"' in client.get(correct).content.decode()
    assert client.post(correct, {**ANSWERS, "transfer": "1", "why": "Misread"}).status_code == 302
    second = in_force().get()
    assert (second.outcome, second.why) == ("a", "Misread")
    # Who saw the first one only is told.
    assert client.post(correct, {**ANSWERS, "why": "Too late"}).status_code == 409
    withdraw = f"/en/places/assessments/{second.pk}/withdraw/"
    assert client.post(withdraw, {"why": ""}).status_code == 422
    assert client.post(withdraw, {"why": "Of somebody else"}).status_code == 302
    assert in_force().count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"washing": ""}, "washing: found: nothing; expected: a whole number from 1 to 4."),
        ({"washing": "5"}, "Select a valid choice. 5 is not one of the available choices."),
        ({"on": "2024-01-16"}, "This day is still to come."),
        ({"author": ""}, "Say who made the assessment"),
    ],
)
def test_what_is_wrong_stands_on_the_form_and_nothing_is_written(place, wrong, said):
    _person, client, address = place
    answer = client.post(address, {**ANSWERS, **wrong})
    assert (answer.status_code, said in text_of(answer), Assessment.objects.count()) == (422, True, 0)


def test_the_form_of_another_instrument(place):
    _person, client, address = place
    given = {"on": "2024-01-12", "author": "Team East", "author_kind": "care-team", "adl": "4", "cps": "7"}
    answer = client.post(f"{address}?instrument=belrai-ltcf", {**given, "version": "9.1"})
    assert (
        answer.status_code,
        "cps: found: 7; expected: a whole number from 0 to 6." in text_of(answer),
    ) == (422, True)
    assert client.post(f"{address}?instrument=belrai-ltcf", {**given, "cps": "2"}).status_code == 422
    answer = client.post(f"{address}?instrument=belrai-ltcf", {**given, "cps": "2", "version": "9.1"})
    assert (answer.status_code, Assessment.objects.get().items) == (302, {"adl": 4, "cps": 2})


def test_as_a_tab_of_the_file_for_who_may_read_that_part(person, assessor):
    request = asked(person)
    actions.record_assessment(person, by=COMMAND, measured=scored("d"))
    client = client_of(assessor)
    assert (
        f"/en/file/{request.number}/assessments/"
        in client.get(f"/en/file/{request.number}/").content.decode()
    )
    page = text_of(client.get(f"/en/file/{request.number}/assessments/"))
    assert ("Katz D" in page, "Record an assessment" in page) == (True, True)
    reader = client_of(factories.make_actor("reader"))
    page = text_of(reader.get(f"/en/file/{request.number}/assessments/"))
    assert ("Katz D" in page, "Record an assessment" in page) == (True, False)


def test_who_may_not_see_one_learns_nothing(place, resident):
    person, _client, address = place
    actions.record_assessment(person, by=COMMAND, measured=scored("cd"))
    pk = Assessment.objects.get().pk
    stranger = client_of(worker("admission", "Oak House"))
    there = [address, f"/en/places/assessments/{pk}/correct/", f"/en/places/assessments/{pk}/withdraw/"]
    nowhere = [
        "/en/places/assessments/P-9999999/", "/en/places/assessments/999999/correct/",
        "/en/places/assessments/999999/withdraw/",
    ]  # fmt: skip
    for one, other in zip(there, nowhere, strict=True):
        answers = [stranger.get(one), stranger.get(other)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert text_of(answers[0]) == text_of(answers[1])
    # A reader of somebody's assessments changes none of them.
    reader = client_of(factories.make_actor("reader"))
    assert reader.post(address, ANSWERS).status_code == 404
    assert in_force().count() == 1


def test_which_expire(place, resident, admission):
    person, client, _address = place
    actions.record_assessment(person, by=COMMAND, measured=scored("cd", on=date(2023, 1, 12)))
    soon = resident()
    actions.record_assessment(soon, by=COMMAND, measured=scored("b", on=date(2023, 2, 1)))
    page = text_of(client.get("/en/places/assessments/?days=30"))
    assert ("Katz Cd" in page, "17 days left" in page, "expired" in page) == (True, True, True)
    assert client.get("/en/places/assessments/?after=nonsense").status_code == 404
    late = resident()
    lacks = text_of(client.get("/nl/places/assessments/?duty=katz-at-admission"))
    assert (str(late) in lacks, "198 dagen te laat" in lacks) == (True, True)
    assert client.get("/en/places/assessments/?duty=nonsense").status_code == 404
    other = client_of(worker("admission", "Oak House"))
    assert "Nothing expires in that time." in text_of(other.get("/en/places/assessments/?days=30"))
