"""The command line as a person meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from veerkracht.cli import COMMANDS, group

VEERKRACHT = str(Path(sys.executable).with_name("veerkracht"))


def test_help_lists_every_command() -> None:
    page = CliRunner().invoke(group, ["--help"]).output
    listed = [line.split()[0] for line in page.splitlines() if line.startswith("  ") and line.split()]
    assert [name for name in COMMANDS if name not in listed] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(group, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    examples = [line for line in shown.output.splitlines() if f"veerkracht {name}" in line]
    assert len(examples) >= 2  # the line of usage, and an example


def test_help_needs_no_database_and_no_terminal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = subprocess.run(
        [VEERKRACHT, "--help"],
        env={**os.environ, "VEERKRACHT_HOME": str(home), "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr, home.exists()) == (0, "", False)


def test_an_unknown_command_is_named() -> None:
    done = subprocess.run([VEERKRACHT, "rund"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("Error: no command 'rund'. There are: run, test,")


def test_a_database_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    address = "postgres://nobody:secret@%2Fnowhere/veerkracht"
    done = subprocess.run(
        [VEERKRACHT, "run", "--bare"],
        env={**os.environ, "VEERKRACHT_HOME": str(tmp_path), "VEERKRACHT_DATABASE": address},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Error: can't open the database 'log': connection")
    assert "secret" not in done.stderr
