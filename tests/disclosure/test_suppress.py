"""Suppression: no count that is left out can be computed from what is shown; an attack by linear programming tries."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veerkracht.register import disclosure
from veerkracht.register.disclosure import Linked, Seen, Sum, bounds, crossed, one_total

THRESHOLD = 5
# Two zones of three and two municipalities, and the province.
NESTED = Linked(8, (Sum(5, (0, 1, 2)), Sum(6, (3, 4)), Sum(7, (5, 6))))


def full(linked: Linked, leaves: list[int]) -> np.ndarray:
    """All counts from those that are no total."""
    totals = {one.total for one in linked.sums}
    counts = np.zeros(linked.size, dtype=np.int64)
    counts[[cell for cell in range(linked.size) if cell not in totals]] = leaves
    for one in linked.sums:
        counts[one.total] = counts[list(one.parts)].sum()
    assert linked.holds_for(counts)
    return counts


def leaves_of(linked: Linked) -> int:
    return linked.size - len({one.total for one in linked.sums})


def hidden_in(linked: Linked, counts: np.ndarray) -> np.ndarray:
    need = disclosure.need_of(counts, counts, THRESHOLD)
    return disclosure.suppressed(linked, counts, need)


def small(counts: np.ndarray) -> list[int]:
    return [int(cell) for cell in np.flatnonzero((counts > 0) & (counts < THRESHOLD))]


TABLES = {"one way": one_total(4), "nested": NESTED, "two ways": crossed(NESTED, one_total(3))}
COUNTS = st.one_of(st.integers(0, 8), st.sampled_from([0, 1, 4, 5, 40]))


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=25)
@given(data=st.data())
def test_every_small_count_may_be_nobody_and_may_be_many(name, data):
    linked = TABLES[name]
    size = leaves_of(linked)
    counts = full(linked, data.draw(st.lists(COUNTS, min_size=size, max_size=size)))
    hidden = hidden_in(linked, counts)
    found = bounds(linked, Seen.of_suppressed(counts, hidden), small(counts))
    narrow = {cell: found[cell] for cell in found if found[cell][0] > 0 or found[cell][1] < THRESHOLD}
    assert (narrow, sorted(found)) == ({}, small(counts))


@pytest.mark.parametrize(
    ("linked", "leaves", "cell"),
    [(one_total(4), [10, 3, 20, 30], 1), (NESTED, [10, 10, 10, 2, 10], 3), (one_total(2), [1, 50], 0)],
)
def test_without_secondary_suppression_the_attack_computes_it(linked, leaves, cell):
    counts = full(linked, leaves)
    only_small = (counts > 0) & (counts < THRESHOLD)
    found = bounds(linked, Seen.of_suppressed(counts, only_small), [cell])
    assert found[cell] == (counts[cell], counts[cell])


def test_a_count_of_many_requests_by_few_persons_is_small():
    counts, persons = np.array([6, 20, 26]), np.array([2, 20, 22])
    need = disclosure.need_of(counts, persons, THRESHOLD)
    hidden = disclosure.suppressed(one_total(2), counts, need)
    assert hidden.tolist() == [True, True, False]


def test_nothing_is_left_out_of_a_table_without_small_counts():
    counts = full(NESTED, [10, 0, 10, 5, 6])
    assert not hidden_in(NESTED, counts).any()


def test_two_small_counts_protect_each_other():
    counts = full(one_total(4), [4, 4, 20, 30])
    assert hidden_in(one_total(4), counts).tolist() == [True, True, False, False, False]


def test_a_lonely_small_count_takes_its_cheapest_neighbour_along():
    counts = full(one_total(4), [2, 7, 20, 30])
    assert hidden_in(one_total(4), counts).tolist() == [True, True, False, False, False]


def test_a_cell_that_changed_by_few_could_have_changed_by_more():
    linked, counts = one_total(3), np.array([12, 30, 40, 82])
    none = disclosure.need_of(counts, counts, THRESHOLD)
    need = disclosure.need_also(none, counts, np.array([True, False, False, False]), THRESHOLD)
    hidden = disclosure.suppressed(linked, counts, need)
    (low, high) = bounds(linked, Seen.of_suppressed(counts, hidden), [0])[0]
    assert (low <= 7, high >= 17) == (True, True)
