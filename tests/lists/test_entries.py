"""A request on the lists of homes: in, changed, aside, lower, off; each step kept, and nothing by half."""

from datetime import date, timedelta

import pytest

from tests.factories import make_actor, make_own_actor, make_person
from tests.lists.conftest import TODAY
from tests.lists.factories import (
    TESTS,
    make_asking,
    make_entry,
    make_home,
    make_waiting,
    officer_of,
)
from veerkracht.register import verify
from veerkracht.register.care import actions as care
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists import actions
from veerkracht.register.lists.actions import Asked
from veerkracht.register.lists.models import Entry, EntryStep
from veerkracht.register.lists.queries import ranked

pytestmark = pytest.mark.django_db


def fresh(entry: Entry) -> Entry:
    return Entry.objects.get(pk=entry.pk)


def steps(entry: Entry) -> list[tuple[str, str]]:
    return list(entry.steps.order_by("pk").values_list("kind", "reason"))


def test_one_request_stands_on_the_lists_of_many_homes():
    homes, request = [make_home() for _ in range(3)], make_asking()
    asked = Asked(
        from_place="hospital", facts={"lived_here": True}, facts_at={homes[1].pk: {"family_here": True}}
    )
    entries = actions.register(request, homes[:2], by=make_own_actor(request.person), asked=asked)
    entries += actions.register(request, homes[2:], by=make_actor("officer"))
    assert [(one.preference, one.registered_on, one.facts) for one in entries] == [
        (1, TODAY, {"lived_here": True}),
        (2, TODAY, {"lived_here": True, "family_here": True}),
        (3, TODAY, {}),
    ]
    with pytest.raises(Conflict, match="on the list of this home already"):
        actions.register(request, [make_home(), homes[0]], by=TESTS)
    assert Entry.objects.count() == 3
    assert verify.run() == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"when_ready": "soon"}, "when_ready"),
        ({"from_place": "the moon"}, "from_place"),
        ({"ward": "attic"}, "ward"),
        ({"facts": {"shoe_size": 43}}, "facts.shoe_size"),
        ({"facts": {"lived_here": "yes"}}, "facts.lived_here"),
        ({"facts": {"lived_here": 1}}, "facts.lived_here"),
        ({"facts": {"urgency": 3}}, "facts.urgency"),
    ],
)
def test_what_nobody_asked_or_only_the_home_answers_is_refused_at_its_field(asked, field):
    request = make_asking()
    with pytest.raises(Invalid) as refused:
        actions.register(request, [make_home()], by=make_own_actor(request.person), asked=Asked(**asked))
    assert (refused.value.field, Entry.objects.count()) == (field, 0)


def test_a_list_takes_no_request_that_is_over_and_no_home_twice_or_of_another_help():
    request, home = make_asking(), make_home()
    other = make_home()
    type(other).objects.filter(pk=other.pk).update(programme="youth-help")
    other.refresh_from_db()
    for services in ([], [home, home], [home, other]):
        with pytest.raises(Invalid) as refused:
            actions.register(request, services, by=TESTS)
        assert refused.value.field == "services"
    for by, on in ((make_own_actor(request.person), date(2024, 1, 14)), (TESTS, date(2024, 1, 16))):
        with pytest.raises(Invalid) as refused:
            actions.register(request, [home], by=by, on=on)
        assert refused.value.field == "on"
    care.withdraw(request, by=TESTS, on=TODAY)
    with pytest.raises(Invalid, match="no longer runs"):
        actions.register(request, [home], by=TESTS)


def test_a_family_keeps_its_own_entries_and_a_home_its_own_list():
    home, other = make_home(), make_home()
    entry, theirs = make_waiting(home), make_waiting(other)
    family, admission = make_own_actor(entry.request.person), officer_of(home)
    actions.change_entry(entry, by=family, preference=2, facts={"family_here": True})
    actions.change_entry(entry, by=admission, facts={"urgency": 2})
    assert (fresh(entry).preference, fresh(entry).facts) == (2, {"family_here": True, "urgency": 2})
    for somebody in (family, admission, make_actor("case-worker"), make_actor("reader")):
        with pytest.raises(Refused):
            actions.change_entry(theirs, by=somebody, preference=1)
        with pytest.raises(Refused):
            actions.leave(theirs, by=somebody, reason="no-longer-wanted")
    assert steps(theirs) == [("registered", "")]


