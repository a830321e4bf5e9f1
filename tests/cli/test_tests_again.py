"""A test that fails once and not twice is told apart from one that is broken."""

import os
import sys

from veerkracht.cli.test import Report

LUCK = """
from pathlib import Path
import pytest

@pytest.mark.parametrize("broken", {cases})
def test_it(broken, request):
    mark = Path(__file__).with_name(f"{{request.node.name}}.ran")
    first = not mark.exists()
    mark.touch()
    assert not (broken or first)

def test_sound():
    pass
"""
NO_PLUGINS = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p no:randomly"}


def reported(tmp_path, cases: list[bool]) -> tuple[list[str], int, list[str]]:
    """Which steps failed, how many tests only at first, and what a folder of such tests says when run."""
    folder = tmp_path / f"tests-{len(cases)}-{any(cases)}"
    folder.mkdir()
    (folder / "test_luck.py").write_text(LUCK.format(cases=cases))
    report = Report()
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(folder), str(folder)]
    report.tests("luck", command, NO_PLUGINS, [])
    return report.failed, len(report.by_luck), [result for _, result, _ in report.rows]


def test_few_that_failed_run_once_more(tmp_path):
    by_luck = reported(tmp_path, [False] * 3)
    too_many = reported(tmp_path, [False] * 4)
    broken = reported(tmp_path, [True, False])
    assert (by_luck, too_many, broken) == (
        ([], 3, ["passed"]),
        (["luck"], 0, ["failed"]),
        (["luck"], 0, ["failed"]),
    )
