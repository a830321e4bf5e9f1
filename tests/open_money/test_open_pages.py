"""What everybody downloads: the same files as were kept, which outside validators accept; and the button."""

import socket
from pathlib import Path

import frictionless
import jsonschema
import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.open_money.making import hand_out, json_of, pay
from tests.pages import client_of, text_of
from veerkracht.cli import group
from veerkracht.register.published.actions import publish_money
from veerkracht.register.published.models import MoneyRelease
from veerkracht.register.published.money_checks import SCHEMAS

FILES = {
    "datapackage.json": "application/json",
    "budget.csv": "text/csv; charset=utf-8",
    "spending.csv": "text/csv; charset=utf-8",
    "grants.json": "application/json",
}
PUBLISH = "/en/money/results/publish/"


@pytest.fixture
def no_network(monkeypatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("a validator wanted the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def downloaded(folder: Path) -> Path:
    """Every file of the latest version, as a visitor gets it."""
    for name, kind in FILES.items():
        answer = Client().get(f"/en/open/money/latest/{name}", follow=True)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        (folder / name).write_bytes(answer.content)
    return folder


def test_outside_validators_accept_what_is_downloaded(kept, officer, tmp_path, no_network):
    hand_out(6)
    publish_money(by=officer)
    folder = downloaded(tmp_path)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert (report.valid, [task.name for task in report.tasks]) == (True, ["budget", "spending"])
    for name, schema in (
        ("datapackage.json", "fiscal-data-package.json"),
        ("grants.json", "360giving-grants.json"),
    ):
        jsonschema.validate(json_of((folder / name).read_text()), json_of((SCHEMAS / schema).read_text()))
    # One euro changed on the way is found by size, hash or type.
    table = folder / "spending.csv"
    table.write_bytes(table.read_bytes().replace(b"100000.00", b"100000.01", 1))
    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_a_version_stays_under_its_address_and_is_fetched_once(kept, officer):
    first = publish_money(by=officer)
    address = "/en/open/money/v1/spending.csv"
    answer = Client().get(address)
    assert (answer.content.decode(), answer["Cache-Control"]) == (
        first.files["spending.csv"],
        "public, max-age=3600",
    )
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    pay(kept.grant, 1_00, officer)
    publish_money(by=officer)
    assert Client().get(address).content == answer.content
    latest = Client().get("/en/open/money/latest/spending.csv")
    assert (latest.status_code, latest["Location"]) == (302, "/en/open/money/v2/spending.csv")
    for absent in ("v1/persons.csv", "v3/spending.csv", "latest/persons.csv", "v1/models.py"):
        assert Client().get(f"/en/open/money/{absent}", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nl",
            (
                "Begrotingsjaar 2024, per lijn en fase",
                "1 subsidies staan er met naam in. 2 organisaties",
                "Versie 1",
            ),
        ),
        (
            "en",
            (
                "Budget year 2024, by line and phase",
                "1 grants are named. 2 organisations",
                "Version 1",
                "left out",
            ),
        ),
    ],
)
def test_the_public_page_says_what_there_is_and_what_is_not_known(kept, officer, language, words):
    client = Client()
    empty = text_of(client.get(f"/{language}/open/money/"))
    assert ("published yet" in empty) or ("nog niets gepubliceerd" in empty)
    hand_out(4)
    publish_money(by=officer)
    page = text_of(client.get(f"/{language}/open/money/"))
    assert [said for said in words if said not in page] == []
    assert ("171,000" if language == "en" else "171.000") in page
    assert officer.name not in page


def test_the_button_publishes_and_says_when_nothing_changed(kept, officer):
    client = client_of(officer)
    assert "Publish open data" in text_of(client.get("/en/money/results/"))
    for said in ("Version 1 is public.", "Nothing has changed since version 1."):
        assert said in text_of(client.post(PUBLISH, {"year": ""}, follow=True))
    assert "Choose a budget year from 1990 to 2024; found: 2025." in text_of(
        client.post(PUBLISH, {"year": "2025"})
    )
    owner = client_of(factories.make_actor("measure-owner"))
    assert "Publish open data" not in text_of(owner.get("/en/money/results/"))
    assert [owner.get(PUBLISH).status_code, owner.post(PUBLISH).status_code] == [404, 404]
    assert MoneyRelease.objects.count() == 1


def test_the_command_publishes(kept, officer):
    first = CliRunner().invoke(group, ["publish-money", "--json", "--as", officer.user.username])
    assert (first.exit_code, json_of(first.stdout)["version"]) == (0, 1)
    again = CliRunner().invoke(group, ["publish-money", "--year", "2024"])
    assert (again.exit_code, MoneyRelease.objects.count()) == (0, 1)
    assert "Version 1 is public: budget.csv, datapackage.json, grants.json, spending.csv." in again.output
    refused = CliRunner().invoke(group, ["publish-money", "--as", "nobody"])
    assert refused.exit_code != 0


def test_the_number_of_queries_does_not_grow(kept, officer, django_assert_num_queries):
    publish_money(by=officer)
    client = Client()
    client.get("/en/open/money/")
    with CaptureQueriesContext(connection) as one:
        client.get("/en/open/money/")
    for cents in (1_00, 2_00):
        pay(kept.grant, cents, officer)
        publish_money(by=officer)
    with django_assert_num_queries(len(one)):
        client.get("/en/open/money/")
