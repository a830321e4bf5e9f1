"""Splits of a sum: every split keeps its bounds and the budget, to the euro."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veerkracht.forecast import ForecastFault
from veerkracht.forecast.choices.splits import limits

IDS = ("one", "two", "three")


@st.composite
def asked(draw):
    """Bounds that can be kept, and any split."""
    budget = draw(st.integers(100, 10**9))
    least = {id: draw(st.integers(0, budget // 4)) for id in IDS if draw(st.booleans())}
    most = {id: least.get(id, 0) + draw(st.integers(0, budget)) for id in IDS if draw(st.booleans())}
    split = [draw(st.floats(-1, 2, allow_nan=False)) * budget for _ in IDS]
    return limits(IDS, budget, least, most), np.array(split)


@given(asked())
def test_a_split_keeps_its_bounds_and_the_budget(given_):
    bounds, split = given_
    for made in (bounds.whole(split), bounds.equal(), *bounds.points()):
        assert sum(made) <= bounds.budget
        assert all(low <= euro for low, euro in zip(bounds.least, made, strict=True))
        assert all(euro <= high for high, euro in zip(bounds.most, made, strict=True))


@given(asked())
def test_what_is_allowed_stays_as_it_is(given_):
    bounds, split = given_
    once = bounds.allowed(split)
    assert bounds.allowed(once) == pytest.approx(once, rel=1e-6, abs=1e-3)


def test_all_money_is_spent_when_more_is_asked_than_there_is():
    bounds = limits(IDS, 10_000_001, {}, {"one": 2_000_000})
    assert bounds.whole(np.full(3, 1e9)) == (2_000_000, 4_000_001, 4_000_000)


def test_the_first_splits_reach_every_corner():
    bounds = limits(IDS, 600, {"three": 60}, {})
    corners = {(540, 0, 60), (0, 540, 60), (0, 0, 600)}
    assert corners <= set(bounds.points())


@pytest.mark.parametrize(
    ("budget", "least", "most", "said"),
    [
        (0, {}, {}, "A budget of 0 euro can't be split: expected an amount above 0."),
        (-5, {}, {}, "A budget of -5 euro can't be split: expected an amount above 0."),
        (float("inf"), {}, {}, "A budget of inf euro can't be split: expected an amount above 0."),
        (10, {"one": -1}, {}, "-1 euro can't be a bound for one: expected an amount of 0 or more."),
        (
            100,
            {"one": 50},
            {"one": 20},
            "For one at least 50 euro is more than at most 20 euro: lower the one or raise the other.",
        ),
        (
            100,
            {"one": 80, "two": 40},
            {},
            "What must at least be given, 120 euro together, is more than the budget of 100 euro: ask less, or split "
            "more.",
        ),
    ],
)
def test_bounds_that_can_not_hold(budget, least, most, said):
    with pytest.raises(ForecastFault) as fault:
        limits(IDS, budget, least, most)
    assert str(fault.value) == said
