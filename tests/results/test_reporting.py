"""Reporting, confirming and correcting: by whom, with what, and what the database itself holds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.register.test_constraints import breaks
from tests.results import making
from tests.results.making import confirmed, report, reported
from veerkracht.register import constraints
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.results import actions, queries
from veerkracht.register.results.access import get_report, get_result, list_results
from veerkracht.register.results.models import Confirmation, ReconciliationNote, Report


def states(on: date | None = None) -> dict[str, str]:
    return {one.milestone.id: one.state for one in queries.all_results(on)}


def test_what_asks_for_attention_comes_first(day):
    assert [(one.milestone.id, one.state) for one in queries.all_results()] == [
        ("call", "late"),
        ("reached", "late"),
        ("wellbeing", "undefined"),
        ("houses", "unmeasured"),
        ("queue", "unmeasured"),
    ]


def test_a_report_counts_once_somebody_else_confirmed_it(owner, officer, day):
    made = report(owner, on=date(2023, 8, 9), value="24")
    assert states()["houses"] == "unconfirmed"
    actions.confirm_result(made, by=officer, agrees=True)
    view = queries.of_milestone("youth-houses", "houses")
    assert (view.state, view.days_late, view.counted.value) == ("met", 40, Decimal(24))
    assert (view.confirmed.by_name, view.confirmed.confirmed_by) == (owner.name, officer.name)
    assert view.reported is None
    # Nothing of this was known before it was written down.
    assert states(date(2023, 12, 31))["houses"] == "unmeasured"
    assert [(one.verb, one.object_type) for one in LogEntry.objects.order_by("id")] == [
        ("create", "report"),
        ("create", "confirmation"),
    ]


def test_what_a_source_says_counts_and_a_later_report_comes_after_it(day):
    assert queries.of_milestone("early-talks", "reached").counted.value == 4000
    confirmed(milestone="reached", of="early-talks", on=date(2023, 12, 31), value="9100")
    view = queries.of_milestone("early-talks", "reached")
    assert (view.state, view.counted.value, view.published.value) == ("met", 9100, 4000)


def test_a_report_that_is_disputed_does_not_count(day):
    made = confirmed(on=date(2023, 6, 1), value="24", agrees=False)
    view = queries.of_milestone("youth-houses", "houses")
    assert (view.state, view.reports[0].standing, view.reports[0].text) == (
        "unmeasured",
        "disputed",
        "Counted twice",
    )
    with pytest.raises(Invalid) as said:
        actions.confirm_result(report(), by=factories.make_actor("budget-officer"), agrees=False, text="  ")
    assert (said.value.field, Confirmation.objects.filter(report=made).count()) == ("text", 1)


def test_a_correction_takes_the_place_of_what_it_corrects(owner, officer, day):
    wrong = confirmed(on=date(2023, 6, 1), value="240")
    assert states()["houses"] == "met"
    report(owner, on=date(2023, 6, 1), value="24.5", corrects=wrong)
    view = queries.of_milestone("youth-houses", "houses")
    assert (view.state, [one.standing for one in view.reports]) == ("unconfirmed", ["waiting", "corrected"])
    with pytest.raises(Conflict) as said:
        report(owner, corrects=wrong)
    assert said.value.text == constraints.MESSAGES["one_correction_per_report"]
    with pytest.raises(Invalid):
        actions.confirm_result(wrong, by=factories.make_actor("budget-officer"), agrees=True)
    with pytest.raises(Invalid) as said:
        report(owner, milestone="call", value=None, done=True, corrects=view and Report.objects.last())
    assert said.value.field == "corrects"


BAD = [
    ({"of": "nothing"}, "measure"),
    ({"milestone": "nothing"}, "milestone"),
    ({"on": date(2020, 12, 31)}, "on"),
    ({"on": date(2024, 1, 16)}, "on"),
    ({"value": None}, "value"),
    ({"value": "-1"}, "value"),
    ({"value": "1.005"}, "value"),
    ({"value": "NaN"}, "value"),
    ({"value": "Infinity"}, "value"),
    ({"value": "1e13"}, "value"),
    ({"value": "12", "done": True}, "value"),
    ({"milestone": "call", "value": "1"}, "done"),
    ({"milestone": "call", "value": None}, "done"),
    ({"evidence": "  "}, "evidence"),
    ({"evidence": "x" * 1001}, "evidence"),
    ({"document": ""}, "document"),
    ({"url": "javascript:alert(1)"}, "url"),
]


def test_what_can_not_be_is_said_at_its_field_and_nothing_is_kept(owner, day):
    found = []
    for facts, _field in BAD:
        with pytest.raises(Invalid) as said:
            report(owner, **facts)
        found.append(said.value.field)
    assert (found, Report.objects.count()) == ([field for _facts, field in BAD], 0)
    assert report(owner, on=date(2021, 1, 1), value="0", document="", url="https://example.org/a").pk


def test_nobody_confirms_their_own_report_and_nobody_twice(owner, officer, day):
    own = report(replace(officer, membership=owner.membership))
    with pytest.raises(Invalid) as said:
        actions.confirm_result(own, by=officer, agrees=True)
    assert said.value.text.en == "Who reports a result does not confirm it: somebody else does."
    other = confirmed()
    with pytest.raises(Conflict):
        actions.confirm_result(other, by=officer, agrees=True)
    assert Confirmation.objects.get().report_id == other.pk


def test_who_may_report_and_confirm(owner, officer, day):
    made = report(owner)
    for role, may_report, may_confirm in (
        ("measure-owner", True, False),
        ("budget-officer", False, True),
        ("treasurer", False, False),
        ("officer", False, False),
    ):
        actor = factories.make_actor(role)
        assert refused(lambda by=actor: report(by)) is not may_report
        assert refused(lambda by=actor: actions.confirm_result(made, by=by, agrees=True)) is not may_confirm


def refused(act) -> bool:
    try:
        act()
    except Refused:
        return True
    return False


def test_a_role_for_one_programme_sees_and_reports_its_measures_only(day):
    narrow = factories.make_actor("measure-owner", programme="personal-budget")
    assert {one.measure.id for one in list_results(narrow)} == {"early-talks"}
    assert get_result(narrow, "early-talks", "queue").state == "unmeasured"
    made = report()
    for hidden, absent in (
        (lambda: get_result(narrow, "youth-houses", "houses"), lambda: get_result(narrow, "x", "houses")),
        (lambda: get_report(narrow, made.pk), lambda: get_report(narrow, 999_999)),
        (lambda: report(narrow), lambda: list_results(factories.make_actor("officer"))),
    ):
        for act in (hidden, absent):
            with pytest.raises(Refused) as said:
                act()
            assert said.value.text == Refused.TEXT


def test_two_queries_for_one_and_for_all(day, django_assert_num_queries):
    confirmed()
    with django_assert_num_queries(2):
        queries.of_measure("youth-houses", day)
    for month in (1, 2, 3):
        confirmed(on=date(2023, month, 1), value="14")
    with django_assert_num_queries(2):
        queries.all_results(day)
    with django_assert_num_queries(2):
        queries.of_measure("youth-houses", day)


def test_figures_that_do_not_agree_are_followed_until_a_second_person_settles_them(owner, officer, day):
    assert [one.state for one in queries.items()] == ["open"]
    actions.note_reconciliation("how-much", by=owner, text="Asked the department")
    assert queries.item_view("how-much").state == "open"
    explained = actions.note_reconciliation("how-much", by=owner, text="Another scope", kind="explained")
    actions.note_reconciliation("how-much", by=officer, text="Thank you")
    view = queries.item_view("how-much")
    assert (view.state, view.explanation, len(view.notes)) == ("explained", explained, 3)
    second = replace(officer, user=owner.user)
    with pytest.raises(Invalid):
        actions.settle_reconciliation(explained, by=second, text="I agree with myself")
    actions.settle_reconciliation(explained, by=officer, text="Agreed")
    assert queries.item_view("how-much").state == "settled"
    with pytest.raises(Conflict):
        actions.settle_reconciliation(explained, by=factories.make_actor("budget-officer"), text="Me too")
    actions.note_reconciliation("how-much", by=owner, text="It was not enough", kind="reopened")
    assert queries.item_view("how-much").state == "open"


def test_an_explanation_that_was_replaced_is_not_settled(owner, officer, day):
    first = actions.note_reconciliation("how-much", by=owner, text="Another scope", kind="explained")
    actions.note_reconciliation("how-much", by=owner, text="No: another year", kind="explained")
    with pytest.raises(Conflict):
        actions.settle_reconciliation(first, by=officer, text="Agreed")
    for facts, field in (
        ({"text": " "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"kind": "settled"}, "kind"),
        ({"item_id": "nothing"}, "item"),
    ):
        given = {"item_id": "how-much", "text": "Fine", **facts}
        with pytest.raises(Invalid) as said:
            actions.note_reconciliation(given.pop("item_id"), by=owner, **given)
        assert said.value.field == field
    with pytest.raises(Refused):
        actions.note_reconciliation("how-much", by=factories.make_actor("treasurer"), text="Hello")


def test_the_database_itself_holds_what_must_never_be_false(owner, officer, day):
    made, explained = (
        report(owner),
        actions.note_reconciliation("how-much", by=owner, text="So", kind="explained"),
    )
    given = {"measure": "m", "milestone": "n", "on": day, "evidence": "e", "document": "d", "by_name": "b"}
    told = {**given, "reported_at": made.reported_at, "value": 1}
    at = {"at": made.reported_at, "by": officer.user, "by_name": "b"}
    of = {"report": made, "agrees": True, "reported_by": owner.user, **at}
    note = {"item": "i", "kind": "remark", "text": "t", **at}
    settled = {"kind": "settled", "explanation": explained, "explained_by": owner.user}
    for model, facts, name in (
        (Report, {**told, "done": True}, "report_says_a_value_or_done"),
        (Report, {**told, "value": None}, "report_says_a_value_or_done"),
        (Report, {**told, "evidence": ""}, "report_has_evidence"),
        (Report, {**told, "document": ""}, "report_has_evidence"),
        (Report, {**told, "by_name": ""}, "report_names_somebody"),
        (Confirmation, {**of, "by": owner.user}, "confirmed_by_somebody_else"),
        (Confirmation, {**of, "by": None}, "confirmed_by_somebody_else"),
        (Confirmation, {**of, "by_name": ""}, "confirmation_names_somebody"),
        (Confirmation, {**of, "agrees": False}, "disagreement_says_why"),
        (ReconciliationNote, {**note, "kind": "said"}, "note_kind_is_known"),
        (ReconciliationNote, {**note, "text": ""}, "note_says_something"),
        (ReconciliationNote, {**note, "by_name": ""}, "note_names_somebody"),
        (ReconciliationNote, {**note, "kind": "settled"}, "settled_note_names_its_explanation"),
        (ReconciliationNote, {**note, **settled, "by": owner.user}, "settled_by_somebody_else"),
    ):
        with breaks(name):
            model.objects.create(**facts)
    Confirmation.objects.create(**of)
    with breaks("one_confirmation_per_report", Conflict):
        Confirmation.objects.create(**of)
    for row in (made, explained, Confirmation.objects.get()):
        for change in (
            lambda one: type(one).objects.filter(pk=one.pk).update(by_name="x"),
            lambda one: type(one).objects.filter(pk=one.pk)._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError) as said, transaction.atomic():
                change(row)
            assert constraints.broken(said.value) == "append_only"


def test_a_region_without_money_has_no_results(day, monkeypatch):
    from veerkracht import region

    here = replace(making.with_money(), money=None)
    monkeypatch.setattr(region, "current", lambda: here)
    assert (queries.all_results(), queries.items()) == ([], [])
    with pytest.raises(Invalid):
        queries.of_measure("youth-houses")
    assert reported().value == 12
