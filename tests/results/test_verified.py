"""What verify says when a hand in the database breaks what holds for results and for what was published."""

from datetime import date

import pytest

from tests import factories
from tests.results.making import confirmed, report
from veerkracht.register import append_only, verify
from veerkracht.register.published.actions import publish_money
from veerkracht.register.published.models import MoneyRelease
from veerkracht.register.results import actions
from veerkracht.register.results.models import Confirmation, ReconciliationNote, Report
from veerkracht.register.verify import published, results


@pytest.fixture
def lived_in(owner, officer) -> None:
    """A report that was confirmed and corrected, figures that were settled, and a release."""
    wrong = confirmed(by=officer, on=date(2023, 1, 1))
    report(owner, on=date(2023, 1, 1), corrects=wrong)
    report(None, milestone="call", value=None, done=True)
    explained = actions.note_reconciliation("how-much", by=owner, text="Another scope", kind="explained")
    actions.settle_reconciliation(explained, by=officer, text="Agreed")
    publish_money(by=officer)


def unlocked(table: str, model: type, facts: dict) -> None:
    append_only.release("default", table)
    model.objects.filter(**facts.pop("which")).update(**facts)
    append_only.protect("default", table)


def another() -> int:
    return factories.make_user("measure-owner").pk


def broken() -> set[str]:
    checks = {**results.checks(), **published.checks()}
    return {name for name, (_text, check) in checks.items() if list(check())}


BREAKERS = {
    "confirmation_names_who_reported": lambda: unlocked(
        "results_confirmation", Confirmation, {"which": {}, "reported_by": another()}
    ),
    "correction_is_of_the_same_milestone": lambda: unlocked(
        "results_report", Report, {"which": {"corrects__isnull": False}, "milestone": "call"}
    ),
    "settlement_follows_its_explanation": lambda: unlocked(
        "results_reconciliationnote",
        ReconciliationNote,
        {"which": {"kind": "settled"}, "explained_by": another()},
    ),
    "published_money_is_what_its_package_says": lambda: unlocked(
        "published_moneyrelease",
        MoneyRelease,
        {"which": {}, "files": {**MoneyRelease.objects.get().files, "budget.csv": "id\r\n"}},
    ),
}


@pytest.mark.parametrize("name", BREAKERS)
def test_what_is_broken_is_found_by_its_name(lived_in, name):
    assert broken() == set()
    BREAKERS[name]()
    assert broken() == {name}


def test_a_confirmation_of_what_a_command_reported_breaks_nothing(officer, day):
    from veerkracht.register.people.actors import Actor

    made = report(Actor.for_command("tests"))
    actions.confirm_result(made, by=officer, agrees=True)
    assert broken() == set()
    names = {"confirmation_names_who_reported", "published_money_is_what_its_package_says"}
    assert names <= set(verify.invariants())
