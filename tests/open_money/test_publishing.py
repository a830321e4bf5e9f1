"""Publishing what the money did: what stands in the files, what never does, and that outside validators accept it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.open_money.making import NUMBERS, SECRET_TEXT, hand_out, json_of, pay
from tests.register.test_constraints import breaks
from tests.results import making
from veerkracht import region
from veerkracht.register import constraints
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money.models import Commitment
from veerkracht.register.people.models import Person
from veerkracht.register.published.actions import publish_money
from veerkracht.register.published.models import MoneyRelease
from veerkracht.register.published.money_checks import check, grant_faults, package_faults

FUNDER = "BE-BCE_KBO-0999999031"


def table(release: MoneyRelease, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(release.files[f"{name}.csv"])))


def persons_row(release: MoneyRelease) -> dict[str, str]:
    return next(row for row in table(release, "spending") if row["recipient_kind"] == "persons")


def cents(text: str) -> int:
    return round(float(text or 0) * 100)


def test_the_budget_says_what_sources_say_and_what_nobody_knows(kept, officer):
    rows = table(publish_money(by=officer), "budget")
    told = [(row["id"], row["phase"], row["proposed"], row["approved"], row["adjusted"]) for row in rows]
    assert told == [
        ("envelope:recovery:1", "proposed", "4800000.00", "", ""),
        ("measure:youth-houses:1", "proposed", "4800000.00", "", ""),
        ("measure:early-talks:1", "proposed", "4800000.00", "", ""),
        ("measure:early-talks:2", "proposed", "", "", ""),
        ("line:HOUSES:2023:initial:commitment", "approved", "", "1600000.00", ""),
        ("line:HOUSES:2023:initial:payment", "approved", "", "1200000.00", ""),
        ("line:HOUSES:2023:revised:commitment", "adjusted", "", "", "1700000.00"),
    ]
    assert [row["unknown"] for row in rows].count("true") == 1
    line = rows[4]
    assert (line["article"], line["credit"], line["fiscal_year"]) == ("GE0-1GDE2OA-WT", "commitment", "2023")
    assert {row["entity_id"] for row in rows} == {FUNDER}


def test_spending_adds_up_to_the_ledger_and_names_only_who_may_be_named(kept, officer):
    hand_out(6)
    release = publish_money(by=officer)
    rows = {row["id"].partition("HOUSES:2024:")[2]: row for row in table(release, "spending")}
    shown = {id: (row["recipient"], row["committed"], row["executed"]) for id, row in rows.items() if id}
    assert shown == {
        "credit": ("", "", ""),
        f"BE-BCE_KBO-{NUMBERS[0]}": ("House =One", "100000.00", "25000.25"),
        f"BE-BCE_KBO-{NUMBERS[1]}": ("House Two", "50000.00", "0.00"),
        "not-named": ("", "10000.00", "0.00"),
        "other": ("", "11000.00", "0.00"),
    }
    credit = rows["credit"]
    assert (credit["approved_commitment"], credit["approved_payment"]) == ("1000000.00", "800000.00")
    assert (credit["adjusted_commitment"], credit["area"]) == ("", "11001")
    committed = sum(cents(row["committed"]) for row in table(release, "spending"))
    assert committed == sum(Commitment.objects.values_list("committed_cents", flat=True))
    told = release.summary["years"]["2024"].values()
    assert sum(line.get("committed") or 0 for line in told) == committed
    assert (release.summary["grants"], release.summary["not_named"]) == (1, 2)


def test_grants_are_those_to_organisations_with_a_right_number(kept, officer):
    packed = json_of(publish_money(by=officer).files["grants.json"])
    (grant,) = packed["grants"]
    assert (grant["id"], grant["fundingOrganization"][0]["id"]) == (f"{FUNDER}-{kept.grant.number}", FUNDER)
    assert grant["recipientOrganization"] == [{"id": f"BE-BCE_KBO-{NUMBERS[0]}", "name": "House =One"}]
    assert (grant["amountAwarded"], grant["amountDisbursed"]) == (100_000, 25_000.25)
    for kind, total in (("commitment", 100_000), ("disbursement", 25_000.25)):
        assert sum(one["value"] for one in grant[f"{kind}Transaction"]) == total
    assert grant["beneficiaryLocation"] == [{"countryCode": "BE", "name": "Aartselaar", "geoCode": "11001"}]
    assert grant["plannedDates"] == [{"startDate": "2024-06-03"}]
    assert grant["description"].startswith("Made up for a demo world. ")


def test_nothing_of_a_person_and_no_word_that_somebody_wrote_comes_out(kept, officer):
    hand_out(6)
    release = publish_money(by=officer)
    published = "".join(release.files.values())
    for person in Person.objects.all():
        for told in (person.family_name, person.number, *person.requests.values_list("number", flat=True)):
            assert told not in published
    for secret in (SECRET_TEXT, "Fien", "Wrong number", officer.name):
        assert secret not in published


def test_a_total_for_few_persons_is_left_out_and_can_not_be_worked_out(kept, officer):
    hand_out(4)
    release = publish_money(by=officer)
    row = persons_row(release)
    assert (row["committed"], row["protection"]) == ("", "committed: left-out")
    assert release.summary["years"]["2024"]["BUDGETS"]["committed"] is None
    hidden = Commitment.objects.get(kind="round").committed_cents
    published = "".join(release.files.values()) + str(release.summary)
    assert hidden > 0
    assert [told for told in (f"{hidden // 100}", str(hidden)) if told in published] == []
    shown = sum(cents(one["committed"]) for one in table(release, "spending"))
    assert shown + hidden == sum(Commitment.objects.values_list("committed_cents", flat=True))


def test_a_total_moves_only_when_enough_persons_moved_it(kept, officer):
    """The difference of two versions would be the budget of whoever came between them."""
    hand_out(6)
    first = publish_money(by=officer)
    hand_out(1, asked=date(2022, 1, 1))
    assert publish_money(by=officer) == first
    factories.make_credit(1_000)
    pay(kept.grant, 1_00, officer)
    second = publish_money(by=officer)
    assert (second.version, persons_row(second)["committed"]) == (2, persons_row(first)["committed"])
    assert persons_row(second) == persons_row(first)
    hand_out(4, asked=date(2022, 6, 1))
    third = publish_money(by=officer)
    assert (third.version, persons_row(third)["protection"]) == (3, "")
    rounds = Commitment.objects.filter(kind="round").values_list("committed_cents", flat=True)
    assert cents(persons_row(third)["committed"]) == sum(rounds) > cents(persons_row(first)["committed"])


def test_publishing_the_same_again_changes_nothing_and_versions_stay(kept, officer):
    first = publish_money(by=officer)
    assert publish_money(by=officer) == first
    files = dict(first.files)
    pay(kept.grant, 1_00, officer)
    second = publish_money(by=officer)
    assert (second.version, MoneyRelease.objects.get(version=1).files) == (2, files)
    assert json_of(second.files["datapackage.json"])["version"] == "2"
    for change in (
        lambda: MoneyRelease.objects.update(year=2020),
        lambda: MoneyRelease.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError) as said, transaction.atomic():
            change()
        assert constraints.broken(said.value) == "append_only"
    row = {
        name: getattr(first, name)
        for name in ("year", "files", "summary", "persons", "published_at", "by_name")
    }
    for facts, name, kind in (
        ({"version": 2}, "money_release_version_once", Conflict),
        ({"version": 0}, "money_release_versions_count_from_one", Invalid),
        ({"version": 3, "by_name": ""}, "money_release_names_somebody", Invalid),
    ):
        with breaks(name, kind):
            MoneyRelease.objects.create(**{**row, **facts})


def test_who_may_publish_and_what_can_not_be_published(kept, officer, monkeypatch):
    for role in ("treasurer", "measure-owner", "analyst", "signer"):
        with pytest.raises(Refused):
            publish_money(by=factories.make_actor(role))
    with pytest.raises(Refused):
        publish_money(by=factories.make_actor("budget-officer", programme="personal-budget"))
    for year in (2025, 1989):
        with pytest.raises(Invalid) as said:
            publish_money(by=officer, year=year)
        assert said.value.field == "year"
    assert table(publish_money(by=officer, year=2023), "spending") == []
    silent = replace(making.with_money(), open_money=None)
    monkeypatch.setattr(region, "current", lambda: silent)
    with pytest.raises(Invalid):
        publish_money(by=officer)


def test_what_does_not_hold_to_the_standards_is_not_kept(kept, officer):
    files = publish_money(by=officer).files
    assert [*package_faults(files), *grant_faults(files)] == []
    package, grants = json_of(files["datapackage.json"]), json_of(files["grants.json"])
    package["model"]["measures"]["proposed"]["phase"] = "announced"
    grants["grants"][0]["recipientOrganization"][0]["contactName"] = "Fien"
    spoilt = {
        "budget.csv": files["budget.csv"].replace("4800000.00", "many", 1),
        "spending.csv": files["spending.csv"].replace("2024", "2124", 1),
        "datapackage.json": making.json_text(package),
        "grants.json": making.json_text(grants),
    }
    for name, text in spoilt.items():
        assert text != files[name]
        with pytest.raises(Invalid) as said:
            check({**files, name: text})
        assert said.value.text.en.startswith("This can't be published, ")
