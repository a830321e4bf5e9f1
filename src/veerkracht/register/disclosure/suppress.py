"""Leaving out small counts, and as little else as it takes that nobody can compute them.

For every sensitive cell two other tables are looked for that agree with everything that is shown: one in which the
cell is as low, and one in which it is as high as it must be able to be. What these tables change is left out too. Each
is the cheapest by linear programming (Kelly, Golden, Assad 1992; Fischetti, Salazar 2001): so the pattern is proved
while it is made. Not always the smallest pattern there is: that is NP-hard.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import hstack

from veerkracht.register.disclosure.linked import Flags, Linked, Numbers

_MOVED = 1e-7


@dataclass(frozen=True)
class Need:
    """Which cells are `sensitive`, and up to where each must be able to be: at most `low` and at least `high`."""

    sensitive: Flags
    low: Numbers
    high: Numbers


def need_of(counts: Numbers, persons: Numbers, threshold: int) -> Need:
    """Counts of fewer persons than the threshold, and not of nobody: that anybody is in it, and that it is not small,
    must both stay possible.
    """
    sensitive = (persons > 0) & (persons < threshold)
    return Need(sensitive, np.zeros(len(counts)), np.maximum(counts + 1.0, threshold))


def need_also(need: Need, counts: Numbers, changed: Flags, threshold: int) -> Need:
    """As `need`, and the cells `changed` too: these could be less or more by as much as the threshold."""
    low = np.where(changed & ~need.sensitive, np.maximum(counts - threshold, 0.0), need.low)
    high = np.where(changed & ~need.sensitive, counts + float(threshold), need.high)
    return Need(need.sensitive | changed, low, high)


def suppressed(linked: Linked, counts: Numbers, need: Need) -> Flags:
    """Which cells are left out: the sensitive ones, and those by which they could be computed."""
    counts = np.asarray(counts, dtype=float)
    hidden = need.sensitive.copy()
    # How far the tables found so far move each cell: what protects one cell often protects the next.
    lowest, highest = counts.copy(), counts.copy()
    for cell in _by_size(counts, need):
        for target, reached in ((need.low[cell], lowest), (need.high[cell], highest)):
            is_low = reached is lowest
            if reached[cell] <= target if is_low else reached[cell] >= target:
                continue
            other = _other_table(linked, counts, hidden, cell, target)
            hidden |= np.abs(other - counts) > _MOVED
            np.minimum(lowest, other, out=lowest)
            np.maximum(highest, other, out=highest)
    return hidden


def _by_size(counts: Numbers, need: Need) -> list[int]:
    """The sensitive cells, those that need the widest first."""
    cells = np.flatnonzero(need.sensitive)
    return [int(cell) for cell in cells[np.lexsort((cells, counts[cells] - need.high[cells]))]]


def _other_table(linked: Linked, counts: Numbers, hidden: Flags, cell: int, target: float) -> Numbers:
    """The table nearest to these counts in which a cell has another count and all sums hold; to change what is
    already left out costs nothing.
    """
    # Imported here: every page would wait for it at its start, and few ever need it.
    from scipy.optimize import linprog

    price = np.where(hidden, 1e-6, np.log2(2.0 + counts))
    up = np.column_stack([np.zeros(linked.size), np.full(linked.size, np.inf)])
    down = np.column_stack([np.zeros(linked.size), counts])
    change = target - counts[cell]
    up[cell] = max(change, 0.0)
    down[cell] = max(-change, 0.0)
    if not linked.sums:
        moved = counts.copy()
        moved[cell] = target
        return moved
    solved = linprog(
        np.concatenate([price, price]),
        A_eq=hstack([linked.matrix, -linked.matrix], format="csr"),
        b_eq=np.zeros(len(linked.sums)),
        bounds=np.vstack([up, down]),
        method="highs",
    )
    if solved.status != 0:
        raise ArithmeticError(f"No other table fits the cell {cell}: {solved.message}")
    return counts + solved.x[: linked.size] - solved.x[linked.size :]
