"""Two people come to homes together: one asks, the other agrees, and until then each stands alone."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.factories import make_actor, make_own_actor, make_person, make_units
from tests.lists.conftest import TODAY
from tests.lists.factories import TESTS, make_asking, make_home, make_waiting, officer_of
from tests.lists.test_own_asking import speak_for
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.care.models import Request, Step
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists import access, actions
from veerkracht.register.lists.actions import Named, answer_together, ask_together, sweep
from veerkracht.register.lists.models import Together
from veerkracht.register.lists.queries import of_home, ranked, together_of
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person, User
from veerkracht.register.people.names import search_name
from veerkracht.register.sharing.models import Notice
from veerkracht.register.supply.actions import hold_place

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BORN = date(1938, 3, 2)


@pytest.fixture
def home():
    return make_home(name="The Lime")


@pytest.fixture
def wife(home) -> Request:
    return make_waiting(home, on=date(2023, 2, 1)).request


@pytest.fixture
def husband(home) -> Request:
    """On the same list, after somebody who is alone."""
    make_waiting(home, on=date(2023, 3, 1))
    found = make_waiting(home, on=date(2023, 4, 1)).request
    Person.objects.filter(pk=found.person_id).update(
        given_name="Jef", family_name="Peeters", search_name=search_name("Jef", "Peeters"), birth_date=BORN
    )
    found.person.refresh_from_db()
    return found


def own(request: Request) -> Actor:
    """The person themself, whose account is made once."""
    user = User.objects.filter(person=request.person).first()
    return Actor(user=user, person=request.person) if user else make_own_actor(request.person)


def asks(wife: Request, **other) -> tuple[Together, str]:
    named = {"given_name": "Jef", "family_name": "Peeters", "birth_date": BORN, **other}
    return ask_together(wife, Named(**named), by=own(wife))


def places(home) -> list[tuple[int, int]]:
    return [(one.request_id, one.rank) for one in ranked(home)]


def test_both_agree_and_then_they_come_whole_or_not_at_all(home, wife, husband):
    before, by = places(home), own(husband)
    asked, code = asks(wife)
    assert (asked.state, asked.until, asked.person) == ("asked", TODAY + timedelta(days=30), husband.person)
    # Until both agreed each stands alone; the home reads that it is asked, and not of whom.
    assert places(home) == before
    lines = {line.request: line.together for line in of_home(officer_of(home), home.pk).lines}
    assert (lines[wife.number], lines[husband.number]) == ("asked", "")
    (notice,) = Notice.objects.filter(kind="together-asked")
    assert notice.text == {"until": "2024-02-14"}
    with pytest.raises(Conflict):
        asks(wife, given_name="Piet")

    (question,) = together_of(by, husband.person, husband).asked_of
    assert (question.name, question.until) == (str(wife.person), asked.until)
    answer_together(asked, by=by, person=husband.person, agree=True, version=asked.version)
    assert places(home) == [(wife.pk, 1), (husband.pk, 1), (before[1][0], 2)]
    assert together_of(own(wife), wife.person, wife).now.name == "Jef Peeters"
    assert together_of(by, husband.person, husband).now.is_agreed
    # Who agreed is named in their own file, and in the other's nobody is.
    steps = Step.objects.filter(reason="together").values_list("request", "kind", "by_name")
    assert sorted(steps) == [(wife.pk, "changed", "together"), (husband.pk, "changed", by.name)]
    # The code opens nothing any more, nor does a second answer.
    with pytest.raises(Refused):
        access.together_by_code(by, husband.person, code)
    with pytest.raises(Invalid):
        answer_together(asked, by=by, person=husband.person, agree=False)
    assert verify.run() == []

    actions.stop_together(Together.objects.get(), husband, by=by)
    assert places(home) == before
    assert Together.objects.get().state == "parted"
    with pytest.raises(Invalid):
        actions.stop_together(Together.objects.get(), wife, by=own(wife))
    asks(wife)
    assert verify.run() == []
    new = Together.objects.filter(state="asked")
    new.update(state="joined", other=husband, answered_at=clock.now())
    assert [(broken.name, broken.where) for broken in verify.run()] == [
        ("who_comes_together_has_one_bundle", (f"together {Together.objects.last().pk}",))
    ]


def test_a_code_is_for_who_was_named_alone_and_opens_once(home, wife, husband):
    """He lives elsewhere, so nobody knows of himself that he is meant: the code tells."""
    Person.objects.filter(pk=husband.person_id).update(area="71016")
    Request.objects.filter(pk=husband.pk).update(area="71016")
    husband.refresh_from_db()
    asked, code = asks(wife)
    other = make_waiting(home).request
    assert (asked.person, Notice.objects.filter(kind="together-asked").count()) == (None, 0)
    by = own(husband)
    assert together_of(by, husband.person, husband).asked_of == ()
    told = set()
    for actor, person, tried in (
        (by, husband.person, code[:-1] + ("A" if code[-1] != "A" else "B")),
        (by, husband.person, "nothing"),
        (by, husband.person, "999-AAAA-BBBB-CCCC"),
        # Of another birth date, and of whoever asked.
        (own(other), other.person, code),
        (own(wife), wife.person, code),
    ):
        with pytest.raises(Refused) as refused:
            access.together_by_code(actor, person, tried)
        told.add(refused.value.text)
    assert len(told) == 1
    with pytest.raises(Refused):
        access.together_by_code(own(other), husband.person, code)
    with pytest.raises(Invalid):
        answer_together(asked, by=own(other), person=other.person, agree=True)
    # He does not ask yet under this number: first he does, and then he agrees.
    found = access.together_by_code(by, husband.person, code.lower())
    care.withdraw(husband, by=TESTS, on=TODAY)
    with pytest.raises(Invalid, match="Ask for a place"):
        answer_together(found, by=by, person=husband.person, agree=True)
    anew = make_asking(husband.person, on=TODAY)
    daughter = make_person(given="An")
    speak_for(husband.person, daughter)
    answer_together(found, by=make_own_actor(daughter), person=husband.person, agree=True)
    assert {one.bundle for one in Request.objects.filter(pk__in=[wife.pk, anew.pk])} == {wife.pk}
    # Of homes that only one asks, neither is offered a place.
    assert wife.pk not in dict(places(home))
    refusals = LogEntry.objects.filter(verb="refused", object_type="together", person_id=husband.person_id)
    assert refusals.count() == 3
    assert verify.run() == []


def test_no_answer_a_no_or_an_end_leaves_each_alone(home, wife, husband):
    before = places(home)
    asked, _code = asks(wife)
    answer_together(asked, by=own(husband), person=husband.person, agree=False)
    assert (Together.objects.get().state, places(home)) == ("declined", before)
    asked, code = asks(wife)
    clock.stand_still_on(TODAY + timedelta(days=31))
    # Over at once, also before the night's work wrote it down.
    with pytest.raises(Invalid):
        answer_together(asked, by=own(husband), person=husband.person, agree=True)
    with pytest.raises(Refused):
        access.together_by_code(own(husband), husband.person, code)
    assert (sweep(by=TESTS).lapsed, sweep(by=TESTS).lapsed) == (1, 0)
    asked, _code = asks(wife)
    care.withdraw(wife, by=TESTS, on=clock.today())
    assert list(Together.objects.order_by("pk").values_list("state", flat=True)) == [
        "declined", "lapsed", "withdrawn"
    ]  # fmt: skip
    assert verify.run() == []


def test_what_can_not_be_asked_and_who_may_not(wife, husband):
    stranger = make_own_actor(make_person(given="Bo"))
    for error, field, wrong in (
        (Invalid, "given_name", {"given_name": " "}),
        (Invalid, "family_name", {"family_name": ""}),
        (Invalid, "birth_date", {"birth_date": TODAY + timedelta(days=1)}),
    ):
        with pytest.raises(error) as refused:
            asks(wife, **wrong)
        assert refused.value.field == field
    named = Named("Jef", "Peeters", BORN)
    for by in (stranger, make_actor("reader"), make_actor("admission"), own(husband)):
        with pytest.raises(Refused):
            ask_together(wife, named, by=by)
    # Who is shielded is found by nobody: only the code reaches them.
    Person.objects.filter(pk=husband.person_id).update(restricted=True)
    asked, _code = asks(wife)
    assert asked.person is None
    for by in (stranger, own(husband)):
        with pytest.raises(Refused):
            actions.stop_together(asked, wife, by=by)
    with pytest.raises(Refused):
        access.together_now(own(wife), wife, asked.pk + 1)
    actions.stop_together(asked, wife, by=own(wife))
    assert Together.objects.get().state == "withdrawn"


def test_an_officer_confirms_what_both_said_and_a_running_offer_stays_whose_it_was(home, wife, husband):
    officer = make_actor("officer")
    hold = hold_place(make_units(home)[0], by=TESTS, minutes=60, reference="x")
    type(hold).objects.filter(pk=hold.pk).update(request=husband)
    with pytest.raises(Refused):
        actions.confirm_together(wife, husband, by=own(wife))
    with pytest.raises(Invalid):
        actions.confirm_together(wife, wife, by=officer)
    asks(wife)
    agreed = actions.confirm_together(wife, husband, by=officer)
    assert (agreed.state, sweep(by=TESTS).joined, Request.objects.get(pk=wife.pk).bundle) == (
        "agreed",
        0,
        None,
    )
    # Nobody learns from this that a place is offered: both read the same as ever.
    assert together_of(own(wife), wife.person, wife).now.is_agreed
    type(hold).objects.filter(pk=hold.pk).update(state="released")
    assert (sweep(by=TESTS).joined, Together.objects.get(pk=agreed.pk).state) == (1, "joined")
    type(hold).objects.filter(pk=hold.pk).update(state="held")
    with pytest.raises(Invalid, match="answer that first"):
        actions.stop_together(Together.objects.get(pk=agreed.pk), wife, by=own(wife))
    type(hold).objects.filter(pk=hold.pk).update(state="released")
    with pytest.raises(Conflict):
        actions.confirm_together(make_asking(), husband, by=officer)


def test_the_pages_of_both_and_of_the_officer(home, wife, husband):
    Person.objects.filter(pk=husband.person_id).update(area="71016")
    Request.objects.filter(pk=husband.pk).update(area="71016")
    page = "/en/my/homes/together/"
    one, two, officer = Client(), Client(), Client()
    one.force_login(own(wife).user)
    two.force_login(own(husband).user)
    officer.force_login(make_actor("officer").user)
    assert page in one.get("/en/my/homes/").content.decode()
    who = {
        "verb": "ask",
        "ask-given_name": "Jef",
        "ask-family_name": "Peeters",
        "ask-birth_date": "1938-03-02",
    }
    assert one.post(page, {**who, "ask-birth_date": "soon"}).status_code == 422
    assert one.post(page, {"verb": "shout"}).status_code == 404
    shown = one.post(page, who).content.decode()
    asked = Together.objects.get()
    code = shown.partition('<p class="big"><b>')[2].partition("</b>")[0]
    assert code.startswith(f"{asked.pk}-")
    again = one.get(page).content.decode()
    assert [code in again, "Together, to be confirmed" in again] == [False, True]
    assert "Together, to be confirmed" in one.get("/en/my/homes/").content.decode()

    assert two.post(page, {"verb": "code", "code-code": "1-AAAA"}).status_code == 422
    opened = two.post(page, {"verb": "code", "code-code": code}).content.decode()
    assert [f"{wife.person} asks to come" in opened, wife.number in opened] == [True, False]
    answer = {
        "verb": "answer",
        "answer-asked": asked.pk,
        "answer-version": asked.version,
        "answer-agree": "yes",
    }
    # Who guesses is stopped, also with the right code.
    guesser = Client()
    guesser.force_login(own(make_asking()).user)
    tried = [
        guesser.post(page, {"verb": "code", "code-code": f"1-AAAA-{n}"}).content.decode() for n in range(12)
    ]
    assert ["Too many attempts" in tried[0], "Too many attempts" in tried[-1]] == [False, True]
    # Without the code the number of the question is nothing.
    assert two.post(page, answer).status_code == 404
    assert two.post(page, {**answer, "answer-code": code})["Location"] == page
    assert Together.objects.get().state == "joined"
    assert "Together with" in two.get(page).content.decode()

    beside = f"/en/file/{wife.number}/homes/together/"
    assert "Together with Jef Peeters" in officer.get(beside).content.decode()
    stop = {"verb": "stop", "stop-asked": asked.pk, "stop-version": Together.objects.get().version}
    assert officer.post(beside, stop)["Location"] == beside
    confirm = {"verb": "confirm", "confirm-number": husband.number, "confirm-checked": "on"}
    for wrong in ({"confirm-number": "V-9999999"}, {"confirm-checked": ""}, {"confirm-number": wife.number}):
        assert officer.post(beside, {**confirm, **wrong}).status_code == 422
    assert officer.post(beside, confirm)["Location"] == beside
    assert [one.state for one in Together.objects.order_by("pk")] == ["parted", "joined"]
    assert two.get(beside).status_code == 404
    assert verify.run() == []
