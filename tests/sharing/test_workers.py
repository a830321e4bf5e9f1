"""Who works on a case: somebody of one's own organisation, until it ends; their team comes along."""

from datetime import date

import pytest

from tests.sharing.making import PROGRAMME, make_member
from veerkracht.register.cases.actions import assign, end_case_work
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership
from veerkracht.register.permissions import fields, may
from veerkracht.register.sharing.models import CaseWorker, Notice
from veerkracht.register.sharing.queries import team

pytestmark = pytest.mark.django_db


def test_a_case_worker_reads_the_file_until_the_work_ends(around):
    newcomer = make_member(around.agency)
    CaseWorker.objects.all().delete()
    assert fields(newcomer, around.request) == frozenset()
    worker = assign(around.person, by=around.officer, programme=PROGRAMME, user=newcomer.user)
    assert ("history" in fields(newcomer, around.request), worker.organisation) == (True, around.agency)
    assert list(Notice.objects.values_list("user", "kind")) == [(newcomer.user_id, "case-assigned")]
    end_case_work(worker, by=around.officer)
    assert fields(newcomer, around.request) == frozenset()
    with pytest.raises(Invalid, match="has ended already"):
        end_case_work(worker, by=around.officer)
    assert assign(around.person, by=around.officer, programme=PROGRAMME, user=newcomer.user).pk != worker.pk


def test_the_same_work_is_given_once(around):
    with pytest.raises(Invalid, match="on the case already"):
        assign(around.person, by=around.officer, programme=PROGRAMME, user=around.worker.user)


def test_another_organisation_gets_no_file_this_way(around):
    reader = make_member(around.agency, "reader")
    elsewhere = make_member(around.agency, programme="residential-care")
    for nobody in (around.partner, around.stranger, reader, elsewhere):
        with pytest.raises(Invalid, match="no role in your organisation"):
            assign(around.person, by=around.officer, programme=PROGRAMME, user=nobody.user)
    assert CaseWorker.objects.count() == 1


@pytest.mark.parametrize("who", ["partner", "stranger", "own"])
def test_who_may_not_assign_or_end(around, who):
    actor = getattr(around, who)
    with pytest.raises(Refused):
        assign(around.person, by=actor, programme=PROGRAMME, user=around.colleague.user)
    with pytest.raises(Refused):
        end_case_work(CaseWorker.objects.get(), by=actor)
    assert CaseWorker.objects.get().ended_at is None


def test_the_team_is_everybody_there_with_a_role_for_case_work(around):
    make_member(around.agency, "reader"), make_member(around.agency, "administrator")
    make_member(around.agency, programme="residential-care")
    names = {actor.user for actor in (around.worker, around.colleague, around.officer)}
    assert set(team(around.person, PROGRAMME)) == names
    assert team(around.person, "residential-care") == []


def test_work_for_one_programme_gives_no_role_for_another_hold_of_the_person(around):
    """The national number is the person's own: it goes with the case work that the role is for."""
    user = around.worker.user
    roles = [
        Membership.objects.create(
            user=user,
            organisation=around.agency,
            role="case-worker",
            programme=programme,
            from_date=date(2016, 1, 1),
        )
        for programme in (PROGRAMME, "residential-care")
    ]
    actors = [Actor(user=user, membership=held) for held in roles]
    assert [may("number.read", actor, around.person) for actor in actors] == [True, False]
