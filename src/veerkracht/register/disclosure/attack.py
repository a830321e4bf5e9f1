"""What somebody can work out from what is shown: for each cell the lowest and highest count that it may have.

Independent of how the counts were protected: linear programming over the sums, with what is shown of each cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from veerkracht.register.disclosure.linked import Flags, Linked, Numbers

_NOTHING_FITS = 2
_UNBOUNDED = 3


@dataclass(frozen=True)
class Seen:
    """What is known of each cell before the sums are used: between `low` and `high`, both included."""

    low: Numbers
    high: Numbers

    @classmethod
    def of_suppressed(cls, counts: Numbers, hidden: Flags) -> "Seen":
        """Every count is shown but those that are `hidden`."""
        return cls(np.where(hidden, 0.0, counts), np.where(hidden, np.inf, counts))

    @classmethod
    def of_rounded(cls, shown: Numbers, base: int) -> "Seen":
        """A count lies less than the base from the multiple that is shown."""
        return cls(np.maximum(0.0, shown - (base - 1.0)), shown + (base - 1.0))


def bounds(linked: Linked, seen: Seen, cells: Iterable[int]) -> dict[int, tuple[float, float]]:
    """The lowest and highest count of each of some cells. Empty when no counts fit what is seen: then somebody who
    takes it at its word learns nothing.
    """
    found = {}
    for cell in cells:
        low, high = (_extreme(linked, seen, cell, sign) for sign in (1.0, -1.0))
        if low is None or high is None:
            return {}
        found[cell] = (low, high)
    return found


def _extreme(linked: Linked, seen: Seen, cell: int, sign: float) -> float | None:
    """The lowest count of a cell (sign 1) or the highest (sign -1); None when nothing fits."""
    # Imported here: every page would wait for it at its start, and few ever need it.
    from scipy.optimize import linprog

    aim = np.zeros(linked.size)
    aim[cell] = sign
    # A cell without a highest count is given one that no table reaches, so that the programme has an end.
    limits = np.column_stack([seen.low, seen.high])
    sums = linked.matrix if linked.sums else None
    zeros = np.zeros(len(linked.sums)) if linked.sums else None
    solved = linprog(aim, A_eq=sums, b_eq=zeros, bounds=limits, method="highs")
    if solved.status == _NOTHING_FITS:
        return None
    if solved.status == _UNBOUNDED:
        return -sign * np.inf
    return float(round(sign * solved.fun, 6))
