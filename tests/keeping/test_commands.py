"""`audit`, `retention` and `bundle` as somebody types them."""

import json
import zipfile
from datetime import date

import pytest
from django.utils import translation

from tests.factories import make_user
from tests.typing_commands import typing
from veerkracht.register import append_only, clock
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys, db):
    clock.stand_still_on(date(2026, 7, 1))

    with translation.override("en"):
        yield typing(capsys)


@pytest.fixture
def office(run):
    make_user("records", username="rita")
    make_user("records", username="rik")
    make_user("officer", username="otto")


def test_the_log_is_proved_against_heads_that_were_kept(run, office, withdrawn, tmp_path):
    code, out, _ = run("audit", "heads", "--as", "rita")
    assert (code, out.splitlines()[0]) == (0, "day,first_id,last_id,entries,hash")
    kept = tmp_path / "heads.csv"
    kept.write_text(out)
    code, out, _ = run("audit", "verify", "--heads", str(kept), "--as", "rita")
    assert (code, out.splitlines()[-1].endswith("0 entries lawfully cleared.")) == (0, True)
    append_only.release("log", "log_logentry")
    LogEntry.objects.filter(pk=LogEntry.objects.order_by("id")[1].pk).update(user_name="Nobody")
    append_only.protect("log", "log_logentry")
    second = LogEntry.objects.order_by("id")[1]
    code, out, _ = run("audit", "verify", "--as", "rita")
    assert (code, out.splitlines()[0]) == (
        1,
        f"BROKEN: entry {second.pk} ({second.day}) was changed, put in or moved.",
    )
    code, out, _ = run("audit", "verify", "--json", "--as", "rita")
    found = json.loads(out)
    assert (found["ok"], found["report"]["broken"]["entry_id"]) == (False, second.pk)


def test_what_was_found_is_in_the_log_itself(run, office):
    run("audit", "verify", "--from", "2026-01-01", "--as", "rita")
    entry = LogEntry.objects.latest("id")
    assert (entry.verb, entry.object_type, entry.detail["broken"]) == ("verify", "log", "")


def test_who_may_not_prove_the_log_is_refused(run, office):
    code, _, err = run("audit", "verify", "--as", "otto")
    assert (code, err.splitlines()[-1]) == (1, "Error: This does not exist, or you may not see or do it.")


def test_a_file_that_holds_no_heads_is_said_so(run, office, tmp_path):
    wrong = tmp_path / "x.csv"
    wrong.write_text("a,b\n1,2\n")
    code, _, err = run("audit", "verify", "--heads", str(wrong), "--as", "rita")
    expected = "Expected the columns day, first_id, last_id, entries, hash."
    assert (code, err.splitlines()[-1]) == (1, f"Error: {wrong}: no heads. {expected}")


def test_two_persons_do_what_the_rules_ask(run, office, withdrawn):
    number = withdrawn.number
    code, out, _ = run("retention", "report", "--json", "--as", "rita")
    assert (code, [(one["number"], one["what"]) for one in json.loads(out)]) == (
        0,
        [(number, "notes"), (number, "documents"), (number, "file")],
    )
    assert run("retention", "apply", "--as", "rita")[0] == 0
    code, _, err = run("retention", "apply", "--as", "rita")
    assert (code, err.splitlines()[-1]) == (1, "Error: Who prepares the list does not confirm it.")
    code, out, _ = run("retention", "apply", "--json", "--as", "rik")
    told = json.loads(out)
    assert (code, told["state"], {line["said"] for line in told["lines"]}) == (0, "confirmed", {"2026-07-01"})
    assert Person.objects.get().pseudonymised_on == date(2026, 7, 1)
    code, _, err = run("retention", "apply", "--as", "rik")
    assert (code, err.splitlines()[-1]) == (1, "Error: There is nothing to destroy.")


def test_nobody_without_a_name_destroys(run, office, withdrawn):
    assert run("retention", "apply")[0] == 2


def test_a_hold_is_put_on_and_lifted(run, office, withdrawn):
    number = withdrawn.number
    assert run("retention", "hold", number, "--reason", "appeal", "--as", "rita")[0] == 0
    assert run("retention", "apply", "--as", "rita")[2].splitlines()[-1] == (
        "Error: There is nothing to destroy."
    )
    assert run("retention", "lift", number, "--as", "rik")[2].splitlines()[-1] == (
        f"Holds lifted on the file of {number}: 1."
    )
    code, _, err = run("retention", "hold", "P-9999999", "--reason", "x", "--as", "rita")
    assert (code, err.splitlines()[-1]) == (1, "Error: This does not exist, or you may not see or do it.")


def test_who_asks_is_erased(run, office, withdrawn):
    code, _, err = run("retention", "erase", withdrawn.number, "--as", "rita")
    assert (code, err.splitlines()[-1]) == (
        0,
        f"{withdrawn.number} is erased: what stays tells nobody who it was.",
    )


def test_a_bundle_is_written_for_its_owner_only(run, office, withdrawn, tmp_path):
    out = tmp_path / "file.zip"
    code, _, _ = run("bundle", withdrawn.number, "--out", str(out), "--reason", "asked", "--as", "rita")
    assert (code, oct(out.stat().st_mode)[-3:]) == (0, "600")
    with zipfile.ZipFile(out) as packed:
        assert f"{withdrawn.number}.html" in packed.namelist()
    assert LogEntry.objects.filter(verb="export").get().purpose == "asked"
    code, _, err = run("bundle", withdrawn.number, "--out", str(out), "--as", "otto")
    assert (code, err.splitlines()[-1]) == (1, "Error: This does not exist, or you may not see or do it.")
