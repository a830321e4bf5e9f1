"""What rises cost: exact cents by hand, and how a cost moves with what it is made of."""

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pay.conftest import SOURCE, rise, with_numbers
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.pay import Range, compared, cost, cost_of_measure, rise_of
from veerkracht.region import Region
from veerkracht.region.pay import IndexStep, Rise

FROM = date(2023, 1, 1)
FEW = Draws(1, 4)
CASES = list(
    csv.DictReader((Path(__file__).parent / "cost_cases.csv").read_text(encoding="utf-8").splitlines())
)


def known(here: Region, *index: IndexStep, **changes: float) -> Region:
    values = {"fte__carers": 400.0, "pay__carers": 40_000.0, "contributions": 0.25, "fte__total": 1000.0}
    return with_numbers(here, *index, **{**values, **changes})


def cents(here: Region, year: int, *rises: Rise) -> int:
    """As written; every drawn run is the same when all numbers are certain."""
    found = cost(here, rises, (year,), FEW).total(year)
    assert found is not None
    assert (np.abs(found - found[0]) <= 1).all()
    return int(found[0])


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_cost_to_the_cent(testland: Region, case: dict[str, str]) -> None:
    steps = (
        [IndexStep(date.fromisoformat(case["index_from"]), float(case["index_percent"]), SOURCE, None)]
        if case["index_from"]
        else []
    )
    here = known(
        testland,
        *steps,
        fte__carers=float(case["fte"]),
        pay__carers=float(case["pay"]),
        contributions=float(case["contributions"]),
    )
    until = date.fromisoformat(case["until"]) if case["until"] else None
    one = rise("carers", float(case["percent"]), date.fromisoformat(case["from"]), until)
    assert cents(here, int(case["year"]), one) == round(Fraction(case["euro"]) * 100)


def test_a_later_rise_comes_on_top_of_an_earlier_one(testland: Region) -> None:
    here = known(testland)
    both = cents(here, 2024, rise("carers", 5, FROM), rise("carers", 2, date(2024, 1, 1)))
    assert both == 20_000_000_00 * (105 * 102 - 10_000) // 10_000


def test_groups_add_up_and_the_rest_is_what_is_left_of_the_total(testland: Region) -> None:
    here = known(testland)
    found = cost(here, [rise("carers", 5, FROM), rise("remainder", 2, FROM)], (2023,), FEW)
    carers, rest = found.groups
    assert rest.fte == 600
    # The pay of a group without its own is what the file on staff says that a full-time worker costs.
    assert rest.each_cents == 50_000_00
    assert (carers.each_cents, carers.gross_cents, rest.gross_cents) == (50_000_00, 40_000_00, 40_000_00)
    assert int(rest.full[0]) == 600 * 50_000_00 * 2 // 100  # type: ignore[index]
    total = found.total(2023)
    assert total is not None
    assert (total == carers.cents[:, 0] + rest.cents[:, 0]).all()  # type: ignore[index]


def test_what_is_unknown_is_in_no_sum_and_is_named(testland: Region) -> None:
    found = cost(known(testland), [rise("carers", 5, FROM), rise("volunteers", 5, FROM)], (2023,), FEW)
    assert [group.id for group in found.unknown] == ["volunteers"]
    assert found.groups[1].full is None
    assert int(found.full()[0]) == 1_000_000_00  # type: ignore[index]
    nothing = cost(known(testland), [rise("volunteers", 5, FROM)], (2023,), FEW)
    assert (nothing.full(), nothing.total(2023)) == (None, None)


@settings(max_examples=25, deadline=None)
@given(percent=st.integers(1, 2000), more=st.integers(1, 500), times=st.integers(2, 9))
def test_a_cost_grows_with_the_rise_and_in_proportion_to_staff_and_pay(
    testland: Region, percent: int, more: int, times: int
) -> None:
    here = known(testland)
    one = cents(here, 2023, rise("carers", percent / 100, FROM))
    assert cents(here, 2023, rise("carers", (percent + more) / 100, FROM)) > one
    twice = known(testland, fte__carers=400.0 * times, fte__total=10_000.0)
    assert cents(twice, 2023, rise("carers", percent / 100, FROM)) == one * times
    dearer = known(testland, pay__carers=40_000.0 * times)
    assert cents(dearer, 2023, rise("carers", percent / 100, FROM)) == one * times


def test_the_same_seed_gives_the_same_range_and_it_holds_the_middle(testland: Region) -> None:
    rises = [rise("carers", 5, FROM)]
    one, again = (cost(testland, rises, (2023,)).full() for _ in range(2))
    assert one is not None
    np.testing.assert_array_equal(one, again)
    found = Range.of(one)
    assert found.low < found.median < found.high
    assert one.dtype == np.int64


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"group": "pilots"}, r"no group “pilots”.*carers"),
        ({"percent": 0.0}, "0 per cent can't be"),
        ({"percent": -3.0}, "-3 per cent can't be"),
        ({"percent": 51.0}, "51 per cent can't be.*at most 50"),
        ({"percent": float("nan")}, "nan per cent can't be"),
        ({"from_": None}, "without a first day"),
    ],
)
def test_a_rise_that_can_not_be_is_refused(testland: Region, asked: dict[str, Any], said: str) -> None:
    sound: dict[str, Any] = {"group": "carers", "percent": 5.0, "from_": FROM}
    assert rise_of(testland, **sound).percent == 5.0
    with pytest.raises(ForecastFault, match=said):
        rise_of(testland, **{**sound, **asked})


def test_a_region_without_pay_and_a_question_without_years_are_refused(testland: Region) -> None:
    with pytest.raises(ForecastFault, match="no file on pay"):
        cost(replace(testland, pay=None), [], (2023,))
    with pytest.raises(ForecastFault, match="at least one year"):
        cost(testland, [rise("carers", 5, FROM)], ())


def test_an_agreement_stands_beside_what_was_published(testland: Region) -> None:
    found = compared(known(testland), "pact")
    # 400 × 50,000 × 5 % and 600 × 50,000 × 2 %.
    assert found.written_cents == 1_600_000_00
    assert found.agreement.cents == 1_500_000_00
    assert (found.each_cents, found.our_each_cents) == (1500_00, 1600_00)
    assert found.cost.years == (2023, 2024, 2025, 2026, 2027)
    assert found.more is not None
    assert abs(found.more - 1 / 15) < 0.02


def test_a_measure_of_the_money_has_a_cost_when_pay_tells_it(testland: Region) -> None:
    found = cost_of_measure(known(testland), "pay-rise")
    assert found == Range(1_000_000_00, 1_000_000_00, 1_000_000_00)
    assert cost_of_measure(testland, "no-such-measure") is None
    assert cost_of_measure(replace(testland, pay=None), "pay-rise") is None
