"""Who may see and do what; who may not learns nothing; and every look is written down, whatever happens after it."""

import pytest
from django.db import transaction

from tests.factories import (
    make_actor,
    make_credit,
    make_own_actor,
    make_person,
    make_request,
    make_round,
    make_user,
)
from veerkracht.register.care import access
from veerkracht.register.errors import Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.queries import who_looked
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.register.permissions import may

pytestmark = pytest.mark.django_db

ROLES = ("officer", "signer", "assessor", "reader", "analyst", "person", "command", "nobody")
# The roles that may, per verb. Everybody else, "person" being a stranger, may not.
MATRIX = {
    "request.read": {"officer", "signer", "assessor", "reader", "command"},
    "request.list": {"officer", "signer", "assessor", "reader", "command"},
    "request.export": {"officer", "signer", "command"},
    "figures.read": {"officer", "signer", "assessor", "reader", "analyst", "command"},
    "request.change": {"officer", "assessor", "command"},
    "request.withdraw": {"officer", "command"},
    "request.refuse": {"signer"},
    "person.died": {"officer", "assessor", "command"},
    "budget.change": {"officer", "command"},
    "grant.decline": {"officer", "command"},
    "grant.outside-round": {"signer"},
    "round.read": {"officer", "signer", "reader", "command"},
    "round.dry-run": {"officer", "signer", "analyst", "command"},
    "round.prepare": {"officer", "signer"},
    "round.review": {"officer", "signer"},
    "round.sign": {"signer"},
    "credit.vote": {"officer", "signer", "command"},
}


def actor_in(role: str, programme: str = "") -> Actor:
    if role == "person":
        return make_own_actor(make_person())
    if role == "command":
        return Actor.for_command("tests")
    if role == "nobody":
        return Actor(user=User.objects.create_user(username="nobody"))
    return make_actor(role, programme=programme)


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may_do(demo_day, role):
    request = make_request()
    actor = actor_in(role)
    assert {verb for verb in MATRIX if may(verb, actor, request)} == {
        verb for verb, allowed in MATRIX.items() if role in allowed
    }


@pytest.mark.parametrize("role", ["officer", "signer", "assessor", "reader", "analyst"])
def test_a_role_for_another_programme_may_nothing_of_this_one(demo_day, role):
    request = make_request()
    actor = actor_in(role, programme="another")
    of_requests = [verb for verb in MATRIX if verb != "person.died"]
    assert [verb for verb in of_requests if may(verb, actor, request)] == []


def test_persons_may_read_decline_and_withdraw_what_is_theirs_and_no_more(demo_day):
    request = make_request()
    own = make_own_actor(request.person)
    assert [verb for verb in MATRIX if may(verb, own, request)] == [
        "request.read",
        "request.withdraw",
        "grant.decline",
    ]


def test_the_gate_gives_the_request_and_writes_down_who_looked(demo_day):
    request = make_request()
    reader = make_actor("reader", name="Rita Reader")
    assert access.get_request(reader, request.number, purpose="question by phone").pk == request.pk
    entry = LogEntry.objects.get(verb="read")
    assert (entry.user_name, entry.role, entry.object_id, entry.person_id, entry.purpose) == (
        "Rita Reader",
        "reader",
        request.number,
        request.person_id,
        "question by phone",
    )


@pytest.mark.parametrize("role", ["analyst", "person", "nobody"])
def test_what_may_not_be_seen_looks_the_same_as_what_does_not_exist(demo_day, role):
    request = make_request()
    actor = actor_in(role)
    said = []
    for number in (request.number, "V-9999999"):
        with pytest.raises(Refused) as refused:
            access.get_request(actor, number)
        said.append((type(refused.value), refused.value.text, refused.value.args))
    assert said[0] == said[1]
    assert LogEntry.objects.filter(verb="refused").count() == 2
    assert access.get_request(make_actor("reader"), request.number).pk == request.pk


def test_rounds_have_the_same_gate(demo_day):
    make_credit()
    made = make_round()
    assert access.get_round(make_actor("reader"), made.pk).pk == made.pk
    said = []
    for id in (made.pk, 999_999):
        with pytest.raises(Refused) as refused:
            access.get_round(make_actor("assessor"), id)
        said.append(refused.value.text)
    assert said[0] == said[1]
    assert list(access.list_rounds(make_actor("signer", programme="personal-budget"))) == [made]
    with pytest.raises(Refused):
        access.list_rounds(make_actor("analyst"))


def test_a_list_is_of_one_programme_and_for_those_who_may(demo_day):
    request = make_request()
    assert list(access.list_requests(make_actor("reader"), "personal-budget")) == [request]
    assert LogEntry.objects.filter(verb="list").count() == 1
    for actor in (make_actor("analyst"), make_actor("officer", programme="another")):
        with pytest.raises(Refused):
            access.list_requests(actor, "personal-budget")


