"""Each invariant is found broken, by its name, when a hand in the database breaks it."""

from collections.abc import Callable
from datetime import timedelta
from inspect import getsource
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection

from tests import factories
from tests.robust.conftest import TODAY
from tests.sharing.making import make_organisation, make_worker
from veerkracht import region
from veerkracht.register import append_only, clock, constraints, verify
from veerkracht.register.care.models import Request, RoundLine
from veerkracht.register.cases.actions import Terms, record_consent
from veerkracht.register.log.models import LogEntry
from veerkracht.register.money.models import Account, Posting
from veerkracht.register.people.models import Counter
from veerkracht.register.sharing.models import Consent, ConsentVoice, Referral
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold, Stay


@pytest.fixture(autouse=True)
def lived_in(db) -> None:
    """A signed round, two stays after each other, a consent and a log."""
    clock.stand_still_on(TODAY)
    factories.make_credit(1_000_000)
    factories.make_queue(4)
    factories.make_round(120_000, state="signed")
    admission, unit = factories.make_actor("admission"), factories.make_units()[0]
    for came, left in ((9, 5), (5, None)):
        hold = supply.hold_place(unit, by=admission, minutes=30)
        supply.confirm_hold(hold, by=admission, on=TODAY - timedelta(days=came))
        if left:
            supply.release_hold(hold, by=admission, on=TODAY - timedelta(days=left))
    worker, request = factories.make_actor("case-worker"), Request.objects.first()
    make_worker(request.person, worker)
    terms = Terms(
        programme=request.programme,
        organisation=make_organisation("Partner"),
        purpose="To plan a stay",
        fields=["request"],
    )
    record_consent(request.person, terms, by=worker, how="written", agreed=[request.person])


def broken() -> list[str]:
    return [one.name for one in verify.run()]


def lose_money() -> None:
    Account.objects.filter(name="voted").update(balance_cents=0)


def move_the_running_money() -> None:
    running, free = Account.objects.get(name="running"), Account.objects.get(name="free")
    Account.objects.filter(pk=running.pk).update(balance_cents=100)
    Account.objects.filter(pk=free.pk).update(balance_cents=free.balance_cents - 100)
    Posting.objects.create(entry=Posting.objects.first().entry, source=free, target=running, amount_cents=100)


def grant_what_is_not_on_offer() -> None:
    granted, free = Account.objects.get(name="granted"), Account.objects.get(name="free")
    waiting = Request.objects.filter(state="waiting").first()
    for account, cents in ((granted, 100), (free, -100)):
        Account.objects.filter(pk=account.pk).update(balance_cents=account.balance_cents + cents)
    Posting.objects.create(
        entry=Posting.objects.first().entry, source=free, target=granted, amount_cents=100, request=waiting
    )


def take_a_line_of_a_round() -> None:
    RoundLine.objects.filter(granted=True).first().delete()


def move_a_request() -> None:
    Request.objects.filter(pk=Request.objects.first().pk).update(area="44021")


def set_a_counter_back() -> None:
    Counter.objects.filter(name="V").update(last=1)


def let_kinds_stand_that_may_not() -> None:
    rules = region.current().programmes[factories.PROGRAMME]
    kinds = [pair for pair in combinations(rules.kinds, 2) if not rules.may_coexist(*pair)]
    one, other = Request.objects.filter(state="waiting")
    for request, kind in zip((one, other), kinds[0], strict=True):
        Request.objects.filter(pk=request.pk).update(kind=kind, person=one.person)


def confirm_without_a_step() -> None:
    Hold.objects.filter(state="released").update(version=9)


def open_a_stay_that_was_left() -> None:
    Stay.objects.filter(until_date=None).update(until_date=TODAY)


def let_two_stay_at_once() -> None:
    Stay.objects.exclude(until_date=None).update(until_date=TODAY)


def share_what_nobody_knows() -> None:
    Consent.objects.update(fields=["request", "thoughts"])


def take_a_voice_back() -> None:
    ConsentVoice.objects.update(agreed=False)


def refer_somebody_else() -> None:
    consent = Consent.objects.get()
    somebody, user = factories.make_person(), factories.make_user("case-worker")
    Referral.objects.create(
        person=somebody,
        programme=consent.programme,
        from_organisation=consent.organisation,
        to_organisation=consent.organisation,
        purpose="A mistake",
        consent=consent,
        sent_by=user,
        sent_at=clock.now(),
    )


def change_the_log() -> None:
    append_only.release("log", "log_logentry")
    LogEntry.objects.filter(pk=LogEntry.objects.first().pk).update(user_name="Somebody Else")
    append_only.protect("log", "log_logentry")


BREAKERS: dict[str, Callable[[], None]] = {
    "no_money_is_lost": lose_money,
    "running_money_is_what_open_budgets_take": move_the_running_money,
    "granted_money_is_on_offer": grant_what_is_not_on_offer,
    "signed_round_is_what_was_granted": take_a_line_of_a_round,
    "area_is_the_persons": move_a_request,
    "numbers_are_given_out_once": set_a_counter_back,
    "live_kinds_may_coexist": let_kinds_stand_that_may_not,
    "hold_is_what_its_steps_say": confirm_without_a_step,
    "stay_lasts_as_long_as_its_hold": open_a_stay_that_was_left,
    "no_two_stays_in_one_place": let_two_stay_at_once,
    "shared_fields_are_known": share_what_nobody_knows,
    "consent_is_given_by_all_who_are_asked": take_a_voice_back,
    "referral_rests_on_a_consent_of_the_same_person": refer_somebody_else,
    "log_is_unbroken": change_the_log,
}
# Others break theirs where what they hold is tried.
TESTS = Path(__file__).parents[1]


def test_nothing_is_broken_by_what_people_do():
    assert broken() == []


@pytest.mark.parametrize("name", BREAKERS)
def test_what_a_hand_in_the_database_breaks_is_found_by_its_name(name):
    BREAKERS[name]()
    assert name in broken()


def test_every_invariant_of_ours_has_a_test_that_names_it_when_it_is_broken():
    ours = set(verify.invariants()) - set(constraints.named())
    others = [file for file in TESTS.rglob("*.py") if file != Path(__file__)]
    elsewhere = " ".join(file.read_text() for file in others) + getsource(
        test_a_reference_that_leads_nowhere_is_found
    )
    assert [name for name in sorted(ours - set(BREAKERS)) if f'"{name}"' not in elsewhere] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL never lets a reference dangle")
def test_a_reference_that_leads_nowhere_is_found():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("UPDATE supply_stay SET request_id = 999999")
        assert "references_lead_somewhere" in broken()
        cursor.execute("UPDATE supply_stay SET request_id = NULL")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Hold.objects.filter(state="confirmed").update(version=1),
        lambda: Stay.objects.filter(until_date=None).update(request=Request.objects.first()),
    ],
)
def test_one_broken_thing_is_named_with_where_it_is(change):
    change()
    (found,) = verify.run()
    assert (found.count, len(found.where), found.text.nl != found.text.en) == (1, 1, True)
