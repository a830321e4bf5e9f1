"""Easter, and the days that are counted from it."""

from datetime import date

import pytest

from veerkracht.region.holidays import Holiday, easter_sunday
from veerkracht.rulebook.types import Text

NAME = Text("dag", "day")


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (2000, 4, 23), (2011, 4, 24), (2019, 4, 21), (2024, 3, 31), (2038, 4, 25), (2285, 3, 22)],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


def test_fixed_days_and_days_after_easter() -> None:
    assert Holiday(NAME, month=7, day=21).in_year(2023) == date(2023, 7, 21)
    assert Holiday(NAME, easter=39).in_year(2024) == date(2024, 5, 9)
    assert Holiday(NAME, easter=-2).in_year(2024) == date(2024, 3, 29)
