"""A backup made while people work holds everything of one moment; restored elsewhere it is the same, row by row."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests import factories
from tests.robust import acts, tables
from tests.robust.processes import beside
from veerkracht.register import verify
from veerkracht.register.backup import manifest as manifests
from veerkracht.register.backup.making import back_up
from veerkracht.register.documents import store
from veerkracht.register.supply import actions as supply
from veerkracht.rulebook.errors import Fault

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy(reviewed, unit, user, tmp_path, settings) -> str:
    """A register with a signed round, a stay, a document and a log; the name of who works in it."""
    settings.DOCUMENT_FOLDER = tmp_path / "documents"
    (tmp_path / "paper").write_bytes(b"What was said.")
    with (tmp_path / "paper").open("rb") as file, store.keep(file):
        pass
    acts.sign(reviewed.pk, user("signer"))
    admission = factories.make_actor("admission")
    other = factories.make_units(unit.service)[0]
    supply.confirm_hold(supply.hold_place(other, by=admission, minutes=30), by=admission)
    with connection.cursor() as cursor:
        # The database's own statistics are no rows of ours.
        cursor.execute("ANALYZE")
    return admission.user.username


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[str]:
    """A place to restore into, as `--into` names it; empty."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "restored")
        return
    with tables.on_server("postgres") as server:
        for name in ("restored", "restored_log"):
            server.execute(f"CREATE DATABASE {name}")
        settings = connection.settings_dict
        yield f"postgres://{settings['USER']}@{quote(settings['HOST'], safe='')}/restored"
        for name in ("restored", "restored_log"):
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def restore(folder: Path, into: str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As somebody types it, in a process with settings of its own."""
    environment = {**os.environ, "VEERKRACHT_HOME": str(home)}
    command = [sys.executable, "-m", "veerkracht.cli", "restore", str(folder), "--into", into, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def restored_rows(into: str, alias: str) -> tables.Rows:
    if connection.vendor == "sqlite":
        return tables.rows_of(Path(into) / ("register.sqlite3" if alias == "default" else "log.sqlite3"))
    return tables.rows_of("restored" if alias == "default" else "restored_log")


def test_every_row_of_every_table_comes_back_and_nothing_else(busy, elsewhere, tmp_path):
    live = {alias: tables.rows_of(tables.name_of(alias)) for alias in ("default", "log")}
    made = back_up(tmp_path / "backup")
    assert sum(made.rows["default"].values()) > 100
    done = restore(tmp_path / "backup", elsewhere, tmp_path / "home")
    assert (done.returncode, done.stdout.split(";")[1]) == (0, " no invariants broken.\n"), done.stderr
    restored = {alias: restored_rows(elsewhere, alias) for alias in live}
    # That it was restored is written down too: a line of the log, and how far the log had come.
    for alias, table in (("log", "log_logentry"), ("default", "log_in_register_kepthead")):
        before, now = live[alias].pop(table), restored[alias].pop(table)
        assert (set(map(repr, before)) - set(map(repr, now)), len(now) - len(before)) == (set(), 1)
    assert restored == live


def test_a_backup_while_people_work_is_of_one_moment(busy, unit, elsewhere, tmp_path):
    with beside(acts.hold_and_release, unit.pk, busy, 100_000) as worker:
        while unit.holds.count() < 3 and worker.is_alive():
            worker.join(0.05)
        made = back_up(tmp_path / "backup")
        at_backup = made.rows["default"]["supply_hold"]
        while unit.holds.count() <= at_backup and worker.is_alive():
            worker.join(0.05)
        assert worker.is_alive()
    assert at_backup >= 3
    # What the command says of it: all invariants hold, of places, their steps and the log with its chain.
    done = restore(tmp_path / "backup", elsewhere, tmp_path / "home")
    assert (done.returncode, done.stdout.split(";")[1]) == (0, " no invariants broken.\n"), done.stderr
    restored = restored_rows(elsewhere, "default")
    assert len(restored["supply_hold"]) == at_backup
    # Everything that is never changed is as it is where people worked on.
    live = tables.rows_of(tables.name_of("default"))
    assert set(restored["supply_holdstep"]) < set(live["supply_holdstep"])
    assert verify.run() == []


def test_a_restore_never_overwrites_what_is_there_unless_it_is_told_to(busy, elsewhere, tmp_path):
    back_up(tmp_path / "backup")
    people = restored_after(restore(tmp_path / "backup", elsewhere, tmp_path / "home"), elsewhere)
    again = restore(tmp_path / "backup", elsewhere, tmp_path / "home")
    assert (again.returncode, again.stderr.splitlines()[-1]) == (
        1,
        "Error: there are data here already. Restore into an empty installation, or say --force.",
    )
    forced = restore(tmp_path / "backup", elsewhere, tmp_path / "home", "--force")
    assert restored_after(forced, elsewhere) == people


def restored_after(done: subprocess.CompletedProcess[str], into: str) -> list[tuple]:
    assert done.returncode == 0, done.stderr
    return restored_rows(into, "default")["people_person"]


def test_a_backup_that_was_touched_is_not_put_back(busy, tmp_path):
    back_up(tmp_path / "backup")
    file = next((tmp_path / "backup").glob("register.*"))
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(Fault, match=rf"the backup is damaged: {file.name} is not what was written\."):
        manifests.read(tmp_path / "backup")
    file.unlink()
    with pytest.raises(Fault, match=rf"the backup is not whole: {file.name} is missing\."):
        manifests.read(tmp_path / "backup")


def test_a_backup_overwrites_nothing_and_leaves_nothing_half_made(busy, tmp_path, settings):
    (tmp_path / "backup").mkdir()
    with pytest.raises(Fault, match="is there already"):
        back_up(tmp_path / "backup")
    settings.DOCUMENT_FOLDER = tmp_path / "paper"
    full = tmp_path / "paper" / "backup"
    with pytest.raises(Fault, match=r"the backup can't be written"):
        back_up(full)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "documents", "paper"]


def test_the_manifest_says_what_is_in_it_and_what_is_not(busy, tmp_path):
    back_up(tmp_path / "backup")
    said = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    assert (said["engine"], said["rows"]["default"]["care_request"]) == (connection.vendor, 3)
    assert [len(fingerprint) for fingerprint in said["files"].values()] == [64, 64, 64]
    assert said["not_included"][0].startswith("The keys: ")
    assert "people." in " ".join(said["migrations"]["default"])


def test_what_is_no_backup_is_said_to_be_none(tmp_path):
    with pytest.raises(Fault, match="is no backup of Veerkracht"):
        manifests.read(tmp_path)
