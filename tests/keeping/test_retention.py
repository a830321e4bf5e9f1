"""Retention: what is due and when, by two persons, held back by law; and what is left of a person after it."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connections, transaction

from tests.factories import make_actor, make_person, make_request
from tests.keeping.conftest import MARK, make_withdrawn
from veerkracht.register import clock
from veerkracht.register import verify as invariants
from veerkracht.register.care.actions import withdraw
from veerkracht.register.care.models import Request, Step
from veerkracht.register.care.queries.lists import ListFilters, list_page
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping import actions, erasing
from veerkracht.register.keeping.actions.retention import _carry_out as carry_out_line
from veerkracht.register.keeping.actions.retention import report
from veerkracht.register.keeping.models import RetentionLine, RetentionRun
from veerkracht.register.log.clearing import permit
from veerkracht.register.log.in_register.models import Permit, PermitClosure, PermitRow
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import record
from veerkracht.register.log.verifying import verify
from veerkracht.register.people.models import Person
from veerkracht.register.published.counting import rows_on
from veerkracht.register.sharing.models import Address

pytestmark = pytest.mark.django_db
# Ten years after the file closed on 1 June 2016.
DUE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _today(db):
    """The day on which these tests play."""
    clock.stand_still_on(date(2026, 7, 1))


def found(by, on=DUE):
    return [(one.number, one.what, one.due_on, one.held) for one in report(by=by, on=on)]


def test_what_is_due_is_due_from_its_day_on(records, withdrawn):
    number = withdrawn.number
    assert found(records, date(2017, 5, 31)) == []
    assert found(records, date(2018, 5, 31)) == [(number, "notes", date(2017, 6, 1), False)]
    assert found(records, date(2026, 5, 31)) == [
        (number, "notes", date(2017, 6, 1), False),
        (number, "documents", date(2018, 6, 1), False),
    ]
    assert found(records)[-1] == (number, "file", DUE, False)
    assert report(by=records, on=DUE)[-1].rules == ("personal-budget:file-after-close",)


def test_who_still_asks_for_something_is_never_due(records, officer, withdrawn):
    make_request(withdrawn, asked=date(2020, 1, 1), plan_approved_on=None, category=None)
    assert found(records, date(2090, 1, 1)) == []


def test_the_last_programme_decides(records, withdrawn):
    """Residential care asks ten years too; its request was withdrawn later."""
    unknown = {"category": None, "recognised": None, "complete": None}
    later = make_request(
        withdrawn, asked=date(2016, 5, 1), programme="youth-help", kind="help", state="asked", **unknown
    )
    withdraw(later, by=make_actor("officer"), on=date(2018, 1, 1))
    assert (withdrawn.number, "file", date(2028, 1, 1), False) in found(records, date(2028, 1, 1))
    assert all(what != "file" for _, what, _, _ in found(records, date(2027, 12, 31)))


def carry_out(first, other, on=DUE) -> RetentionRun:
    run = actions.prepare_run(by=first, on=on)
    return actions.confirm_run(run, by=other, version=run.version)


def everything_kept() -> str:
    """All texts in both databases, but for the names of tables."""
    kept = []
    for model in apps.get_models():
        for row in model._default_manager.values():
            kept.append(f"{model.__name__} {row}")
    return "\n".join(kept)


def test_nothing_that_identifies_is_left(records, second, officer, withdrawn):
    list_page(officer, ListFilters(programme="personal-budget", search=MARK))
    record(officer, "read", withdrawn, person_id=withdrawn.pk, purpose=f"{MARK} called")
    assert MARK in everything_kept()
    carry_out(records, second)
    assert [line for line in everything_kept().splitlines() if MARK in line] == []


def test_counts_steps_days_and_money_stay(records, second, officer, withdrawn):
    kept = [field.name for field in Step._meta.fields if field.name not in ("text", "facts", "by_name")]

    def counted():
        steps = list(Step.objects.order_by("id").values(*kept))
        return steps, list(Request.objects.order_by("id").values())

    before = counted()
    run = carry_out(records, second)
    assert counted() == before
    assert sorted(run.lines.values_list("what", "deed", "skipped")) == [
        ("documents", "destroy", ""),
        ("file", "pseudonymise", ""),
        ("notes", "destroy", ""),
    ]
    assert run.lines.filter(done_at=None).count() == 0


def test_published_figures_stay_what_they_were(records, second, officer):
    """Of who waited at the end of a quarter, just old enough for the age that counts there."""
    person = make_withdrawn(officer, on=date(2016, 7, 20))
    Person.objects.filter(pk=person.pk).update(birth_date=date(1998, 6, 29))
    days = [date(2016, 6, 30), date(2016, 9, 30)]

    def published():
        return [rows_on("personal-budget", day).rows() for day in days]

    before = published()
    assert [len(rows) for rows in before] == [1, 0]
    clock.stand_still_on(date(2026, 9, 1))
    carry_out(records, second, date(2026, 8, 1))
    assert Person.objects.get().pseudonymised_on is not None
    assert published() == before


def test_both_proofs_hold_after_it(records, second, officer, withdrawn):
    record(officer, "read", withdrawn, person_id=withdrawn.pk, purpose=f"{MARK} called")
    carry_out(records, second)
    assert invariants.run() == []
    told = verify()
    assert (told.broken, told.cleared > 0) == (None, True)


def test_what_is_left_of_a_pseudonymised_person_is_found(records, second, withdrawn):
    carry_out(records, second)
    Address.objects.create(
        person=withdrawn, street="x", postal_code="x", municipality="x", from_date=DUE, recorded_by_name="x"
    )
    PermitClosure.objects.create(pk=(closure := PermitClosure()).pk)
    permit_ = Permit.objects.create(
        log_entry=999_999, reason="x", opened_at=clock.now(), closure_id=closure.pk
    )
    assert [(one.name, one.where) for one in invariants.run()] == [
        ("permit_is_in_the_log", (f"permit {permit_.pk} of the register",)),
        ("pseudonymised_means_nothing_left", (withdrawn.number,)),
    ]


def test_a_pseudonymised_person_can_not_sign_in_and_is_never_due_again(records, second, withdrawn):
    carry_out(records, second)
    person = Person.objects.get(pk=withdrawn.pk)
    assert (str(person), person.birth_date) == (f"– {person.number}", date(1980, 4, 1))
    user = person.user
    assert (user.is_active, user.has_usable_password(), user.full_name) == (
        False,
        False,
        f"pseudonymised-{user.pk}",
    )
    assert found(records, date(2090, 1, 1)) == []


def test_who_prepares_does_not_confirm(records, withdrawn):
    run = actions.prepare_run(by=records, on=DUE)
    with pytest.raises(Invalid):
        actions.confirm_run(run, by=records, version=run.version)
    assert Person.objects.get().pseudonymised_on is None


def test_two_lists_are_not_open_at_once_and_one_can_be_put_aside(records, second, withdrawn):
    run = actions.prepare_run(by=records, on=DUE)
    with pytest.raises(Conflict):
        actions.prepare_run(by=second, on=DUE)
    actions.cancel_run(run, by=second, version=run.version)
    with pytest.raises(Conflict):
        actions.confirm_run(run, by=second, version=run.version)
    assert actions.prepare_run(by=second, on=DUE).state == "prepared"


def test_a_hold_keeps_a_file_whole_until_it_is_lifted(records, second, withdrawn):
    hold = actions.hold_legal(withdrawn, by=records, reason="a complaint")
    assert {held for *_, held in found(records)} == {True}
    with pytest.raises(Invalid):
        actions.prepare_run(by=records, on=DUE)
    actions.lift_hold(hold, by=second)
    assert {held for *_, held in found(records)} == {False}


def test_what_changed_after_the_list_was_made_is_left_alone(records, second, officer, withdrawn):
    other = make_withdrawn(officer, given="Zita")
    run = actions.prepare_run(by=records, on=DUE)
    actions.hold_legal(withdrawn, by=records, reason="a complaint")
    make_request(other, asked=date(2025, 1, 1), plan_approved_on=None)
    actions.confirm_run(run, by=second, version=run.version)
    skipped = set(RetentionLine.objects.values_list("person_id", "skipped"))
    assert skipped == {(withdrawn.pk, "held"), (other.pk, "no-longer-due")}
    assert Person.objects.exclude(pseudonymised_on=None).count() == 0


def test_what_was_cut_off_half_way_goes_on(records, second, officer, withdrawn, monkeypatch):
    make_withdrawn(officer, given="Zita")
    run = actions.prepare_run(by=records, on=DUE)
    whole, left = erasing._clear_person, [withdrawn.pk]

    def once(person):
        whole(person)
        if left and person.pk == left.pop():
            raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "_clear_person", once)
    with pytest.raises(KeyboardInterrupt):
        actions.confirm_run(run, by=second, version=run.version)
    assert Person.objects.exclude(pseudonymised_on=None).count() == 0
    run.refresh_from_db()
    actions.confirm_run(run, by=second, version=run.version)
    assert Person.objects.exclude(pseudonymised_on=None).count() == 2
    assert verify().broken is None


@pytest.mark.parametrize("role", ["officer", "auditor", "administrator", "reader"])
def test_other_roles_neither_see_nor_do_it(withdrawn, records, role):
    other = make_actor(role)
    run = actions.prepare_run(by=records, on=DUE)
    for act in (
        lambda: report(by=other, on=DUE),
        lambda: actions.prepare_run(by=other, on=DUE),
        lambda: actions.confirm_run(run, by=other, version=run.version),
        lambda: actions.cancel_run(run, by=other, version=run.version),
        lambda: actions.hold_legal(withdrawn, by=other, reason="x"),
        lambda: actions.erase(withdrawn, by=other),
    ):
        with pytest.raises(Refused):
            act()
    assert LogEntry.objects.filter(verb="refused", user_id=other.user_id).count() == 6


def test_a_restricted_person_is_on_the_list_of_who_is_named_only(records, withdrawn):
    Person.objects.filter(pk=withdrawn.pk).update(restricted=True)
    assert found(records) == []


def test_who_withdrew_before_anything_was_granted_is_erased_when_they_ask(records, officer):
    person = make_withdrawn(officer, on=date(2026, 6, 1))
    assert found(records, date(2026, 6, 30)) == []
    actions.erase(person, by=records)
    assert Person.objects.get().pseudonymised_on == date(2026, 7, 1)
    assert [line for line in everything_kept().splitlines() if MARK in line] == []
    assert invariants.run() == []


def test_who_still_asks_can_not_be_erased_nor_who_is_held(records, officer):
    person = make_withdrawn(officer, on=date(2026, 6, 1))
    hold = actions.hold_legal(person, by=records, reason="a complaint")
    with pytest.raises(Invalid):
        actions.erase(person, by=records)
    actions.lift_hold(hold, by=records)
    make_request(person, asked=date(2026, 6, 2), plan_approved_on=None)
    with pytest.raises(Invalid):
        actions.erase(person, by=records)
    assert Person.objects.get().pseudonymised_on is None


class TestPermits:
    """Only a permit that is open, for that row, lets only those texts go."""

    @pytest.fixture
    def logged(self, withdrawn, records):
        return record(records, "delete", withdrawn)

    def cleared(self, **values):
        with transaction.atomic():
            Step.objects.filter(pk=self.step().pk).update(**values)

    def step(self) -> Step:
        return Step.objects.exclude(text="").first()

    def test_without_one_nothing_goes(self, logged):
        with pytest.raises(DatabaseError, match="append_only"):
            self.cleared(text="")

    def test_within_one_the_texts_go(self, logged):
        step = self.step()
        with permit("default", "care_step", [step.pk], logged=logged, reason="a rule"):
            Step.objects.filter(pk=step.pk).update(text="", facts=None)
        step.refresh_from_db()
        assert step.text == ""

    @pytest.mark.parametrize(
        "values",
        [{"text": "something else"}, {"state": "served"}, {"holds_from": date(2000, 1, 1)}, {"role": "x"}],
    )
    def test_within_one_nothing_else_changes(self, logged, values):
        with (
            pytest.raises(DatabaseError, match="append_only"),
            permit("default", "care_step", [self.step().pk], logged=logged, reason="a rule"),
        ):
            self.cleared(**values)

    def test_within_one_no_row_goes(self, logged):
        with (
            pytest.raises(DatabaseError, match="append_only"),
            permit("default", "care_step", [self.step().pk], logged=logged, reason="a rule"),
        ):
            Step.objects.filter(pk=self.step().pk)._raw_delete("default")

    def test_a_permit_for_another_row_or_table_or_one_that_is_closed_opens_nothing(self, logged):
        step = self.step()
        for table, row in (("care_step", step.pk + 1), ("money_posting", step.pk)):
            with (
                permit("default", table, [row], logged=logged, reason="a rule"),
                pytest.raises(DatabaseError, match="append_only"),
            ):
                self.cleared(text="")
        with permit("default", "care_step", [step.pk], logged=logged, reason="a rule"):
            pass
        with pytest.raises(DatabaseError, match="append_only"):
            self.cleared(text="")

    @pytest.mark.parametrize("table", ["permit", "permitrow", "permitclosure"])
    @pytest.mark.parametrize("alias", ["default", "log"])
    def test_a_permit_can_not_be_changed_or_taken_back(
        self, logged, records, second, withdrawn, table, alias
    ):
        carry_out(records, second)
        name = f"{'log_in_register' if alias == 'default' else 'log'}_{table}"
        for statement in (f"UPDATE {name} SET id = id", f"DELETE FROM {name}"):
            with (
                pytest.raises(DatabaseError, match="append_only"),
                transaction.atomic(using=alias),
                connections[alias].cursor() as cursor,
            ):
                cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_permit_that_is_not_closed_can_not_be_committed():

    request = make_request(make_person())
    step = request.steps.first()

    def leave_open() -> None:
        with transaction.atomic():
            opened = Permit.objects.create(
                log_entry=1, reason="x", opened_at=clock.now(), closure_id=PermitClosure().pk
            )
            PermitRow.objects.create(permit=opened, table_name="care_step", row_id=step.pk)
            Step.objects.filter(pk=step.pk).update(by_name="–")

    with pytest.raises(DatabaseError):
        leave_open()
    step.refresh_from_db()
    assert step.by_name == "tests"
    assert not Permit.objects.exists()


def test_of_two_who_go_on_with_a_list_at_once_the_second_leaves_what_is_done(records, second, withdrawn):
    run = actions.prepare_run(by=records, on=DUE)
    # As the second read it, before the first was done.
    read_before = list(run.lines.order_by("id"))
    actions.confirm_run(run, by=second, version=run.version)
    said = list(run.lines.order_by("id").values("what", "done_at", "skipped"))
    for line in read_before:
        carry_out_line(line, run, second)
    assert list(run.lines.order_by("id").values("what", "done_at", "skipped")) == said
    assert any(one["done_at"] for one in said)