def test_exporting_is_more_than_reading(demo_day):
    with pytest.raises(Refused):
        access.list_requests(make_actor("reader"), "personal-budget", verb="export")
    access.list_requests(make_actor("officer"), "personal-budget", verb="export")
    assert LogEntry.objects.filter(verb="export").count() == 1


def test_my_requests_are_mine_only(demo_day):
    mine, _ = make_request(), make_request()
    assert list(access.my_requests(make_own_actor(mine.person))) == [mine]
    with pytest.raises(Refused):
        access.my_requests(make_actor("officer"))


def test_a_look_stays_written_down_when_everything_else_is_taken_back(demo_day):
    request = make_request()

    with transaction.atomic():
        access.get_request(make_actor("officer"), request.number)
        make_person()
        transaction.set_rollback(True)
    assert Person.objects.count() == 1
    assert LogEntry.objects.filter(verb="read", person_id=request.person_id).count() == 1


def test_a_person_sees_who_looked_and_not_their_own_looks(demo_day):
    request, other = make_request(), make_request()
    officer = make_actor("officer", name="Otto Officer")
    access.get_request(officer, request.number)
    access.get_request(officer, other.number)
    access.my_requests(make_own_actor(request.person))
    looks = [entry for entry in who_looked(request.person_id) if entry.verb == "read"]
    assert [(entry.user_name, entry.object_id) for entry in looks] == [("Otto Officer", request.number)]


def test_looking_takes_the_same_queries_for_one_and_for_three(demo_day, django_assert_num_queries):
    request = make_request()
    reader = make_actor("reader")
    # The day for the log and for who is named in restricted files, and what is looked at.
    with django_assert_num_queries(3):
        list(access.list_requests(reader, "personal-budget"))
    for _ in range(2):
        make_request()
    with django_assert_num_queries(3):
        assert len(access.list_requests(reader, "personal-budget")) == 3
    with django_assert_num_queries(2):
        assert access.get_request(reader, request.number).person.given_name == "Fien"


def test_a_membership_holds_from_its_first_day_to_its_last(demo_day):
    user = make_user("officer")
    membership = Membership.objects.get(user=user)
    for until, allowed in ((demo_day, True), (demo_day.replace(day=14), False)):
        Membership.objects.filter(pk=membership.pk).update(until_date=until)
        if allowed:
            assert actor_for(user).role == "officer"
        else:
            with pytest.raises(Refused):
                actor_for(user)


def test_who_has_two_roles_chooses_one_at_a_time(demo_day):
    user = make_user("signer")
    first = Membership.objects.get(user=user)
    Membership.objects.create(
        user=user, organisation=first.organisation, role="officer", from_date=first.from_date
    )
    assert (actor_for(user).role, actor_for(user, "signer").role) == ("officer", "signer")
    with pytest.raises(Refused):
        actor_for(user, "analyst")


def test_somebody_who_no_longer_works_there_is_nobody(demo_day):
    user = make_user("officer")
    user.is_active = False
    with pytest.raises(Refused):
        actor_for(user)


def test_a_personal_code_signs_in_its_person_until_a_new_one_is_made(demo_day):
    person = make_person()
    officer = make_actor("officer")
    first = codes.issue(person, by=officer)
    assert codes.redeem(first.lower().replace("-", "-")).person_id == person.pk
    second = codes.issue(person, by=officer)
    with pytest.raises(Refused):
        codes.redeem(first)
    assert codes.redeem(second) == codes.redeem(f" {second} ")
    assert actor_for(codes.redeem(second)).person == person


def test_a_wrong_code_says_the_same_as_an_unknown_person(demo_day):
    person = make_person()
    code = codes.issue(person, by=make_actor("officer"))
    said = []
    for wrong in (f"{code[:-4]}AAAA", f"9999999{code[7:]}", "", "nonsense"):
        with pytest.raises(Refused) as refused:
            codes.redeem(wrong)
        said.append(refused.value.text)
    assert set(said) == {said[0]}
    assert User.objects.filter(person=person).count() == 0


def test_no_number_of_wrong_tries_ends_the_code_of_another(demo_day):
    person = make_person()
    code = codes.issue(person, by=make_actor("officer"))
    for _ in range(20):
        with pytest.raises(Refused):
            codes.redeem(f"{code[:-4]}AAAA")
    assert codes.redeem(code).person == person


def test_the_code_of_a_closed_account_is_not_valid(demo_day):
    person = make_person()
    code = codes.issue(person, by=make_actor("officer"))
    User.objects.create_user(person.number, person=person, is_active=False)
    with pytest.raises(Refused) as refused:
        codes.redeem(code)
    assert refused.value.text == codes.UNKNOWN
