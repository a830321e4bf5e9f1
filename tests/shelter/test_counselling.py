"""Crisis counselling: asked once, taken up within the norm by who has room; campaigns beside the demand."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.crisis import making as desk
from tests.factories import make_actor
from tests.shelter.making import TODAY, make_stay
from veerkracht.register import clock
from veerkracht.register.crisis.models import Call
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.shelter import actions
from veerkracht.register.shelter.actions.campaigns import Meant
from veerkracht.register.shelter.models import Campaign, Counselling, CrisisStay
from veerkracht.register.shelter.queries.campaigns import campaigns
from veerkracht.register.shelter.queries.counselling import counselling
from veerkracht.register.shelter.queries.stays import stays

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return desk.make_shelter("Team Oak", kinds=("visit",))


@pytest.fixture
def leader(team):
    """Who shares the work in that team, and follows families too."""
    return desk.of(team.organisation.name, "admission")


def ask(by, team) -> Counselling:
    return actions.ask_counselling(desk.make_search(by), by=by, module="talks", service=team)


def test_a_family_is_asked_for_once_and_the_first_talk_has_a_norm(worker, team, leader):
    asked = ask(worker, team)
    assert (asked.start_by - asked.asked_at, asked.state) == (timedelta(hours=48), "asked")
    with pytest.raises(Conflict, match="asked for this family already"):
        actions.ask_counselling(asked.search, by=worker, module="talks", service=team)
    with pytest.raises(Invalid, match="There are: talks"):
        actions.ask_counselling(asked.search, by=worker, module="walks", service=team)
    started = actions.start_counselling(asked, by=leader, worker=leader.user)
    assert (started.state, started.until_date) == ("started", TODAY + timedelta(days=10))
    with pytest.raises(Conflict, match="no longer in that state"):
        actions.start_counselling(asked, by=leader, worker=leader.user)
    ended = actions.end_counselling(started, by=leader, reason="home")
    assert (ended.state, ended.version) == ("ended", 3)


def test_a_team_that_comes_home_is_counselling_and_no_stay(worker, team):
    search = desk.make_search(worker, kind="visit")
    desk.actions.hold_for(search, team, by=worker)
    desk.actions.confirm(search, by=worker)
    assert (CrisisStay.objects.count(), Counselling.objects.count()) == (0, 0)


def test_a_full_case_load_takes_one_more_only_with_a_reason(worker, team, leader):
    first, second, third = (ask(worker, team) for _ in range(3))
    for one in (first, second):
        actions.start_counselling(one, by=leader, worker=leader.user)
    with pytest.raises(Invalid, match="follows 2 families already; the norm is 2"):
        actions.start_counselling(third, by=leader, worker=leader.user)
    third.refresh_from_db()
    assert (third.state, third.version) == ("asked", 1)
    actions.start_counselling(third, by=leader, worker=leader.user, why="The second one ends tomorrow")
    load = counselling(leader).loads[0]
    assert (load.worker, [count for _module, count in load.loads]) == (leader.user, [3])


def test_only_its_own_team_takes_it_up_with_its_own_people(worker, team, leader):
    asked = ask(worker, team)
    stranger = desk.of("Elsewhere", "admission")
    for by, whom, fault in (
        (worker, leader, Refused),
        (stranger, stranger, Refused),
        (leader, stranger, Invalid),
    ):
        with pytest.raises(fault):
            actions.start_counselling(asked, by=by, worker=whom.user)
    withdrawn = actions.end_counselling(asked, by=worker, reason="home")
    assert withdrawn.state == "withdrawn"


def test_lists_take_as_many_queries_for_three_as_for_one(worker, team, leader, django_assert_num_queries):
    def one_more() -> None:
        stay = make_stay(worker, people=())
        asked = actions.ask_counselling(stay.search, by=worker, module="talks", service=team)
        if Counselling.objects.count() > 1:
            actions.start_counselling(asked, by=leader, worker=leader.user)

    one_more()
    counts = []
    for read in (lambda: stays(worker), lambda: counselling(leader)):
        with CaptureQueriesContext(connection) as counted:
            assert len(read().rows) == 1
        counts.append(len(counted))
    one_more()
    one_more()
    for read, count in zip((lambda: stays(worker), lambda: counselling(leader)), counts, strict=True):
        with django_assert_num_queries(count):
            assert len(read().rows) == 3
    first = stays(worker, size=2)
    assert [row.number for row in stays(worker, size=2, after=first.after).rows] == ["Z-0000001"]


def test_a_campaign_stands_beside_the_demand_around_it_and_small_counts_are_for_the_desk(worker):
    owner, reader = make_actor("measure-owner"), make_actor("analyst")
    spring = Meant(
        name="On buses", channel="buses", from_date=date(2023, 11, 6), until_date=date(2023, 12, 3)
    )
    made = actions.record_campaign(spring, by=owner)
    actions.record_reach(made, by=owner, reached=1_000, counted="counted", source="a survey")
    actions.record_reach(
        made, by=owner, reached=40_000, counted="heard of it, by a survey", source="the survey"
    )
    assert [one.before.count for one in campaigns(worker)] == [None]
    for day, calls in ((date(2023, 9, 1), 1), (date(2023, 10, 20), 2), (date(2023, 11, 10), 30)):
        for _ in range(calls):
            call = desk.make_call(worker)
            Call.objects.filter(pk=call.pk).update(at=clock.now() - (TODAY - day))
    (seen,) = campaigns(worker)
    assert (seen.reach.reached, seen.before.count, seen.in_it.count, seen.after.count) == (40_000, 2, 30, 0)
    # Of periods of other lengths it is told how many came a day.
    assert [(one.days, one.a_day) for one in (seen.before, seen.in_it)] == [(28, 2 / 28), (28, 30 / 28)]
    assert seen.during.change == pytest.approx(1.0)
    assert seen.during.is_told_from_chance
    (told,) = campaigns(reader)
    assert (told.before.count, told.in_it.count, told.during) == (None, 30, None)
    with pytest.raises(Refused):
        campaigns(make_actor("officer"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"until_date": date(2023, 1, 1)}, "until_date"),
        ({"from_date": date(1900, 1, 1)}, "from_date"),
        ({"measure": "no-such"}, "measure"),
        ({"area_kind": "moon", "area_code": "x"}, "area_kind"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_at_its_field(worker, wrong, field):
    right = {"name": "N", "channel": "C", "from_date": date(2023, 5, 1), "until_date": date(2023, 6, 1)}
    with pytest.raises(Invalid) as found:
        actions.record_campaign(Meant(**{**right, **wrong}), by=make_actor("measure-owner"))
    assert (found.value.field, Campaign.objects.count()) == (field, 0)
