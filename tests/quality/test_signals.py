"""What is noted of homes from outside: with its day and source, put right by a newer one, and by whom."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.quality.conftest import COMMAND, TODAY, worker
from veerkracht.register import verify
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality import actions
from veerkracht.register.quality.actions import Noted
from veerkracht.register.quality.models import Signal
from veerkracht.register.quality.signals import list_signals
from veerkracht.register.supply.models import Service

GRUMBLES = Noted("grumble", date(2023, 12, 31), "The Gazette, 5 January 2024", count=6, founded=2)
WATCHED = Noted("watched", date(2023, 11, 1), "The inspectorate")


@pytest.fixture
def wing(home) -> Service:
    return Service.objects.create(organisation=home, programme="home-place", name="East wing", area="north")


def test_what_is_noted_and_put_right(wing):
    officer = factories.make_actor("officer")
    actions.note_signal(wing, by=officer, noted=GRUMBLES)
    watched = actions.note_signal(wing, by=officer, noted=WATCHED)
    ended = Noted("watched", WATCHED.from_, WATCHED.source, until=date(2024, 1, 10))
    last = actions.correct_signal(watched, by=officer, noted=ended, why="It ended")
    told = [
        (one.kind, one.from_date, one.until_date, one.count, one.founded)
        for one in list_signals(officer, wing.pk)
    ]
    assert told == [
        ("grumble", date(2023, 12, 31), None, 6, 2), ("watched", date(2023, 11, 1), date(2024, 1, 10), 1, None),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        actions.correct_signal(watched, by=officer, noted=ended, why="Too late")
    gone = actions.withdraw_signal(last, by=officer, why="Another home")
    with pytest.raises(Conflict):
        actions.withdraw_signal(gone, by=officer, why="Again")
    assert (list_signals(officer, wing.pk).count(), Signal.objects.count(), verify.run()) == (1, 4, [])


@pytest.mark.parametrize(
    ("noted", "field"),
    [
        (Noted("rumour", date(2023, 12, 31), "x"), "kind"),
        (Noted("grumble", date(2024, 1, 16), "x"), "from"),
        (Noted("grumble", date(2023, 12, 31), "x", until=date(2024, 1, 1)), "until"),
        (Noted("watched", date(2023, 12, 31), "x", until=date(2023, 12, 30)), "until"),
        (Noted("watched", date(2023, 12, 31), "x", count=2), "count"),
        (Noted("grumble", date(2023, 12, 31), "x", count=0), "count"),
        (Noted("grumble", date(2023, 12, 31), "x", count=2, founded=3), "founded"),
        (Noted("grumble", date(2023, 12, 31), " "), "source"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(wing, noted, field):
    with pytest.raises(Invalid) as refused:
        actions.note_signal(wing, by=COMMAND, noted=noted)
    assert (refused.value.field, Signal.objects.count()) == (field, 0)


def test_a_home_does_not_note_it_of_itself_and_who_plans_or_works_there_sees_it(wing, home, admission):
    signal = actions.note_signal(wing, by=COMMAND, noted=GRUMBLES)
    for actor in (admission, worker(home, "reader"), factories.make_actor("analyst")):
        for act in (
            lambda: actions.note_signal(wing, by=actor, noted=GRUMBLES),  # noqa: B023
            lambda: actions.correct_signal(signal, by=actor, noted=GRUMBLES, why="x"),  # noqa: B023
            lambda: actions.withdraw_signal(signal, by=actor, why="x"),  # noqa: B023
        ):
            with pytest.raises(Refused):
                act()
        assert [one.pk for one in list_signals(actor, wing.pk)] == [signal.pk]
    with pytest.raises(Refused):
        list_signals(factories.make_actor("auditor"))


def test_of_a_secret_home_only_its_own_know(home):
    hidden = Service.objects.create(
        organisation=home, programme="home-place", name="Refuge", area="north", secret=True
    )
    actions.note_signal(hidden, by=COMMAND, noted=GRUMBLES)
    other = Organisation.objects.create(name="Oak House", kind="home")
    seen = [
        list_signals(one).count() for one in (worker(home), worker(other), factories.make_actor("analyst"))
    ]
    assert seen == [1, 0, 0]


def test_the_database_keeps_it_and_verify_finds_what_is_wrong(wing):
    signal = actions.note_signal(wing, by=COMMAND, noted=GRUMBLES)
    for change in (lambda: Signal.objects.update(count=1), signal.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    other = Service.objects.create(
        organisation=wing.organisation, programme="family-team", name="Team", area="north"
    )
    facts = {"from_date": TODAY, "source": "x", "by_name": "x", "recorded_at": signal.recorded_at}
    Signal.objects.create(service=other, kind="grumble", **facts)
    Signal.objects.create(service=wing, kind="watched", corrects=signal, why="x", **facts)
    assert [(one.name, one.count) for one in verify.run()] == [("signal_is_of_its_help", 2)]
