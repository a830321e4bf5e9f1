"""The compiled sort behind every order: a natural merge sort, linear in what is already in order.

A list changes little between two rounds, so the last order is a good start for the next: the runs that
are still in order are found in one pass, and only what moved is merged. Keys are packed together and move
along with their rows, so that comparing two of them reads memory in sequence.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Positions = NDArray[np.int64]
Keys = NDArray[np.int64]

_SHORTEST_RUN = 16
_LAST = np.iinfo(np.int64).max
# Packed keys stay under this, so that no sum or product of them overflows.
_ROOM = np.int64(2) ** 62


@njit(cache=True, nogil=True)
def _span(keys: Keys, column: int) -> tuple[int, int]:
    """The lowest key of a column, and how many values it spans with one for "last"; 0 when that is too many."""
    lowest, highest = _LAST, -_LAST
    for row in range(keys.shape[0]):
        value = keys[row, column]
        if value != _LAST:
            lowest, highest = min(lowest, value), max(highest, value)
    if lowest > highest:
        return 0, 2
    if highest // 4 - lowest // 4 >= _ROOM // 4 - 1:
        return lowest, 0
    return lowest, highest - lowest + 2


@njit(cache=True, nogil=True)
def _pack(keys: Keys, start: Positions) -> Keys:
    """The keys of the rows in `start`, neighbouring columns made one where they fit in a whole number."""
    size, width = keys.shape
    packed = np.zeros((size, max(width, 1)), dtype=np.int64)
    used, spanned = 0, 0
    for column in range(width):
        lowest, span = _span(keys, column)
        joins = spanned > 0 and span > 0 and spanned <= _ROOM // span
        if column > 0 and not joins:
            used += 1
        spanned = spanned * span if joins else span
        for place in range(size):
            value = keys[start[place], column]
            if span > 0:
                value = span - 1 if value == _LAST else value - lowest
            packed[place, used] = packed[place, used] * span + value if joins else value
    return packed[:, : used + 1].copy()


@njit(cache=True, nogil=True)
def before(one: Keys, at: int, other: Keys, other_at: int) -> bool:
    """Whether a row of one table comes before a row of another, column after column."""
    for column in range(one.shape[1]):
        if one[at, column] != other[other_at, column]:
            return bool(one[at, column] < other[other_at, column])
    return False


@njit(cache=True, nogil=True)
def _move(keys: Keys, rows: Positions, at: int, to_keys: Keys, to_rows: Positions, to: int) -> None:
    to_rows[to] = rows[at]
    for column in range(keys.shape[1]):
        to_keys[to, column] = keys[at, column]


@njit(cache=True, nogil=True)
def _insert(keys: Keys, rows: Positions, start: int, sorted_until: int, end: int) -> None:
    spare, spare_row = keys[:1].copy(), rows[:1].copy()
    for index in range(sorted_until, end):
        _move(keys, rows, index, spare, spare_row, 0)
        place = index
        while place > start and before(spare, 0, keys, place - 1):
            _move(keys, rows, place - 1, keys, rows, place)
            place -= 1
        _move(spare, spare_row, 0, keys, rows, place)


@njit(cache=True, nogil=True)
def _find_runs(keys: Keys, rows: Positions, ends: Positions) -> int:
    """Where each run that is in order ends; short ones are made longer. Returns how many runs there are."""
    count, start, size = 0, 0, rows.shape[0]
    while start < size:
        end = start + 1
        while end < size and not before(keys, end, keys, end - 1):
            end += 1
        if end - start < _SHORTEST_RUN:
            longer = min(size, start + _SHORTEST_RUN)
            _insert(keys, rows, start, end, longer)
            end = longer
        ends[count] = end
        count += 1
        start = end
    return count


@njit(cache=True, nogil=True)
def _merge(
    keys: Keys, rows: Positions, start: int, middle: int, end: int, spare: Keys, spare_rows: Positions
) -> None:
    if not before(keys, middle, keys, middle - 1):
        return
    # Only the left run is copied away: what is written never overtakes what is read on the right.
    left_size = middle - start
    for index in range(left_size):
        _move(keys, rows, start + index, spare, spare_rows, index)
    left, right, place = 0, middle, start
    while left < left_size and right < end:
        if before(keys, right, spare, left):
            _move(keys, rows, right, keys, rows, place)
            right += 1
        else:
            _move(spare, spare_rows, left, keys, rows, place)
            left += 1
        place += 1
    while left < left_size:
        _move(spare, spare_rows, left, keys, rows, place)
        left += 1
        place += 1


@njit(cache=True, nogil=True)
def rank(keys: Keys, start: Positions) -> Positions:
    """The row numbers of `keys` in ascending order of their rows, column after column.

    `keys`: int64, shape (n, k); descending columns come negated; the highest int64 means "last". `start`:
    row numbers in the order that is tried first, for instance the last known order, each row exactly once.
    Returns int64 of length n: its first element is the row that is first. Stable with regard to `start`.
    Both arguments are left as they were.
    """
    rows = start.copy()
    ordered = _pack(keys, start)
    ends = np.empty(rows.shape[0] + 1, dtype=np.int64)
    count = _find_runs(ordered, rows, ends)
    spare, spare_rows = np.empty_like(ordered), np.empty_like(rows)
    while count > 1:
        merged, begin = 0, 0
        for run in range(0, count, 2):
            last = min(run + 1, count - 1)
            if last > run:
                _merge(ordered, rows, begin, ends[run], ends[last], spare, spare_rows)
            begin = ends[last]
            ends[merged] = begin
            merged += 1
        count = merged
    return rows


def as_filed(size: int) -> Positions:
    """The start to use when no earlier order is known: the rows as they are in the table."""
    return np.arange(size, dtype=np.int64)
