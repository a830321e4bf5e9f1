"""Dividing money by a key: every cent once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veerkracht.rulebook.sharing import MILLIONTHS, divide


@pytest.mark.parametrize(
    ("money", "shares", "expected"),
    [
        (100, [850_000, 100_000, 50_000], [85, 10, 5]),
        (1, [500_000, 500_000], [1, 0]),
        (10, [333_333, 333_333, 333_334], [3, 3, 4]),
        (0, [1_000_000], [0]),
        (99_999_999_999_99, [MILLIONTHS, 0], [99_999_999_999_99, 0]),
    ],
)
def test_the_largest_remainder_gets_the_cent_that_is_left(
    money: int, shares: list[int], expected: list[int]
) -> None:
    assert divide(money, np.array(shares, np.int64)).tolist() == expected


@given(st.integers(0, 10**14), st.lists(st.integers(0, 10**6), min_size=1, max_size=5).filter(sum))
def test_every_cent_is_given_once(money: int, weights: list[int]) -> None:
    shares = [weight * MILLIONTHS // sum(weights) for weight in weights]
    shares[0] += MILLIONTHS - sum(shares)
    parts = divide(money, np.array(shares, np.int64)).tolist()
    assert sum(parts) == money
    assert all(
        abs(part - money * share / MILLIONTHS) < 1.01 for part, share in zip(parts, shares, strict=True)
    )
