"""The compiled sort against NumPy's lexsort: same order, stable, from any start."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn

from veerkracht.rulebook.ranking import as_filed, rank

HIGHEST = np.iinfo(np.int64).max
LOWEST = np.iinfo(np.int64).min
whole = st.integers(LOWEST, HIGHEST) | st.integers(-3, 3) | st.sampled_from([LOWEST, HIGHEST, HIGHEST - 1])
matrices = st.tuples(st.integers(0, 120), st.integers(1, 4)).flatmap(
    lambda shape: hn.arrays(np.int64, shape, elements=whole)
)


def by_lexsort(keys: np.ndarray, start: np.ndarray) -> np.ndarray:
    return start[np.lexsort(keys[start].T[::-1])]


@given(matrices, st.randoms())
def test_the_same_order_as_lexsort_from_any_start(keys: np.ndarray, random: object) -> None:
    start = as_filed(len(keys))
    random.shuffle(start)  # type: ignore[attr-defined]
    before = keys.copy(), start.copy()
    assert rank(keys, start).tolist() == by_lexsort(keys, start).tolist()
    assert (keys.tolist(), start.tolist()) == (before[0].tolist(), before[1].tolist())


@pytest.mark.parametrize("size", [1, 15, 16, 17, 1_000, 4_097])
def test_long_lists(size: int) -> None:
    keys = np.random.default_rng(size).integers(0, 50, (size, 3))
    assert rank(keys, as_filed(size)).tolist() == by_lexsort(keys, as_filed(size)).tolist()


def test_an_order_that_is_right_stays_as_it_is() -> None:
    keys = np.repeat(np.arange(500), 4).reshape(-1, 1)
    start = as_filed(2_000)
    assert rank(keys, start).tolist() == start.tolist()


def test_a_few_who_moved_find_their_new_place() -> None:
    keys = np.random.default_rng(1).integers(0, 9, (3_000, 2))
    known = rank(keys, as_filed(3_000))
    keys[[5, 700, 2_999]] = [[0, 0], [9, 9], [4, 4]]
    assert rank(keys, known).tolist() == by_lexsort(keys, known).tolist()


def test_nobody_is_in_order() -> None:
    assert rank(np.empty((0, 3), np.int64), as_filed(0)).tolist() == []
