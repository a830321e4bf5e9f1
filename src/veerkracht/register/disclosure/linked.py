"""Counts that add up to each other: what somebody who wants to know more than is shown will use."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

Flags = np.ndarray
Numbers = np.ndarray


@dataclass(frozen=True, slots=True)
class Sum:
    """The cell `total` is the sum of the cells `parts`; cells are named by their place."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Linked:
    """`size` cells and the sums that join them, over one table or over several that share cells."""

    size: int
    sums: tuple[Sum, ...]

    @cached_property
    def matrix(self) -> csr_array:
        """One row a sum, one column a cell: what is zero whatever the counts are."""
        rows, columns, values = [], [], []
        for row, one in enumerate(self.sums):
            rows += [row] * (1 + len(one.parts))
            columns += [one.total, *one.parts]
            values += [-1.0] + [1.0] * len(one.parts)
        return csr_array((values, (rows, columns)), shape=(len(self.sums), self.size))

    def holds_for(self, counts: Numbers) -> bool:
        """Whether these counts add up."""
        return not np.any(self.matrix @ np.asarray(counts, dtype=float))


def crossed(rows: Linked, columns: Linked) -> Linked:
    """Every cell of `rows` with every cell of `columns`, and the sums along both. The cell (i, j) stands at
    i × columns.size + j.
    """
    sums = [
        Sum(one.total * columns.size + j, tuple(part * columns.size + j for part in one.parts))
        for one in rows.sums
        for j in range(columns.size)
    ]
    sums += [
        Sum(i * columns.size + one.total, tuple(i * columns.size + part for part in one.parts))
        for one in columns.sums
        for i in range(rows.size)
    ]
    return Linked(rows.size * columns.size, tuple(sums))


def one_total(parts: int) -> Linked:
    """So many cells and, last, their total."""
    return Linked(parts + 1, (Sum(parts, tuple(range(parts))),))
