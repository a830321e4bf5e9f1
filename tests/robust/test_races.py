"""Many processes at the same moment: one wins, each of the others is told, and nothing is there twice."""

from collections import Counter
from datetime import timedelta

import pytest

from tests import factories
from tests.robust import acts
from tests.robust.processes import at_once
from tests.sharing.making import make_organisation, make_worker
from veerkracht.register import clock, verify
from veerkracht.register.care.models import Request, Step
from veerkracht.register.cases.actions import Terms, record_consent
from veerkracht.register.log.models import LogEntry
from veerkracht.register.money.queries import balances
from veerkracht.register.sharing.models import Consent
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold, HoldStep, Stay

pytestmark = pytest.mark.django_db(transaction=True)

COST = 5_442_677


def test_of_twenty_who_hold_one_place_one_wins_and_nineteen_are_told(unit, user):
    users = [user("admission") for _ in range(20)]
    outcome = at_once(*((acts.hold, unit.pk, name) for name in users))
    assert Counter(outcome) == {"done": 1, "Conflict": 19}
    assert (Hold.objects.count(), HoldStep.objects.count(), verify.run()) == (1, 1, [])


def test_one_person_is_offered_one_place_by_six_who_hold_six(unit, user):
    units = [unit, *factories.make_units(unit.service, 5)]
    request = factories.make_request()
    outcome = at_once(*((acts.hold, one.pk, user("officer"), request.number) for one in units))
    assert Counter(outcome) == {"done": 1, "Conflict": 5}
    assert (Hold.objects.filter(request=request).count(), verify.run()) == (1, [])


def test_who_accepts_and_who_cancels_at_once_do_not_both_win(unit, user):
    officer, house = user("officer"), user("admission")
    request = factories.make_request()
    for _ in range(4):
        acts.hold(unit.pk, officer, request.number)
        held = Hold.objects.latest("pk")
        outcome = at_once((acts.confirm, held.pk, house, 1), (acts.release, held.pk, officer, 1))
        held.refresh_from_db()
        assert (outcome, held.version) == (["Conflict", "done"], 2)
        assert Stay.objects.filter(hold=held).count() == (held.state == "confirmed")
        if held.state == "confirmed":
            acts.release(held.pk, officer)
    # The place counted once each time, and the person was offered one place at a time.
    assert (Hold.objects.count(), unit.holds.filter(state="released").count(), verify.run()) == (4, 4, [])


def test_holds_whose_time_is_up_lapse_once_whoever_writes_it_down(unit, user):
    admission = factories.make_actor("admission")
    units = [unit, *factories.make_units(unit.service, 9)]
    for one in units:
        supply.hold_place(one, by=admission, minutes=1)
    Hold.objects.update(made_at=clock.now() - timedelta(hours=2), until=clock.now() - timedelta(hours=1))
    outcome = at_once(
        *((acts.lapse, user("admission")) for _ in range(3)),
        *((acts.hold, unit.pk, user("admission")) for _ in range(3)),
    )
    assert Counter(outcome) == {"done": 4, "Conflict": 2}
    assert (HoldStep.objects.filter(kind="lapsed").count(), unit.holds.filter(state="held").count()) == (
        10,
        1,
    )
    assert verify.run() == []


def test_of_two_who_sign_one_round_one_wins(reviewed, user):
    outcome = at_once(*((acts.sign, reviewed.pk, user("signer")) for _ in range(2)))
    assert outcome == ["Invalid", "done"]
    assert Step.objects.filter(kind="granted").count() == 2
    assert (balances("personal-budget")["granted"], verify.run()) == (2 * COST, [])


def test_of_two_who_change_one_file_the_second_is_told(day, user):
    request = factories.make_request()
    outcome = at_once(*((acts.withdraw, request.number, user("officer"), request.version) for _ in range(2)))
    assert outcome == ["Conflict", "done"]
    assert (Step.objects.filter(kind="withdrawn").count(), verify.run()) == (1, [])


def test_an_import_beside_a_round_is_wholly_before_it_or_after(reviewed, user, requests_file):
    outcome = at_once(
        (acts.sign, reviewed.pk, user("signer")), (acts.bring_in, str(requests_file(50)), user("officer"))
    )
    granted = Request.objects.filter(state="granted").count()
    # The import came first and the list had changed, or the round was signed and nobody new was in it.
    assert (outcome, granted) in ((["Conflict", "done"], 0), (["done", "done"], 2))
    assert (Request.objects.count(), verify.run()) == (53, [])


def test_one_file_brought_in_by_two_is_in_the_register_once(day, user, requests_file):
    file = str(requests_file(20))
    outcome = at_once(*((acts.bring_in, file, user("officer")) for _ in range(2)))
    assert (outcome, Request.objects.count(), verify.run()) == (["done", "done"], 20, [])


def test_a_consent_is_revoked_once_by_two(day, user):
    worker = factories.make_actor("case-worker")
    request = factories.make_request()
    make_worker(request.person, worker)
    terms = Terms(
        programme=request.programme,
        organisation=make_organisation("Partner"),
        purpose="To plan a stay",
        fields=["request"],
    )
    consent = record_consent(request.person, terms, by=worker, how="written", agreed=[request.person])
    outcome = at_once(*((acts.revoke, consent.pk, worker.user.username) for _ in range(2)))
    kept = Consent.objects.get()
    assert (outcome, kept.version, kept.revoked_at is not None) == (["Invalid", "done"], 3, True)
    assert LogEntry.objects.filter(object_type="consent", verb="change").count() == 1
    assert verify.run() == []
