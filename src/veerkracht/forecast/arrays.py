"""The kinds of arrays that the compiled engines read and write."""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]
Small = NDArray[np.int16]
