"""What no action brings about is found by its name."""

from datetime import timedelta

import pytest

from tests.crisis import making as desk
from tests.shelter.making import make_stay
from veerkracht.register import append_only, clock, verify
from veerkracht.register.crisis.models import Search
from veerkracht.register.shelter import actions
from veerkracht.register.shelter.models import Alarm, Counselling, CrisisStay, Guest, GuestConsent
from veerkracht.register.supply.models import Hold

pytestmark = pytest.mark.django_db


def broken() -> dict[str, int]:
    return {one.name: one.count for one in verify.run()}


@pytest.fixture
def day(worker):
    """Much of what can happen has happened: agreed, warned, extended, handed over, counselled, ended."""
    stay = make_stay(worker)
    actions.record_consent(stay.guests.get(role="child"), by=worker, voice="parent", agreed=True)
    actions.hand_over(stay, by=worker, programme="home-place")
    team = desk.make_shelter("Team Oak", kinds=("visit",))
    actions.ask_counselling(stay.search, by=worker, module="talks", service=team)
    other = make_stay(worker, people=())
    actions.end_stay(other, by=worker, reason="home")
    return stay


def test_nothing_is_broken_by_what_people_do(day):
    assert (broken(), append_only.unprotected()) == ({}, [])


@pytest.mark.parametrize(
    ("name", "breaks"),
    [
        (
            "crisis_stay_follows_its_steps",
            lambda stay: CrisisStay.objects.filter(pk=stay.pk).update(version=9),
        ),
        (
            "crisis_consent_is_what_was_said",
            lambda stay: GuestConsent.objects.bulk_create([_no(stay.guests.get(role="child"))]),
        ),
        ("placed_family_has_a_stay", lambda stay: _confirmed_without_a_stay(stay)),
        (
            "who_left_holds_no_place",
            lambda stay: Search.objects.exclude(pk=stay.search_id).update(state="placed"),
        ),
        ("alarm_stands_only_while_it_is_due", lambda stay: _old_alarm(stay)),
        ("counselling_follows_its_steps", lambda stay: Counselling.objects.update(version=4)),
        (
            "hand_over_is_of_its_guest",
            lambda stay: Guest.objects.filter(stay=stay, role="child").update(person=None),
        ),
    ],
)
def test_what_a_hand_in_the_database_breaks_is_found_by_its_name(day, name, breaks):
    breaks(day)
    assert name in broken()


def _no(guest: Guest) -> GuestConsent:
    at = clock.now()
    return GuestConsent(
        guest=guest, voice="parent", agreed=False, how="spoken", at=at, recorded_at=at, by_name="Nobody"
    )


def _confirmed_without_a_stay(stay: CrisisStay) -> None:
    """As when a desk's step was written past the verb."""
    search = Search.objects.exclude(pk=stay.search_id).get()
    other = Search.objects.create(
        call=search.call,
        number="Z-9999999",
        kind="shelter",
        adults=1,
        persons=1,
        from_area="north",
        zone="upper",
        by_name="Nobody",
        made_at=clock.now(),
        updated_at=clock.now(),
    )
    other.steps.create(
        sequence=1, kind="confirmed", service=stay.service, by_name="Nobody", role="", at=clock.now()
    )


def _old_alarm(stay: CrisisStay) -> None:
    now = clock.now()
    Alarm.objects.create(stay=stay, clock="stay", level="soon", due_at=now - timedelta(days=9), raised_at=now)
    assert Hold.objects.filter(state="confirmed").exists()
