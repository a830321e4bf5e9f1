"""The table of docs/security.md names every requirement once, and nothing that doesn't exist."""

import ast
import re
from functools import cache
from pathlib import Path

from veerkracht.config.home import PROJECT

TABLE = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
LINE = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (met|partly|no|n/a|owner) \| ([^|]+) \|$", re.MULTILINE)
# How many requirements of levels 1 and 2 each section has, by number; some numbers were taken away.
SECTIONS = {
    "1.1": 7, "1.2": 4, "1.4": 5, "1.5": 4, "1.6": 4, "1.7": 2, "1.8": 2, "1.9": 2, "1.10": 1, "1.11": 2,
    "1.12": 2, "1.14": 6, "2.1": 12, "2.2": 3, "2.3": 3, "2.4": 6, "2.5": 7, "2.6": 3, "2.7": 6, "2.8": 7,
    "2.9": 3, "2.10": 4, "3.1": 1, "3.2": 4, "3.3": 4, "3.4": 5, "3.5": 3, "3.7": 1, "4.1": 5, "4.2": 2,
    "4.3": 3, "5.1": 5, "5.2": 8, "5.3": 10, "5.4": 3, "5.5": 4, "6.1": 3, "6.2": 6, "6.3": 2, "6.4": 2,
    "7.1": 4, "7.2": 2, "7.3": 4, "7.4": 3, "8.1": 4, "8.2": 3, "8.3": 8, "9.1": 3, "9.2": 4, "10.2": 2,
    "10.3": 3, "11.1": 8, "12.1": 3, "12.2": 1, "12.3": 6, "12.4": 2, "12.5": 2, "12.6": 1, "13.1": 5,
    "13.2": 6, "13.3": 2, "13.4": 2, "14.1": 4, "14.2": 6, "14.3": 3, "14.4": 7, "14.5": 4,
}  # fmt: skip
TAKEN_AWAY = {"1.4.2", "1.4.3", "1.12.1", "4.1.4", "7.3.2", "13.1.2", "13.2.4", "14.3.1"}


@cache
def _tests_in(file: Path) -> set[str]:
    return {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_requirement_of_levels_one_and_two_has_its_line_once():
    numbers = [number for number, *_ in LINE.findall(TABLE)]
    wanted = {f"{section}.{n}" for section, most in SECTIONS.items() for n in range(1, most + 1)} - TAKEN_AWAY
    assert (sorted(set(numbers) ^ wanted), len(numbers)) == ([], len(wanted))


def test_every_test_and_file_that_the_table_names_exists():
    named = re.findall(
        r"`((?:tests|src|docs|requirements|\.ci|cli)[\w./-]*|CONTRIBUTING\.md)(?:::(\w+))?`", TABLE
    )
    lacking = [
        (path, test)
        for path, test in named
        if not (file := PROJECT / path.replace("cli/", "src/veerkracht/cli/")).exists()
        or (test and test not in _tests_in(file))
    ]
    assert (lacking, len(named) > 100) == ([], True)


def test_what_is_met_says_by_what():
    bare = [number for number, _, is_it, by in LINE.findall(TABLE) if len(by.strip()) < 3]
    assert bare == []
