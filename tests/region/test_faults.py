"""A region with everything wrong: every fault at once, each with its file, line and field."""

import re
from pathlib import Path

import pytest

from tests.region.conftest import REGIONS, Spoil
from veerkracht import region
from veerkracht.region import RegionFault, RegionFaults

BROKEN = REGIONS / "broken"
MARK = re.compile(r"#! (\S+): ([^#]+?)\s*(?=#!|$)")

# Files that have no room for a mark.
UNMARKED = [
    ("areas.csv", 3, "code", "This area stands there twice."),
    ("areas.csv", 4, "zone_name", "One code has two names."),
    ("areas.csv", 5, "inhabitants", "This is not a number."),
    ("areas.csv", 6, "longitude", "This number is not possible here."),
    ("areas.csv", 7, "name", "This is empty."),
    ("areas.csv", 8, "", "This row has another number of fields than the header."),
    ("figures/help.csv", 3, "series", "This figure stands there twice."),
    ("figures/help.csv", 4, "unit", "One series has two units."),
    ("figures/help.csv", 5, "date", "This is not a date."),
    ("figures/help.csv", 6, "value", "This is not a number."),
    ("figures/help.csv", 7, "source_title", "This figure has no source."),
    ("figures/help.csv", 8, "low", "An assumption needs a range."),
    ("figures/help.csv", 9, "high", "The range does not hold the value."),
    ("figures/help.csv", 9, "low", "The range does not hold the value."),
    ("figures/help.csv", 9, "published", "This was published before its own date."),
    ("figures/help.csv", 10, "series", "This can't be the name of a series."),
    ("figures/help.csv", 10, "status", "This is not one of the possible words."),
    ("notes.txt", 0, "", "A region has no such file or folder."),
    ("programmes/not-toml.toml", 2, "", "This is not TOML."),
    ("programmes/second.toml", 0, "order", "This is missing."),
    ("texts/latin.nl.md", 2, "", "This file is not UTF-8."),
    ("texts/welcome.en.md", 0, "", "This file is missing or can't be read."),
]


def marked() -> list[tuple[str, int, str, str]]:
    """The faults that the files themselves announce, each on its line."""
    return [
        (path.relative_to(BROKEN).as_posix(), number, *mark)
        for path in BROKEN.rglob("*.toml")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for mark in MARK.findall(line)
    ]


def brief(fault: RegionFault) -> tuple[str, int, str, str]:
    return fault.file, fault.line, fault.field, fault.message


def test_every_fault_at_once_each_on_its_line() -> None:
    found = region.check(BROKEN)
    assert sorted(brief(fault) for fault in found) == sorted([*marked(), *UNMARKED])
    assert len({fault.message for fault in found}) >= 40
    assert all(fault.found and fault.expected for fault in found)


def test_a_region_with_faults_is_refused_with_all_of_them() -> None:
    with pytest.raises(RegionFaults) as error:
        region.load(BROKEN)
    assert error.value.faults == region.check(BROKEN)
    first, *rest = str(error.value).splitlines()
    assert first == f"The region has {len(rest)} faults:"
    assert rest[0] == (
        "areas.csv:3: code: This area stands there twice. Found a; expected each code once (see line 2)."
    )


def test_a_sound_region_has_no_faults() -> None:
    assert region.check(REGIONS / "testland") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "programmes/day-money.toml",
            'rule = "age >= 18"',
            'rule = "aged >= 18"',
            "programmes/day-money.toml:62: condition[of-age].rule: The rule names a column that the programme "
            "does not declare. Found aged; expected “age”.",
        ),
        (
            "areas.csv",
            "code,name",
            "cod,name",
            "areas.csv:1: code: This column is missing. Found cod; expected “code”.",
        ),
        (
            "plans/more.toml",
            'programme = "day-money"',
            "programme = 3",
            "plans/more.toml:7: measure[extra].programme: This has the wrong type. Found 3; expected a text.",
        ),
        (
            "plans/more.toml",
            'why = { nl = "Verzonnen.", en = "Invented." }',
            'why = "Invented."',
            "plans/more.toml:14: measure[extra].assumption.why: This has the wrong type. Found the text “Invented.”; "
            'expected a text in both languages: { nl = "…", en = "…" }.',
        ),
        (
            "plans/more.toml",
            'why = { nl = "Verzonnen.", en = "Invented." }',
            'why = { en = "Invented." }',
            "plans/more.toml:14: measure[extra].assumption.why.nl: The text is missing in a language. "
            "Found nothing; expected a text in nl.",
        ),
        (
            "region.toml",
            "inhabitants = 60_000",
            "inhabitants = 60_001",
            "region.toml:14: areas.inhabitants: The file areas.csv does not hold this number. "
            "Found 60000; expected 60001.",
        ),
    ],
)
def test_one_change_is_one_fault(spoil: Spoil, file: str, old: str, new: str, expected: str) -> None:
    assert [str(fault) for fault in region.check(spoil(file, old, new))] == [expected]


def test_no_such_folder(tmp_path: Path) -> None:
    found = region.check(tmp_path / "nowhere")
    assert [(fault.line, fault.message) for fault in found] == [(0, "There is no such folder.")]


def test_an_empty_folder_misses_everything(tmp_path: Path) -> None:
    assert [brief(fault) for fault in region.check(tmp_path)] == [
        ("areas.csv", 0, "", "This file is missing or can't be read."),
        ("programmes", 0, "", "The region has no programmes."),
        ("region.toml", 0, "", "This file is missing or can't be read."),
    ]
