"""The example of docs/money-files.md works, and the page names every word that a file may use."""

import re
from pathlib import Path

import pytest

from tests.region.money.conftest import ReadMoney
from veerkracht.region.money.model import (
    DECISION_KINDS,
    MEASURE_KINDS,
    MILESTONE_KINDS,
    STATES,
    STATUSES,
    VERSIONS,
)

PAGE = (Path(__file__).parents[3] / "docs" / "money-files.md").read_text()


def test_the_example_has_no_fault(read: ReadMoney) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    money, faults = read(example)
    assert faults == []
    assert [list(part) for part in (money.envelopes, money.measures, money.lines, money.reconciliations)] == [
        ["planned-before", "extra"],
        ["pay"],
        ["CARE-PAY"],
        ["five-or-six"],
    ]


@pytest.mark.parametrize(
    "words", [STATUSES, DECISION_KINDS, MEASURE_KINDS, MILESTONE_KINDS, VERSIONS, STATES]
)
def test_every_word_is_named(words: tuple[str, ...]) -> None:
    named = set(re.findall(r"[`\"]([a-z-]+)[`\"]", PAGE))
    assert [word for word in words if word not in named] == []
