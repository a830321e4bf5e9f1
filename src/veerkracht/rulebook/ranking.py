"""The compiled sort behind every order: a natural merge sort, linear in what is already in order.

A list changes little between two rounds, so the last order is a good start for the next: the runs that
are still in order are found in one pass, and only what moved is merged.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Positions = NDArray[np.int64]
Keys = NDArray[np.int64]

_SHORTEST_RUN = 24


@njit(cache=True, nogil=True)
def _before(keys: Keys, one: int, other: int) -> bool:
    for column in range(keys.shape[1]):
        if keys[one, column] != keys[other, column]:
            return bool(keys[one, column] < keys[other, column])
    return False


@njit(cache=True, nogil=True)
def _insert(keys: Keys, rows: Positions, start: int, sorted_until: int, end: int) -> None:
    for index in range(sorted_until, end):
        row = rows[index]
        place = index
        while place > start and _before(keys, row, rows[place - 1]):
            rows[place] = rows[place - 1]
            place -= 1
        rows[place] = row


@njit(cache=True, nogil=True)
def _find_runs(keys: Keys, rows: Positions, ends: Positions) -> int:
    count = 0
    start = 0
    size = rows.shape[0]
    while start < size:
        end = start + 1
        while end < size and not _before(keys, rows[end], rows[end - 1]):
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
def _merge(keys: Keys, rows: Positions, start: int, middle: int, end: int, spare: Positions) -> None:
    if not _before(keys, rows[middle], rows[middle - 1]):
        return
    # Only the left run is copied away: what is written never overtakes what is read on the right.
    left_size = middle - start
    for index in range(left_size):
        spare[index] = rows[start + index]
    left = 0
    right = middle
    place = start
    while left < left_size and right < end:
        if _before(keys, rows[right], spare[left]):
            rows[place] = rows[right]
            right += 1
        else:
            rows[place] = spare[left]
            left += 1
        place += 1
    while left < left_size:
        rows[place] = spare[left]
        left += 1
        place += 1


@njit(cache=True, nogil=True)
def rank(keys: Keys, start: Positions) -> Positions:
    """The row numbers of `keys` in ascending order of their rows, column after column.

    `keys`: int64, shape (n, k); descending columns come negated. `start`: row numbers in the order that is
    tried first, for instance the last known order; each row exactly once. Returns int64 of length n: its
    first element is the row that is first. Stable with regard to `start`. `start` is left as it was.
    """
    rows = start.copy()
    size = rows.shape[0]
    ends = np.empty(size + 1, dtype=np.int64)
    count = _find_runs(keys, rows, ends)
    spare = np.empty(size, dtype=np.int64)
    while count > 1:
        merged = 0
        begin = 0
        for run in range(0, count, 2):
            if run + 1 < count:
                _merge(keys, rows, begin, ends[run], ends[run + 1], spare)
                begin = ends[run + 1]
            else:
                begin = ends[run]
            ends[merged] = begin
            merged += 1
        count = merged
    return rows


def as_filed(size: int) -> Positions:
    """The start to use when no earlier order is known: the rows as they are in the table."""
    return np.arange(size, dtype=np.int64)
