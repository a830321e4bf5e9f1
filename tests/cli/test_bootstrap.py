"""The script at the root: sets up once, repairs what is half made, hands over at once when all is there."""

import importlib.util
import os
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What the script needs of the project, and nothing else."""
    for name in ("veerkracht", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


@pytest.fixture
def script(project: Path) -> ModuleType:
    loader = SourceFileLoader("bootstrap", str(project / "veerkracht"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bootstrap", loader))
    loader.exec_module(module)
    return module


def make_ready(project: Path, script: ModuleType, *lists: str) -> None:
    """An environment that looks finished, with a command that repeats its words."""
    folder = project / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)
    (folder / "veerkracht").write_text('#!/bin/sh\necho "handed over: $*"\n')
    (folder / "veerkracht").chmod(0o755)
    for name in lists:
        script.stamp_file(name).write_text(script.fingerprint(name))


def call(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Call the script where no package can be fetched: setting up has to fail at the first that it needs."""
    env = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, str(project / "veerkracht"), *words], env=env, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("installed", "words"),
    [(["run"], ["run", "--port", "9000"]), (["dev"], ["test", "--fast"]), (["dev"], ["run"])],
)
def test_when_all_is_there_it_hands_over_at_once(
    project: Path, script: ModuleType, installed: list[str], words: list[str]
) -> None:
    make_ready(project, script, *installed)
    done = call(project, *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"handed over: {' '.join(words)}\n", "")


def test_what_is_missing_is_noticed(project: Path, script: ModuleType) -> None:
    make_ready(project, script, "run")
    assert [script.is_ready("run"), script.is_ready("dev")] == [True, False]
    script.UNFINISHED.touch()
    assert not script.is_ready("run")
    script.UNFINISHED.unlink()
    assert script.is_ready("run")
    with (project / "requirements" / "run.txt").open("a") as lock:
        lock.write("# another lock\n")
    assert not script.is_ready("run")


def test_a_failed_set_up_says_where_and_is_repaired_next_time(project: Path) -> None:
    first = call(project, "run")
    assert first.returncode == 1
    assert first.stderr.splitlines()[-2:] == [
        "Setting up stopped at: fetching the installer (exit code 1, its own words are above).",
        "Is there a way to the package index? Then try again: it repairs what is half made.",
    ]
    assert (project / ".venv.unfinished").exists()
    again = call(project, "run")
    assert again.stderr.splitlines()[1] == "  .venv is broken or was left half made: making it again"
