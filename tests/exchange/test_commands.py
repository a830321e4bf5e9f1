"""The commands `import` and `export`, as somebody types them."""

import json

import pytest
from click.testing import CliRunner

from tests.exchange.conftest import GOOD, rows_to_csv
from tests.factories import make_user
from veerkracht.cli.export import command as export_command
from veerkracht.cli.import_ import command as import_command
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.log.models import LogEntry


@pytest.fixture
def run(demo_day):
    def call(command, *words):
        return CliRunner().invoke(
            command, [str(word) for word in words], catch_exceptions=False, standalone_mode=False
        )

    return call


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        path = tmp_path / "requests.csv"
        path.write_text(rows_to_csv([GOOD | row for row in rows]))
        return path

    return write


def test_import_and_export_by_name(run, file, tmp_path):
    make_user("officer", username="otto", name="Otto Officer")
    assert run(import_command, file({}), "--as", "otto").return_value == 0
    assert Request.objects.get().steps.first().by_name == "Otto Officer"
    out = tmp_path / "out.parquet"
    run(export_command, "--out", out, "--as", "otto")
    assert out.read_bytes()[:4] == b"PAR1"
    assert LogEntry.objects.filter(verb="export").get().user_name == "Otto Officer"


def test_a_bad_file_ends_with_one_and_says_where(run, file):
    result = run(import_command, file({"area": "nowhere"}))
    assert result.return_value == 1
    assert "2  " in result.output
    assert "'nowhere'" in result.output
    assert "Nothing was written." in result.output
    assert not Request.objects.exists()


def test_the_report_as_json(run, file):
    result = run(import_command, file({"area": "?"}, {"reference": "A-2", "person": "p-2"}), "--json")
    report = json.loads(result.stdout)
    assert result.return_value == 1
    assert {name: report[name] for name in ("rows", "good", "bad", "added", "faults_total")} == {
        "rows": 2,
        "good": 1,
        "bad": 1,
        "added": 0,
        "faults_total": 1,
    }
    assert [(fault["line"], fault["field"], fault["found"]) for fault in report["faults"]] == [
        (2, "area", "'?'")
    ]


def test_a_dry_run_writes_nothing(run, file):
    result = run(import_command, file({}), "--dry-run")
    assert (result.return_value, Request.objects.count()) == (0, 0)
    assert "this was a dry run" in result.output


def test_who_is_not_known_is_refused(run, file):
    with pytest.raises(Refused):
        run(import_command, file({}), "--as", "nobody")


def test_export_says_what_it_wrote(run, file, tmp_path):
    run(import_command, file({}))
    out = tmp_path / "steps.csv"
    result = run(export_command, "--what", "steps", "--out", out, "--json")
    assert json.loads(result.stdout) == {"what": "steps", "rows": 2, "file": str(out)}


@pytest.mark.parametrize("command", [import_command, export_command])
def test_help_has_an_example(run, command):
    text = CliRunner().invoke(command, ["--help"]).output
    assert "Examples:" in text
    assert "docs/import-export.md" in text
