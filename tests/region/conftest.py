"""Regions of the tests: a sound one to copy and spoil, and one with everything wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from veerkracht import region

REGIONS = Path(__file__).parents[1] / "regions"
Spoil = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def testland() -> region.Region:
    return region.load(REGIONS / "testland")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Testland, to be changed."""
    return Path(shutil.copytree(REGIONS / "testland", tmp_path / "testland"))


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replace a text in a file of the copy, once; gives the copy."""

    def change(file: str, old: str, new: str) -> Path:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))
        return folder

    return change
