"""Who is next for a vacancy: handing out a few units among those who stand first on their lists.

It is whom `rulebook.handout.hand_out` grants first of rows in the order of `rulebook.ranking.rank`. Nothing is sorted
and no memory is taken, so that the forecast can ask it at every vacancy.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from veerkracht.rulebook.ranking import before

Keys = NDArray[np.int64]
Units = NDArray[np.int64]


@njit(cache=True, nogil=True)
def next_for(keys: Keys, units: Units, rows: int, available: int, strict: bool) -> int:
    """The row that is served next, or -1 when nobody is.

    `keys`: what rows are compared by, int64[n, k], ascending, each row different. `units`: what each row takes,
    int64[n]. `rows`: only the first so many count. `available`: units that are free. `strict`: when the first in
    order takes more than that, nobody is served; otherwise the first in order of those who fit.
    """
    best = -1
    for row in range(rows):
        if (strict or units[row] <= available) and (best < 0 or before(keys, row, keys, best)):
            best = row
    return best if best >= 0 and units[best] <= available else -1
