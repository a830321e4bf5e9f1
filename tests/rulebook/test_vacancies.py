"""Who is next for a vacancy is whom handing out in order would grant first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veerkracht.rulebook.handout import hand_out
from veerkracht.rulebook.ranking import as_filed, rank
from veerkracht.rulebook.vacancies import next_for

HEADS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(0, 4)), max_size=8)


@given(HEADS, st.integers(0, 5), st.booleans())
def test_it_is_the_first_that_handing_out_in_order_grants(heads, available, strict):
    rows = [(weight, day, number) for number, (weight, day, _) in enumerate(heads)]
    keys = np.array(rows, np.int64).reshape(-1, 3)
    units = np.array([size for _, _, size in heads], np.int64)
    order = rank(keys, as_filed(len(rows)))
    granted = order[hand_out(units[order], np.empty(0, np.int64), available, strict)]
    assert next_for(keys, units, len(rows), available, strict) == (granted[0] if len(granted) else -1)


@pytest.mark.parametrize(("strict", "row"), [(True, -1), (False, 1)])
def test_a_couple_that_comes_first_is_waited_for_or_passed_by(strict, row):
    keys = np.array([[1, 10], [1, 20], [0, 99]], np.int64)
    units = np.array([2, 1, 3], np.int64)
    assert next_for(keys, units, 2, 1, strict) == row
    assert next_for(keys, units, 3, 3, strict) == 2


def test_of_nobody_nobody_is_next():
    assert next_for(np.empty((0, 3), np.int64), np.empty(0, np.int64), 0, 5, False) == -1