def test_two_who_change_one_entry_lose_nothing():
    entry = make_waiting(make_home())
    actions.change_entry(entry, by=TESTS, preference=4, version=1)
    with pytest.raises(Conflict):
        actions.park(entry, by=TESTS, reason="asked", version=1)
    assert (fresh(entry).state, fresh(entry).version) == ("waiting", 2)


def test_who_stands_aside_keeps_the_date_and_comes_back():
    home = make_home()
    first, second = make_waiting(home), make_waiting(home, on=date(2023, 3, 1))
    actions.park(first, by=TESTS, reason="in-hospital", until=TODAY + timedelta(days=30))
    assert [one.entry_id for one in ranked(home)] == [second.pk]
    actions.restore(first, by=TESTS)
    assert [one.entry_id for one in ranked(home)] == [first.pk, second.pk]
    assert fresh(first).list_date == date(2023, 2, 1)
    with pytest.raises(Invalid, match="not parked"):
        actions.restore(first, by=TESTS)
    with pytest.raises(Invalid) as refused:
        actions.park(first, by=TESTS, reason="because")
    assert refused.value.field == "reason"
    with pytest.raises(Invalid) as refused:
        actions.park(first, by=TESTS, reason="asked", until=TODAY)
    assert refused.value.field == "until"


def test_who_left_is_off_for_good_and_may_come_again_at_the_end():
    home, request = make_home(), make_asking()
    entry = make_entry(home, request)
    # That somebody was on the list twice the register finds by itself.
    for reason in ("double", "because"):
        with pytest.raises(Invalid) as refused:
            actions.leave(entry, by=TESTS, reason=reason)
        assert refused.value.field == "reason"
    actions.leave(entry, by=TESTS, reason="stays-at-home")
    for again in (actions.restore, lambda one, by: actions.change_entry(one, by=by, preference=1)):
        with pytest.raises(Invalid, match="no longer on the list"):
            again(entry, by=TESTS)
    (new,) = actions.register(request, [home], by=TESTS)
    assert (fresh(entry).state, new.registered_on) == ("off", TODAY)
    assert verify.run() == []


def test_a_step_never_holds_before_the_one_before_it():
    entry = make_waiting(make_home())
    with pytest.raises(Invalid) as refused:
        actions.park(entry, by=TESTS, reason="asked", on=date(2023, 1, 31))
    assert (refused.value.field, steps(entry)) == ("on", [("registered", "")])
    with pytest.raises(Invalid):
        actions.park(entry, by=TESTS, reason="asked", on=TODAY + timedelta(days=400))


def test_a_death_or_an_end_of_the_request_takes_it_off_every_list():
    home = make_home()
    dies, stops = make_waiting(home), make_waiting(home)
    aside = make_entry(make_home(), dies.request)
    actions.park(aside, by=TESTS, reason="asked")
    care.record_death(dies.request.person, by=TESTS, on=date(2024, 1, 10))
    care.withdraw(stops.request, by=TESTS, on=TODAY)
    assert [steps(one)[-1] for one in (dies, aside, stops)] == [("left", "request-ended")] * 3
    assert ranked(home) == []
    assert verify.run() == []


def test_verify_finds_what_no_action_can_bring_about():
    home = make_home()
    one, other, third = (make_waiting(home) for _ in range(3))
    Entry.objects.filter(pk=one.pk).update(preference=9)
    EntryStep.objects.create(
        entry=other,
        kind="changed",
        holds_from=date(2022, 1, 1),
        recorded_at=other.updated_at,
        by_name="x",
        sets={},
    )
    Entry.objects.filter(pk=other.pk).update(version=2)
    type(third.request).objects.filter(pk=third.request_id).update(programme="youth-help")
    lonely = make_person()
    gone = make_entry(home, make_asking(lonely))
    type(lonely).objects.filter(pk=lonely.pk).update(died_on=TODAY)
    found = {
        broken.name: broken.where for broken in verify.run() if "entr" in broken.name or "list" in broken.name
    }
    assert found == {
        "entry_is_the_fold_of_its_steps": (f"entry {one.pk}: preference",),
        "entry_steps_go_forward": (f"entry {other.pk}: 2022-01-01 after 2023-02-01",),
        "who_asks_no_more_is_on_no_list": (f"entry {gone.pk}",),
        "entry_is_at_a_home_of_its_programme": (f"entry {third.pk}",),
    }
