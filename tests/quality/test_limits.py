"""Intervals and funnels against published values and against theory; no database."""

from math import inf

import numpy as np
import pytest

from veerkracht.register.quality.intervals import Counted, Interval, difference, interval, wilson
from veerkracht.register.quality.limits import ALARM, WARNING, Funnel, funnel, verdict
from veerkracht.register.quality.protection import Count, hidden


def ends(found: Interval, digits: int = 4) -> tuple[float, float]:
    return round(found.low, digits), round(found.high, digits)


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3.
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_the_interval_of_a_share_is_the_published_one(count, of, expected):
    assert ends(wilson(count, of)) == expected
    low, high = expected
    assert ends(wilson(of - count, of)) == (round(1 - high, 4), round(1 - low, 4))


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17: 873-890, table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(after, before, expected):
    found = difference("proportion", Counted(*before), Counted(*after))
    assert ends(found.interval) == expected
    assert found.is_told_from_chance == (expected[0] > 0)


def test_a_count_has_the_exact_interval_of_garwood():
    # Garwood 1936; Ulm 1990 gives the same table.
    assert [ends(interval("rate", Counted(count, 1)), 2) for count in (0, 1, 10)] == [
        (0.0, 3.69),
        (0.03, 5.57),
        (4.8, 18.39),
    ]


def test_a_mean_has_the_interval_of_student_and_none_without_a_spread():
    # Ten scores with mean 5 and standard deviation 2: 5 ± 2.2622 · 2 / √10.
    assert ends(interval("mean", Counted(50, 10, 2))) == (3.5693, 6.4307)
    assert interval("mean", Counted(50, 10)) == Interval(-inf, inf)
    assert not difference("mean", Counted(50, 10), Counted(90, 10, 1)).is_told_from_chance


def test_exact_limits_are_those_of_spiegelhalter():
    """Appendix A.1: with r the smallest count for which P(R ≤ r) reaches p, the limit is (r - α)/n. Of ten with a share
    of a half P(R ≤ 1) = 11/1024 and P(R ≤ 2) = 56/1024, so p = 0.025 lies at 2 - (56 - 25.6)/45.
    """
    low = (2 - (56 - 25.6) / 45) / 10
    # Above, P(R ≤ 8) = 1013/1024 and P(R ≤ 7) = 968/1024.
    high = (8 - (1013 - 998.4) / 45) / 10
    found = Funnel("proportion", 0.5).limits(10, WARNING)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_limits_stay_possible_and_draw_together():
    for kind, most in (("proportion", 1.0), ("rate", inf)):
        around = Funnel(kind, 0.05)
        widths = []
        for size in (5, 50, 500, 5000):
            inner, outer = around.limits(size, WARNING), around.limits(size, ALARM)
            assert 0 <= outer.low <= inner.low <= 0.05 <= inner.high <= outer.high <= most
            widths.append(inner.high - inner.low)
        assert widths == sorted(widths, reverse=True)
    # By far the most there are: as the normal curve has it.
    exact = Funnel("proportion", 0.3).limits(40_000, WARNING)
    assert (exact.low, exact.high) == pytest.approx(
        (0.3 - 1.96 * 0.00229129, 0.3 + 1.96 * 0.00229129), abs=5e-5
    )
    assert Funnel("proportion", 0.0).limits(30, ALARM) == Interval(0.0, 0.0)
    assert Funnel("rate", 0.0).limits(30, ALARM) == Interval(0.0, 0.0)


def test_as_many_lie_outside_by_chance_as_the_limits_say():
    luck = np.random.default_rng(1)
    for kind, draws in (
        ("proportion", luck.binomial(200, 0.2, 4000)),
        ("rate", luck.poisson(40, 4000)),
    ):
        around = Funnel(kind, 0.2)
        for level in (WARNING, ALARM):
            limits = around.limits(200, level)
            inside = np.mean([limits.holds(count / 200) for count in draws])
            # Counts are whole: limits between them hold a little more or less than they say.
            assert inside == pytest.approx(level, abs=0.012)


def test_intervals_hold_the_truth_as_often_as_they_say():
    luck = np.random.default_rng(2)
    before, after = luck.binomial(80, 0.3, 1500), luck.binomial(60, 0.2, 1500)
    held = [
        difference("proportion", Counted(one, 80), Counted(other, 60)).interval.holds(-0.1)
        for one, other in zip(before, after, strict=True)
    ]
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_who_stands_out_stands_out_and_differences_of_all_widen_the_limits():
    alike = [Counted(20, 100), Counted(18, 100), Counted(22, 100), Counted(19, 100), Counted(21, 100)]
    around = funnel("proportion", [*alike, Counted(45, 100)])
    # One that stands out does not hide itself: it is drawn in before the limits are widened.
    assert (round(around.target, 4), around.dispersion) == (0.2417, 1.0)
    assert verdict(around, Counted(45, 100)) == "very-high"
    calm = funnel("proportion", alike)
    assert (calm.dispersion, verdict(calm, Counted(20, 100))) == (1.0, "within")
    assert [verdict(calm, Counted(count, 100)) for count in (5, 11, 30, 45)] == [
        "very-low",
        "low",
        "high",
        "very-high",
    ]
    uneven = funnel("proportion", [Counted(count, 100) for count in (5, 35, 8, 30, 12, 28, 15, 25)])
    assert uneven.dispersion > 5
    assert verdict(uneven, Counted(35, 100)) == "within"


def test_a_funnel_of_means_has_the_pooled_spread():
    around = funnel("mean", [Counted(70, 10, 2), Counted(160, 20, 1)])
    assert round(around.target, 4) == round(230 / 30, 4)
    assert round(around.spread, 4) == round(((9 * 4 + 19 * 1) / 28) ** 0.5, 4)
    with pytest.raises(ValueError, match="at least one"):
        funnel("mean", [])


@pytest.mark.parametrize(
    ("counts", "left_out"),
    [
        ({1: (10, 60), 2: (12, 60)}, set()),
        # One small count could be computed from the whole: the next smallest goes with it.
        ({1: (2, 60), 2: (12, 60), 3: (9, 60)}, {1, 3}),
        # Who is left over can be few as well.
        ({1: (58, 60), 2: (30, 60), 3: (20, 60)}, {1, 3}),
        # Two that are one together still tell of somebody.
        ({1: (1, 60), 2: (1, 60), 3: (9, 60), 4: (30, 60)}, {1, 2, 3}),
        # Nobody is nobody: that may be known.
        ({1: (0, 60), 2: (12, 60)}, set()),
        ({1: (1, 60)}, {1}),
    ],
)  # fmt: skip
def test_small_counts_go_and_what_they_could_be_computed_from(counts, left_out):
    given = {id: Count(*count) for id, count in counts.items()}
    assert hidden("proportion", given, 3) == left_out
