"""How the installation is set up: databases, secrets, headers, languages."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, connections

from tests.region.conftest import REGIONS
from veerkracht.config import messages
from veerkracht.config.databases import LogRouter, databases
from veerkracht.config.environment import time_zone
from veerkracht.config.home import numba_cache, secret_key

on_sqlite = pytest.mark.skipif(bool(os.environ.get("VEERKRACHT_DATABASE")), reason="SQLite's own settings")


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("alias", ["default", "log"])
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("recursive_triggers", 1)]
)
def test_sqlite_keeps_its_promises(alias: str, pragma: str, value: object) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    asked = os.environ.get("VEERKRACHT_DATABASE", "").partition(":")[0] or "sqlite"
    assert {"sqlite": "sqlite", "postgres": "postgresql"}[asked] == connection.vendor


def test_the_log_is_a_database_of_its_own_beside_the_register(tmp_path: Path) -> None:
    by_url = databases("postgres://me:word@host:5433/care", "", tmp_path)
    assert [(each["NAME"], each["HOST"], each["PORT"]) for each in by_url.values()] == [
        ("care", "host", 5433),
        ("care_log", "host", 5433),
    ]
    elsewhere = databases("postgres://me:word@host/care", "postgres://me@other/audit", tmp_path)
    assert (elsewhere["log"]["NAME"], elsewhere["log"]["HOST"]) == ("audit", "other")
    files = databases("", "", tmp_path)
    assert [Path(each["NAME"]).name for each in files.values()] == ["register.sqlite3", "log.sqlite3"]


def test_an_address_that_is_none_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        databases("postgers://me:secret@host/care", "", tmp_path)
    assert str(refused.value) == (
        "VEERKRACHT_DATABASE is not an address of a database. "
        "Expected: postgres://user:password@host:5432/name."
    )


@pytest.mark.parametrize(("app", "alias"), [("log", "log"), ("care", "default"), ("auth", "default")])
def test_only_the_log_goes_to_the_log(app: str, alias: str) -> None:
    router = LogRouter()
    assert [name for name in ("default", "log") if router.allow_migrate(name, app)] == [alias]


def test_the_secret_is_made_once_and_is_its_owners_only(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert (secret_key(tmp_path), len(first) >= 50) == (first, True)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_changed_rules_are_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "package" / "rulebook"
    rules.mkdir(parents=True)
    rule = rules / "rule.py"
    words = rules / "words.py"
    rule.write_text("@njit one")
    words.write_text("one")
    monkeypatch.setattr("veerkracht.config.home.PACKAGE", tmp_path / "package")
    before = numba_cache(tmp_path)
    words.write_text("another")
    assert numba_cache(tmp_path) == before
    rule.write_text("@njit another")
    assert numba_cache(tmp_path) != before
    assert not before.exists()


def test_translations_are_compiled_when_they_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "package" / "web" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "package")
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    target = tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.mo"
    for text, when in (("Vandaag", 1), ("Nu", None)):
        source.write_text(f'{head}msgid "Today"\nmsgstr "{text}"\n')
        if target.exists() and when is None:
            os.utime(target, (1, 1))
        assert messages.compiled(tmp_path / "locale") == tmp_path / "locale"
        assert [entry.msgstr for entry in polib.mofile(str(target))] == [text]


def test_the_page_may_run_nothing_that_stands_in_it() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert [name for name, words in directives.items() if any("unsafe" in word for word in words)] == []


def test_a_settled_installation_passes_djangos_own_check(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "veerkracht.config.settings",
            "VEERKRACHT_HOME": str(tmp_path),
            "VEERKRACHT_DATABASE": "",
            "VEERKRACHT_HTTPS": "1",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_the_migrations_say_all_that_the_models_say(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        (None, "Europe/London"),
        ('time_zone = "Europe/Athens"', "Europe/Athens"),
        ('time_zone = "Europe/Nowhere"', "UTC"),
        ("time_zone = 1", "UTC"),
        ("time_zone", "UTC"),
    ],
)
def test_the_clock_on_the_wall_is_the_region_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str | None, zone: str
) -> None:
    (tmp_path / "region.toml").write_text(written or "")
    monkeypatch.setenv("VEERKRACHT_REGION", str(tmp_path if written else REGIONS / "testland"))
    assert time_zone() == zone
