"""What must never be false is held by the database itself, and said in words."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.factories import make_actor, make_credit, make_person, make_queue, make_request, make_round
from veerkracht.register import constraints
from veerkracht.register.care import actions
from veerkracht.register.care.models import Budget, Request, Round, Step
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.models import LogEntry
from veerkracht.register.money.models import Account, Entry, Posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted(demo_day) -> Request:
    make_credit(1_000_000)
    queue = make_queue(2)
    make_round(60_000, state="signed")
    return Request.objects.get(pk=queue[0].pk)


def budget(person, **facts):
    given = {"kind": "definitive", "points": 10, "amount_cents": 0, "from_date": date(2024, 1, 15)} | facts
    return Budget.objects.create(person=person, programme="personal-budget", **given)


def breaks(name: str, error=Invalid):
    """Runs in a savepoint, so that the test can go on, and expects exactly the words of this constraint."""

    class Breaks:
        def __enter__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def __exit__(self, kind, value, trace):
            self.atomic.__exit__(kind, value, trace)
            assert kind is not None, f"{name} was not held"
            found = constraints.fault(value)
            assert (constraints.broken(value), type(found), found.text) == (
                name,
                error,
                constraints.MESSAGES[name],
            )
            return True

    return Breaks()


def test_one_live_request_of_a_kind(demo_day):
    one, other = make_request(), make_request()
    with breaks("one_live_request_per_kind", Conflict):
        Request.objects.filter(pk=other.pk).update(person=one.person)


def test_live_follows_the_state(demo_day):
    make_request()
    with breaks("request_live_follows_state"):
        Request.objects.update(live=False)


def test_who_waits_has_a_place(demo_day):
    make_request()
    with breaks("waiting_has_group_or_route"):
        Request.objects.update(priority_group=0)


def test_one_open_budget(demo_day):
    person = make_person()
    budget(person, ended_on=date(2024, 1, 20))
    budget(person)
    with breaks("one_open_budget_per_programme", Conflict):
        budget(person)


@pytest.mark.parametrize("end", [{"ended_on": date(2024, 1, 14)}, {"until_date": date(2024, 1, 14)}])
def test_a_budget_does_not_end_before_it_starts(demo_day, end):
    with breaks("budget_does_not_end_before_it_starts"):
        budget(make_person(), **end)
    assert budget(make_person(), **dict.fromkeys(end, date(2024, 1, 15))).pk


def test_a_temporary_budget_has_a_last_day(demo_day):
    with breaks("temporary_budget_has_a_last_day"):
        budget(make_person(), kind="temporary")


@pytest.mark.parametrize("name", ["free", "granted", "running"])
def test_money_is_never_below_zero(granted, name):
    with breaks(f"{name}_money_never_below_zero"):
        Account.objects.filter(name=name).update(balance_cents=-1)


def test_the_signer_is_not_the_preparer(granted):
    made = Round.objects.get()
    with breaks("signer_is_not_the_preparer"):
        Round.objects.update(signed_by=made.prepared_by)


def test_reviewed_before_signed(granted):
    with breaks("reviewed_before_signed"):
        Round.objects.update(reviewed_by=None, reviewed_at=None)


def test_one_open_round(granted):
    made = make_round(1_000)
    with breaks("one_open_round_per_programme", Conflict):
        made.pk = None
        made.save(force_insert=True)


def test_a_round_has_money(granted):
    with breaks("round_has_money"):
        Round.objects.update(money_cents=0)


@pytest.mark.parametrize("model", [Step, Entry, Posting, LogEntry])
def test_what_happened_is_never_changed_or_erased(granted, model):
    row = model.objects.first()
    database = "log" if model is LogEntry else "default"
    for change in (
        lambda: model.objects.filter(pk=row.pk).update(id=row.pk),
        lambda: model.objects.all()._raw_delete(database),
    ):
        with pytest.raises(DatabaseError) as refused, transaction.atomic(using=database):
            change()
        assert constraints.broken(refused.value) == "append_only"
    assert model.objects.filter(pk=row.pk).exists()


def test_a_step_cannot_be_replaced(granted):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO care_step SELECT * FROM care_step")


def test_a_free_balance_that_two_want_is_spent_once(granted):
    made = make_round(900_000, state="reviewed")
    other = make_request(make_person(), group=2, asked=date(2023, 1, 1), plan_approved_on=date(2023, 1, 1))
    assert other.pk
    Account.objects.filter(name="free").update(balance_cents=1)
    with pytest.raises((Invalid, Conflict)):
        actions.sign_round(made, by=make_actor("signer"))
    assert Round.objects.get(pk=made.pk).state == "reviewed"
