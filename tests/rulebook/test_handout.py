"""Handing out in order: never more than there is, nobody passed over when strict, bundles whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veerkracht.rulebook.handout import hand_out

amounts = st.integers(0, 60)
lists = st.lists(st.tuples(amounts, st.integers(-3, 12)), max_size=40)


def served(
    cost: list[int], available: int, *, bundle: list[int] | None = None, strict: bool = True
) -> list[int]:
    """The row numbers, from 1, that are granted."""
    bundle = list(range(len(cost))) if bundle is None else bundle
    granted = hand_out(np.array(cost, np.int64), np.array(bundle, np.int64), available, strict)
    return [row + 1 for row in range(len(cost)) if granted[row]]


@pytest.mark.parametrize(
    ("cost", "available", "strict", "expected"),
    [
        ([10, 10, 10], 20, True, [1, 2]),
        ([10, 10, 10], 30, True, [1, 2, 3]),
        ([10, 10, 10], 29, True, [1, 2]),
        ([10, 30, 5], 20, True, [1]),
        ([10, 30, 5], 20, False, [1, 3]),
        ([30, 10], 20, True, []),
        ([30, 10], 20, False, [2]),
        ([0, 5], 0, True, [1]),
        ([], 10, True, []),
    ],
)
def test_one_by_one(cost: list[int], available: int, strict: bool, expected: list[int]) -> None:
    assert served(cost, available, strict=strict) == expected
    assert served(cost, available, strict=strict, bundle=[]) == expected


@pytest.mark.parametrize(
    ("bundle", "available", "strict", "expected"),
    [
        ([1, 2, 1], 30, True, [1, 2, 3]),  # a couple of rows 1 and 3
        ([1, 2, 1], 20, True, [1, 3]),
        ([1, 2, 1], 19, True, []),  # a smaller one may not pass silently
        ([1, 2, 1], 19, False, [2]),
        ([1, 2, 2], 20, True, [1]),
        ([7, 7, 7], 29, False, []),
        ([7, 7, 7], 30, True, [1, 2, 3]),
    ],
)
def test_a_bundle_is_served_at_its_first_row_for_its_whole_cost(
    bundle: list[int], available: int, strict: bool, expected: list[int]
) -> None:
    assert served([10, 10, 10], available, bundle=bundle, strict=strict) == expected


@given(lists, st.integers(0, 400), st.booleans())
def test_never_more_than_there_is_and_bundles_whole(
    rows: list[tuple[int, int]], available: int, strict: bool
) -> None:
    cost, bundle = [row[0] for row in rows], [row[1] for row in rows]
    granted = served(cost, available, bundle=bundle, strict=strict)
    assert sum(cost[row - 1] for row in granted) <= available
    assert all(
        {row in granted for row in range(1, len(rows) + 1) if bundle[row - 1] == one} in ({True}, {False})
        for one in set(bundle)
    )
    assert granted == served(cost, available, bundle=bundle, strict=strict)


@given(lists, st.integers(0, 400))
def test_strict_stops_at_the_first_that_does_not_fit(rows: list[tuple[int, int]], available: int) -> None:
    cost, bundle = [row[0] for row in rows], [row[1] for row in rows]
    granted = served(cost, available, bundle=bundle)
    in_turn = list(dict.fromkeys(bundle))
    reached = [one for one in in_turn if any(bundle[row - 1] == one for row in granted)]
    assert reached == in_turn[: len(reached)]
    if len(reached) < len(in_turn):
        left = available - sum(cost[row - 1] for row in granted)
        assert sum(c for c, b in rows if b == in_turn[len(reached)]) > left


@given(lists, st.integers(0, 400))
def test_fill_leaves_nobody_who_fits(rows: list[tuple[int, int]], available: int) -> None:
    cost, bundle = [row[0] for row in rows], [row[1] for row in rows]
    granted = served(cost, available, bundle=bundle, strict=False)
    left = available - sum(cost[row - 1] for row in granted)
    missed = {bundle[row] for row in range(len(rows)) if row + 1 not in granted}
    assert all(sum(c for c, b in rows if b == one) > left for one in missed)


@pytest.mark.parametrize(
    ("cost", "bundle", "available", "message"),
    [
        ([1, -2], [1, 2], 10, "A cost is -2; a cost can't be negative."),
        ([1, 2], [1, 2], -1, "-1 is available; what is handed out can't be negative."),
        ([1, 2], [1], 10, "2 costs and 1 bundles were given; they must be as many."),
    ],
)
def test_amounts_that_can_not_be(cost: list[int], bundle: list[int], available: int, message: str) -> None:
    with pytest.raises(ValueError) as error:
        served(cost, available, bundle=bundle)
    assert str(error.value) == message
