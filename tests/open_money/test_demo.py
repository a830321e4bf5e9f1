"""What the demo publishes: the region's own lines with invented use of them; outside validators accept it."""

from datetime import date
from pathlib import Path

import frictionless
import pytest

from tests import factories
from tests.open_money.making import json_of
from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.models import Organisation
from veerkracht.register.published.actions import publish_money
from veerkracht.register.published.money_checks import grant_faults
from veerkracht.register.results.models import Report
from veerkracht.register.results.queries import all_results
from veerkracht.register.world.ledger import add_ledger
from veerkracht.register.world.results import add_results

DEMO_DAY = date(2024, 1, 15)


@pytest.fixture
def demo(db) -> None:
    """The demo's money and results, without its people."""
    clock.stand_still_on(DEMO_DAY)
    number = region.current().payments.demo_enterprise_numbers[0].replace(".", "")
    Organisation.objects.create(name="A provider (demo)", kind="provider", enterprise_number=number)
    for role in ("budget-officer", "treasurer", "measure-owner"):
        factories.make_user(role)
    add_ledger(DEMO_DAY)
    add_results(DEMO_DAY)


def test_outside_validators_accept_what_the_demo_publishes(demo, tmp_path: Path):
    release = publish_money(by=factories.make_actor("budget-officer"))
    for name, text in release.files.items():
        (tmp_path / name).write_bytes(text.encode())
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert (report.valid, len(report.tasks), grant_faults(release.files)) == (True, 2, [])
    assert (release.summary["fictitious"], release.summary["unknown"] > 0) == (True, True)
    known = region.current().money
    assert {
        row["grantProgramme"][0]["code"] for row in json_of(release.files["grants.json"])["grants"]
    } <= set(known.measures)


def test_the_demo_reports_stand_in_every_way_and_are_marked_as_invented(demo):
    standings = {one.standing for view in all_results() for one in view.reports}
    assert standings == {"confirmed", "waiting", "disputed"}
    assert set(Report.objects.values_list("fictitious", flat=True)) == {True}
