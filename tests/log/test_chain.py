"""The chain of the log: whole after everything that may happen, and broken by everything that may not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections, transaction

from tests.factories import make_actor, make_own_actor, make_person
from veerkracht.register import append_only
from veerkracht.register.log import chain
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import drafted, record
from veerkracht.register.log.verifying import Broken, Fault, heads, verify
from veerkracht.register.people.actors import Actor

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 3, 30, 12, tzinfo=UTC)


@pytest.fixture
def officer() -> Actor:
    return make_actor("officer", name="Otto Officer")


@pytest.fixture
def written(officer):
    """Ten entries, two a day."""
    chain.append(
        [
            drafted(
                officer, "read", "request", at=NOON + timedelta(hours=12 * place), purpose=f"look {place}"
            )
            for place in range(10)
        ]
    )
    return list(LogEntry.objects.order_by("id"))


class Tampering:
    """Somebody with the password of the database, who takes the triggers away first."""

    def __enter__(self):
        append_only.release("log", "log_logentry")
        return connections["log"].cursor()

    def __exit__(self, *_):
        append_only.protect("log", "log_logentry")


def test_an_entry_names_who_in_which_capacity_saw_which_fields_and_why(officer):
    person = make_person()
    entry = record(
        officer, "read", person, person_id=person.pk, purpose="a check", fields={"money", "identity"}
    )
    kept = LogEntry.objects.get(pk=entry.pk)
    assert (kept.user_name, kept.role, kept.membership_id) == (
        "Otto Officer",
        "officer",
        officer.membership_id,
    )
    assert kept.capacity == "officer · The agency"
    assert (kept.object_type, kept.object_id, kept.person_id) == ("person", person.number, person.pk)
    assert (kept.purpose, kept.fields) == ("a check", ["identity", "money"])


def test_who_acts_for_themself_is_named_by_number():
    person = make_person(given="Zaza", family="Zichtbaar")
    entry = record(make_own_actor(person), "read", "request", person_id=person.pk)
    assert (entry.user_name, entry.role) == (person.number, "person")


def test_a_verb_that_is_none_is_refused(officer):
    with pytest.raises(ValueError, match="peek"):
        record(officer, "peek", "request")


def test_what_no_database_can_hold_is_written_as_what_it_can(officer):
    entry = record(officer, "search", "request", purpose="x\x00" * 600, detail={"a": (1, 1e300, "\ud800")})
    kept = LogEntry.objects.get(pk=entry.pk)
    assert (len(kept.purpose), kept.purpose[-1]) == (500, "…")
    assert kept.detail == {"a": [1, "1e+300", "?"]}
    assert verify().broken is None


def test_an_untouched_log_is_whole(written):
    report = verify()
    assert (report.entries, report.cleared, report.broken) == (10, 0, None)


def test_what_was_written_in_a_transaction_that_fails_stays(officer):
    with transaction.atomic("default"):
        record(officer, "change", "request")
        transaction.set_rollback(True, "default")
    assert LogEntry.objects.get().verb == "change"
    assert verify().broken is None


CHANGES = {
    "user_name": "'Somebody Else'",
    "verb": "'list'",
    "at": "'2020-01-01 00:00:00+00:00'",
    "day": "'2020-01-01'",
    "role": "'signer'",
    "capacity": "'x'",
    "membership_id": "999",
    "object_id": "'V-1'",
    "person_id": "999",
    "fields": "'[\"money\"]'",
    "purpose": "'nothing'",
    "detail": "'{\"a\": 1}'",
    "salt": "'00'",
    "sealed": "'00'",
    "hash": "'00'",
}


@pytest.mark.parametrize("column", CHANGES)
def test_the_first_changed_entry_is_named(written, column):
    with Tampering() as sql:
        sql.execute(f"UPDATE log_logentry SET {column} = {CHANGES[column]} WHERE id = %s", [written[3].pk])
    broken = verify().broken
    assert (broken.entry_id, broken.fault) == (written[3].pk, Fault.CHANGED)


def test_texts_that_were_cleared_without_a_permit_are_seen(written):
    with Tampering() as sql:
        sql.execute(
            "UPDATE log_logentry SET purpose = '', detail = '{}', salt = '' WHERE id = %s", [written[3].pk]
        )
    assert verify().broken == Broken(written[3].pk, written[3].day, Fault.CHANGED)


def test_a_deleted_entry_is_missing(written):
    with Tampering() as sql:
        sql.execute("DELETE FROM log_logentry WHERE id = %s", [written[3].pk])
    assert verify().broken == Broken(written[4].pk, written[4].day, Fault.MISSING)


def test_an_entry_put_in_between_is_seen(written):
    with Tampering() as sql:
        sql.execute("DELETE FROM log_logentry WHERE id = %s", [written[3].pk])
        columns = ", ".join(field.column for field in LogEntry._meta.fields if field.name != "id")
        sql.execute(
            f"INSERT INTO log_logentry (id, {columns}) SELECT %s, {columns} FROM log_logentry WHERE id = %s",
            [written[3].pk, written[7].pk],
        )
    assert verify().broken == Broken(written[3].pk, written[7].day, Fault.CHANGED)


def test_two_entries_that_changed_places_are_seen(written):
    with Tampering() as sql:
        for old, new in ((written[3].pk, -1), (written[5].pk, written[3].pk), (-1, written[5].pk)):
            sql.execute("UPDATE log_logentry SET id = %s WHERE id = %s", [new, old])
    assert verify().broken.entry_id == written[3].pk


def test_a_tail_cut_off_behind_the_last_change_is_seen(written, officer):
    last = record(officer, "change", "request")
    with Tampering() as sql:
        sql.execute("DELETE FROM log_logentry WHERE id >= %s", [last.pk - 2])
    assert verify().broken == Broken(last.pk - 2, None, Fault.CUT)


def test_a_tail_cut_off_is_seen_with_a_head_kept_elsewhere(written):
    kept = {one.last_id: one.hash for one in heads()}
    with Tampering() as sql:
        sql.execute("DELETE FROM log_logentry WHERE id = %s", [written[-1].pk])
    assert verify().broken is None
    assert verify(expected=kept).broken == Broken(written[-1].pk, None, Fault.CUT)


def test_a_chain_written_anew_is_not_the_one_of_which_a_head_was_kept(written):
    kept = {one.last_id: one.hash for one in heads()}
    with Tampering():
        previous = written[2].hash
        for entry in written[3:]:
            entry.user_name = "Somebody Else"
            previous = chain.seal(entry, previous)
            entry.save()
    assert verify().broken is None
    assert verify(expected=kept).broken == Broken(written[4].pk, written[4].day, Fault.REWRITTEN)


def test_a_day_has_a_head_that_stands_for_all_before_it(written):
    found = heads()
    assert [(one.day, one.entries) for one in found] == [
        (date(2024, 3, 30), 1),
        *((date(2024, 3, 31) + timedelta(days=day), 2) for day in range(4)),
        (date(2024, 4, 4), 1),
    ]
    assert found[1].hash == written[2].hash
    report = verify(expected={one.last_id: one.hash for one in found})
    assert (report.heads, report.broken) == (6, None)


def test_some_days_alone_can_be_verified(written):
    report = verify(date(2024, 4, 1), date(2024, 4, 2))
    assert (report.entries, report.broken) == (4, None)
    with Tampering() as sql:
        sql.execute("UPDATE log_logentry SET purpose = 'x' WHERE id = %s", [written[0].pk])
    assert verify(date(2024, 4, 1), date(2024, 4, 2)).broken is None
    assert verify().broken.entry_id == written[0].pk


def test_days_that_lie_through_one_another_and_a_clock_set_back_leave_the_chain_whole(officer):
    """Summer time begins on 31 March 2024 at 01:00 UTC: the day is the region's."""
    moments = [
        datetime(2024, 3, 30, 22, 59, 59, tzinfo=UTC),
        datetime(2024, 3, 30, 23, 0, 1, tzinfo=UTC),
        datetime(2024, 3, 30, 22, 59, 58, tzinfo=UTC),
        datetime(2024, 3, 31, 0, 59, 59, tzinfo=UTC),
        datetime(2024, 3, 31, 1, 0, 1, tzinfo=UTC),
        datetime(2024, 3, 31, 22, 0, 1, tzinfo=UTC),
        datetime(2023, 1, 1, tzinfo=UTC),
    ]
    for at in moments:
        chain.append([drafted(officer, "read", "request", at=at)])
    ids = list(LogEntry.objects.order_by("id").values_list("id", flat=True))
    assert [(one.day, one.first_id, one.last_id, one.entries) for one in heads()] == [
        (date(2023, 1, 1), ids[6], ids[6], 1),
        (date(2024, 3, 30), ids[0], ids[2], 2),
        (date(2024, 3, 31), ids[1], ids[4], 3),
        (date(2024, 4, 1), ids[5], ids[5], 1),
    ]
    assert verify().broken is None


def test_writing_many_costs_as_many_statements_as_writing_one(officer):
    def write(count: int) -> int:
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connections["log"]) as asked:
            chain.append([drafted(officer, "read", "request", at=NOON) for _ in range(count)])
        return len(asked)

    assert write(1) == write(3)
