"""The regions whose population the tests project."""

from pathlib import Path

import pytest

from veerkracht import region

REGIONS = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def testland() -> region.Region:
    return region.load(REGIONS / "tests" / "regions" / "testland")


@pytest.fixture(scope="session")
def flanders() -> region.Region:
    return region.load(REGIONS / "regions" / "flanders")
