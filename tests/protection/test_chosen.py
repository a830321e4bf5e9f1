"""Whom somebody chooses to speak for them: by a code that opens once, and that they take back when they want."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.factories import make_actor, make_own_actor, make_person, make_request
from veerkracht.register import clock
from veerkracht.register.care.actions.codes import give_own_code
from veerkracht.register.cases.protection import chosen
from veerkracht.register.cases.protection.chosen import MOST_OPEN, Terms
from veerkracht.register.cases.protection.representatives import here_for
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people import codes
from veerkracht.register.permissions import Case, fields
from veerkracht.register.sharing.models import Notice, Representation, RepresentationCode

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/en/my/codes/"


@pytest.fixture(autouse=True)
def day(db) -> date:
    """The day on which all stands still."""
    clock.stand_still_on(date(2024, 1, 15))
    return clock.today()


@pytest.fixture
def mother():
    return make_own_actor(make_request(make_person(given="Moe")).person)


@pytest.fixture
def daughter():
    return make_own_actor(make_person(given="An"))


def given(by, **terms) -> str:
    return chosen.give_representation_code(Terms("my daughter An", **terms), by=by)


def test_a_code_opens_once_and_what_was_kept_back_is_kept_back(mother, daughter):
    code = given(mother, withheld=["money", "looks"])
    (kept,) = RepresentationCode.objects.all()
    assert code.partition("-")[2] not in kept.hash
    assert here_for(daughter) == ()
    # Wrong, of nobody, and by whoever gave it: the same words, and each in the log.
    told = set()
    for by, tried in (
        (daughter, code[:-1] + ("A" if code[-1] != "A" else "B")),
        (daughter, "999-AAAA-BBBB-CCCC"),
        (daughter, ""),
        (mother, code),
    ):
        with pytest.raises(Refused) as refused:
            chosen.use_representation_code(tried, by=by)
        told.add(refused.value.text)
    assert (told, LogEntry.objects.filter(verb="refused", object_type="representationcode").count()) == (
        {codes.UNKNOWN}, 4,
    )  # fmt: skip
    made = chosen.use_representation_code(f" {code.lower()} ", by=daughter)
    assert (made.kind, made.withheld, made.until_date) == ("chosen", ["money", "looks"], None)
    assert here_for(daughter) == (mother.person,)
    seen = fields(daughter, mother.person)
    assert [name in seen for name in ("history", "money", "looks")] == [True, False, False]
    assert list(Notice.objects.values_list("user", "kind")) == [(mother.user.pk, "representation-code-used")]
    # Not a second time, by nobody.
    for by in (daughter, make_own_actor(make_person(given="Bo"))):
        with pytest.raises(Refused):
            chosen.use_representation_code(code, by=by)
    with pytest.raises(Conflict):
        chosen.use_representation_code(given(mother), by=daughter)
    assert [one.state for one in chosen.codes_given(mother)] == ["open", "used"]
    (one,) = chosen.chosen_by(mother)
    with pytest.raises(Refused):
        chosen.end_chosen(one.id, by=daughter)
    chosen.end_chosen(one.id, by=mother)
    assert (here_for(daughter), chosen.chosen_by(mother)) == ((), ())
    with pytest.raises(Refused):
        chosen.end_chosen(one.id, by=mother)
    # Chosen again after that: with the code that was still out.
    chosen.use_representation_code(given(mother), by=daughter)
    assert here_for(daughter) == (mother.person,)


def test_a_code_that_was_taken_back_or_expired_opens_nothing(mother, daughter):
    code, late = given(mother), given(mother, until_date=clock.today())
    back, old = RepresentationCode.objects.order_by("pk")
    with pytest.raises(Refused):
        chosen.withdraw_representation_code(back.pk, by=daughter)
    chosen.withdraw_representation_code(back.pk, by=mother)
    with pytest.raises(Invalid):
        chosen.withdraw_representation_code(back.pk, by=mother)
    RepresentationCode.objects.filter(pk=old.pk).update(expires_at=clock.now())
    for tried in (code, late):
        with pytest.raises(Refused):
            chosen.use_representation_code(tried, by=daughter)
    assert [one.state for one in chosen.codes_given(mother)] == ["expired", "withdrawn"]
    assert Representation.objects.count() == 0


def test_who_decides_alone_chooses_and_nobody_else(mother, daughter):
    child = make_own_actor(make_person(given="Kim", born=clock.today() - timedelta(days=15 * 365)))
    protected = make_own_actor(make_person(given="Lou"))
    Representation.objects.create(
        person=protected.person, representative=daughter.person, kind="administrator", source="A judge",
        from_date=date(2020, 1, 1), recorded_by_name="tests",
    )  # fmt: skip
    for by in (child, protected):
        assert not chosen.may_choose(by)
        with pytest.raises(Invalid):
            given(by)
    for by in (make_actor("officer"), make_actor("case-worker"), make_actor("administrator")):
        for act in (lambda by=by: given(by), lambda by=by: chosen.renew_own_code(by=by)):
            with pytest.raises(Refused):
                act()
    with pytest.raises(Invalid):
        chosen.use_representation_code(given(mother), by=child)
    for field, wrong in (
        ("given_to", Terms(" ")),
        ("given_to", Terms("x" * 101)),
        ("withheld", Terms("An", withheld=["identity"])),
        ("until_date", Terms("An", until_date=clock.today() - timedelta(days=1))),
    ):
        with pytest.raises(Invalid) as refused:
            chosen.give_representation_code(wrong, by=mother)
        assert refused.value.field == field
    for _ in range(MOST_OPEN - 1):
        given(mother)
    with pytest.raises(Invalid):
        given(mother)


def test_an_officer_gives_a_person_their_own_code_and_only_of_what_they_keep(mother):
    officer, case = make_actor("officer"), Case(mother.person, "personal-budget", mother.person.area)
    assert codes.redeem(give_own_code(case, by=officer)) == mother.user
    with pytest.raises(Refused):
        give_own_code(case, by=make_actor("reader"))
    # With the code one reads what they ask elsewhere, and for whom they speak.
    one_programme = make_actor("officer", programme="personal-budget")
    make_request(mother.person, programme="residential-care", kind="permanent", state="asked", **_BARE)
    with pytest.raises(Invalid):
        give_own_code(case, by=one_programme)
    give_own_code(case, by=officer)
    child = make_person(given="Kim")
    Representation.objects.create(
        person=child, representative=mother.person, kind="chosen", source="x", from_date=clock.today(),
        recorded_by_name="tests",
    )  # fmt: skip
    with pytest.raises(Invalid):
        give_own_code(case, by=officer)


_BARE = {"category": None, "recognised": None, "complete": None}


def test_the_page(mother, daughter):
    one, two, officer = Client(), Client(), Client()
    one.force_login(mother.user)
    two.force_login(daughter.user)
    officer.force_login(make_actor("officer").user)
    assert PAGE in one.get("/en/my/who/").content.decode()
    give = {
        "verb": "give",
        "give-given_to": "my daughter An",
        "give-withheld": ["money"],
        "give-may": "speak",
    }
    for wrong in (
        {"give-may": "all"},
        {"give-given_to": ""},
        {"give-withheld": ["all"]},
        {"give-until_date": "2001-01-01"},
    ):
        assert one.post(PAGE, {**give, **wrong}).status_code == 422
    assert one.post(PAGE, {"verb": "shout"}).status_code == 404
    shown = one.post(PAGE, give).content.decode()
    code = shown.partition('<p class="big"><b>')[2].partition("</b>")[0]
    again = one.get(PAGE).content.decode()
    assert [code in again, "my daughter An" in again, "not used yet" in again] == [False, True, True]
    assert two.post(PAGE, {"verb": "use", "use-code_given": "1-AAAA"}).status_code == 422
    assert two.post(PAGE, {"verb": "use", "use-code_given": code})["Location"] == PAGE
    theirs = f"/en/my/for/{mother.person.number}/"
    assert two.get(theirs).status_code == 200
    # Who speaks for somebody gives no codes in their name.
    assert two.get(f"{theirs}codes/").status_code == 404
    end = {"verb": "end", "end-id": chosen.chosen_by(mother)[0].id}
    assert one.post(PAGE, end)["Location"] == PAGE
    assert two.get(theirs).status_code == 404
    one.post(PAGE, give)
    back = {"verb": "withdraw", "withdraw-id": RepresentationCode.objects.last().pk}
    assert one.post(PAGE, back)["Location"] == PAGE
    assert one.post(PAGE, back).status_code == 422
    renewed = one.post(PAGE, {"verb": "renew"}).content.decode()
    own = renewed.partition('<p class="big"><b>')[2].partition("</b>")[0]
    assert codes.redeem(own) == mother.user
    assert officer.get(PAGE).status_code == 404
    beside = f"/en/file/{mother.person.requests.get().number}/representatives/"
    assert "own-code" in officer.get(beside).content.decode()
    given_there = officer.post(f"{beside}own-code/").content.decode()
    assert codes.redeem(given_there.partition('<p class="big"><b>')[2].partition("</b>")[0]) == mother.user
    with pytest.raises(Refused):
        codes.redeem(own)
