"""Health, readiness and metrics: cheap, right when something is wrong, and without a word about anybody."""

import re

import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from tests import factories

TOKEN = {"Authorization": "Bearer a-token-of-the-tests"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def checks(client) -> dict[str, bool]:
    return {check["name"]: check["ok"] for check in client.get("/ready/").json()["checks"]}


def test_the_process_answers_without_a_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"alive": True})


def test_it_is_ready_when_all_holds(client, db):
    response = client.get("/ready/")
    assert (response.status_code, response.json()["ready"], set(checks(client).values())) == (
        200,
        True,
        {True},
    )
    assert list(checks(client)) == [
        "database-default",
        "migrations-default",
        "database-log",
        "migrations-log",
        "log-writable",
        "disk",
    ]


def test_it_is_not_ready_when_the_disk_is_full(client, db, settings):
    settings.DISK_LEAST_MB = 10**12
    response = client.get("/ready/")
    wrong = [name for name, ok in checks(client).items() if not ok]
    assert (response.status_code, response.json()["ready"], wrong) == (503, False, ["disk"])


@pytest.mark.parametrize(("alias", "app"), [("default", "care"), ("log", "log")])
def test_it_is_not_ready_when_a_migration_is_not_applied(client, db, alias, app):
    MigrationRecorder(connections[alias]).Migration.objects.using(alias).filter(app=app).first().delete(
        using=alias
    )
    wrong = [name for name, ok in checks(client).items() if not ok]
    assert (client.get("/ready/").status_code, wrong) == (503, [f"migrations-{alias}"])


def test_it_says_so_in_words_too(client, db, settings):
    settings.DISK_LEAST_MB = 10**12
    lines = client.get("/ready/?words").content.decode().splitlines()
    assert [line[:3] for line in lines] == ["ok ", "ok ", "ok ", "ok ", "ok ", "BAD"]


def test_neither_tells_a_secret_or_a_place(client, db, settings):
    said = client.get("/ready/").content.decode() + client.get("/ready/?words").content.decode()
    secrets = [
        settings.SECRET_KEY,
        str(settings.HOME),
        *(str(one["NAME"]) for one in settings.DATABASES.values()),
    ]
    assert [secret for secret in secrets if secret in said] == []


@pytest.mark.parametrize(
    ("token", "asked", "status"),
    [
        ("", {}, 200),
        ("", ELSEWHERE, 404),
        ("", {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 404),
        ("a-token-of-the-tests", {"headers": TOKEN}, 200),
        ("a-token-of-the-tests", {"headers": TOKEN, **ELSEWHERE}, 200),
        ("a-token-of-the-tests", {}, 404),
        ("a-token-of-the-tests", {"headers": {"Authorization": "Bearer another"}}, 404),
    ],
)
def test_who_may_read_the_metrics(client, db, settings, token, asked, status):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics/", **asked).status_code == status


def value(client, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", client.get("/metrics/").content.decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_requests_and_refusals_are_counted_by_view(officer):
    refused, lists = (
        'veerkracht_refused_total{view="file"}',
        ('veerkracht_requests_total{method="GET",status="200",view="list"}'),
    )
    before = value(officer, refused), value(officer, lists)
    assert officer.get("/en/file/V-0999999/").status_code == 404
    assert officer.get("/en/list/").status_code == 200
    assert (value(officer, refused), value(officer, lists)) == (before[0] + 1, before[1] + 1)


def test_a_sign_in_that_fails_is_counted(client, db):
    from django.contrib.auth import authenticate

    name = 'veerkracht_sign_ins_total{outcome="failed"}'
    client.get("/health/")
    before = value(client, name)
    assert authenticate(username="nobody", password="wrong") is None
    assert value(client, name) == before + 1


def test_metrics_name_views_and_never_addresses(officer):
    request = factories.make_request(factories.make_person(family="Merkteken"))
    officer.get(f"/en/file/{request.number}/")
    officer.get("/en/list/?q=Merkteken")
    officer.get("/en/no-such-page-merkteken/")
    officer.generic("MERKTEKEN", "/en/list/")
    said = officer.get("/metrics/").content.decode()
    assert ('view="file"' in said, request.number in said, "merkteken" in said.lower()) == (
        True,
        False,
        False,
    )


def test_numbers_of_the_register_are_those_of_now(client, db):
    factories.make_credit()
    factories.make_request()
    before = value(client, 'veerkracht_rounds{state="prepared"}')
    factories.make_round()
    assert (before, value(client, 'veerkracht_rounds{state="prepared"}')) == (0, 1)
