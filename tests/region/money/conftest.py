"""Money files as text: a small sound one, to add blocks to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from veerkracht.region import Region, load
from veerkracht.region.money import Money, read_money
from veerkracht.region.money.checks import check_money
from veerkracht.region.reader import Faults, Reader
from veerkracht.region.toml_lines import parse

REGIONS = Path(__file__).parents[2] / "regions"
FLANDERS = Path(__file__).parents[3] / "regions" / "flanders"
ReadMoney = Callable[..., tuple[Money, list[str]]]


@pytest.fixture(scope="session")
def testland() -> Region:
    return load(REGIONS / "testland")


@pytest.fixture(scope="session")
def read(testland: Region) -> ReadMoney:
    """The money that a text tells beside the rest of Testland, and every fault in it."""

    def read_text(text: str) -> tuple[Money, list[str]]:
        document, faults = parse(text), Faults()
        files = read_money(
            [Reader("m", document, faults, document.data)], testland.currency, testland.figures
        )
        assert files is not None
        check_money(testland, files)
        return files.money, [str(fault).removeprefix("m:") for fault in sorted(set(faults.all))]

    return read_text


@pytest.fixture(scope="module")
def flanders() -> Money:
    money = load(FLANDERS).money
    assert money is not None
    return money
