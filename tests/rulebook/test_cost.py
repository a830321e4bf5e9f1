"""What a grant costs: to the cent, half a cent up."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebook.making import BEGIN, HALVES, LAW, ON, programme, request, table
from veerkracht.rulebook.cost import cents_per_point, cost, full_cost
from veerkracht.rulebook.errors import DateFault, TableFault
from veerkracht.rulebook.types import PointValue


def worth(value: str):  # type: ignore[no-untyped-def]
    return programme(point_values=(PointValue(value=Decimal(value), from_=BEGIN, source=LAW),))


@pytest.mark.parametrize(
    ("points", "held", "value", "cents"),
    [
        (12.234511, 0.0, "988.46", 1_209_332),  # 12,093.3247… rounds down
        (54.17, 0.0, "988.46", 5_354_488),
        (0.005, 0.0, "1.00", 1),  # exactly half a cent: up
        (0.004999, 0.0, "1.00", 0),
        (30.0, 10.0, "100.00", 200_000),  # an increase: the difference
        (10.0, 10.0, "100.00", 0),
    ],
)
def test_points_times_the_value_of_a_point(points: float, held: float, value: str, cents: int) -> None:
    assert cost(table(request(1, points=points, points_held=held)), worth(value), ON).to_list() == [cents]


@given(st.decimals(0, 200, places=6), st.decimals(1, 2000, places=2))
def test_exact_for_every_number_of_points(points: Decimal, value: Decimal) -> None:
    exact = int((points * value * 100).quantize(Decimal(1), ROUND_HALF_UP))
    assert cost(table(request(1, points=float(points))), worth(str(value)), ON).to_list() == [exact]


def test_unknown_points_cost_an_unknown_amount() -> None:
    assert cost(table(request(1, points=None)), programme(), ON).to_list() == [None]


def test_points_held_that_are_unknown_are_none() -> None:
    assert cost(table(request(1, points_held=None)), programme(), ON).to_list() == [100_000]


def test_more_held_than_asked_is_refused() -> None:
    with pytest.raises(TableFault) as fault:
        cost(table(request(1), request(9, points=3.0, points_held=4.0)), programme(), ON)
    assert (
        str(fault.value) == "Request 9 holds 4.0 points and asks 3.0: expected at least as many as it holds."
    )


def test_a_part_costs_a_part() -> None:
    rows = table(request(1), request(2, priority_group=2), request(3, priority_group=2, partial=True))
    halves = programme(partials=(HALVES,))
    assert cost(rows, halves, ON).to_list() == [100_000, 50_000, 0]
    assert full_cost(rows, halves, ON).to_list() == [100_000, 100_000, 100_000]


def test_a_place_is_one() -> None:
    assert cost(table(request(1, points=None)), programme(resource="places"), ON).to_list() == [1]


def test_no_value_before_the_first_date() -> None:
    with pytest.raises(DateFault) as fault:
        cents_per_point(programme(), date(2019, 12, 31))
    assert str(fault.value) == (
        "No value of a point of help holds on 2019-12-31: the first holds from 2020-01-01."
    )
