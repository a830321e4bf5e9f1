"""The value that holds on a date; asking outside the known dates is an error, never a guess."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rulebook.making import LAW
from veerkracht.rulebook.dated import all_on, value_on, value_on_or_none
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.types import PointValue

OLD = PointValue(value=Decimal(1), from_=date(2020, 1, 1), until=date(2021, 1, 1), source=LAW)
NEW = PointValue(value=Decimal(2), from_=date(2022, 1, 1), source=LAW)
NEWEST = PointValue(value=Decimal(3), from_=date(2023, 1, 1), until=date(2024, 1, 1), source=LAW)
SERIES = (NEW, NEWEST, OLD)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2020, 1, 1), OLD),
        (date(2020, 12, 31), OLD),
        (date(2022, 1, 1), NEW),
        (date(2022, 12, 31), NEW),
        (date(2023, 1, 1), NEWEST),
        (date(2023, 12, 31), NEWEST),
    ],
)
def test_the_last_that_began_holds(on: date, expected: PointValue) -> None:
    assert value_on(SERIES, on) == expected
    assert value_on_or_none(SERIES, on) == expected


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (date(2019, 12, 31), "No value of a point holds on 2019-12-31: the first holds from 2020-01-01."),
        (
            date(2021, 1, 1),
            "No value of a point holds on 2021-01-01: the one from 2020-01-01 held until 2021-01-01.",
        ),
        (
            date(2024, 1, 1),
            "No value of a point holds on 2024-01-01: the one from 2023-01-01 held until 2024-01-01.",
        ),
    ],
)
def test_a_day_on_which_nothing_holds_is_an_error(on: date, message: str) -> None:
    with pytest.raises(DateFault) as fault:
        value_on(SERIES, on, "value of a point")
    assert str(fault.value) == message


def test_an_empty_series_is_an_error() -> None:
    with pytest.raises(DateFault) as fault:
        value_on((), date(2020, 1, 1), "order")
    assert str(fault.value) == "No order holds on 2020-01-01: there is none at all."


def test_all_that_hold_keep_the_sequence_of_the_file() -> None:
    assert all_on(SERIES, date(2023, 6, 1)) == (NEW, NEWEST)
    assert all_on(SERIES, date(2019, 6, 1)) == ()
