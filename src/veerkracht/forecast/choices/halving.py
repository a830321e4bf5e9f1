"""The least amount that does it, where more never does less: doubling until one does, then halving in between."""

from __future__ import annotations

from collections.abc import Callable

DOUBLINGS = 16
_PRECISION = 0.005
_LEAST = 100.0
_STILL = 3
_NEAR = 0.02
_WIDER = 1.15
_WIDENINGS = 10

Meets = Callable[[float], bool]


def bracket(
    meets: Meets, first: float, changes: Callable[[float, float], bool] | None = None
) -> float | None:
    """An amount that does it, by doubling from the first; None when none does.

    `changes(less, more)`: whether the one gives anything else than the other. When three doublings in a row change
    nothing, no amount will.
    """
    amount, still = first, 0
    for _ in range(DOUBLINGS):
        if meets(amount):
            return amount
        if changes is not None:
            still = 0 if changes(amount / 2, amount) else still + 1
            if still == _STILL:
                return None
        amount *= 2
    return None


def least(meets: Meets, high: float, precision: float = _PRECISION) -> float:
    """The least amount that does it, to half a percent or a hundred euro; `high` does it."""
    if meets(0.0):
        return 0.0
    low = 0.0
    while high - low > max(_LEAST, precision * high):
        middle = _rounded((low + high) / 2)
        low, high = (low, middle) if meets(middle) else (middle, high)
    return high


def near(meets: Meets, guess: float) -> float | None:
    """The least amount that does it to two percent, looked for around a guess; None when not within four times it."""
    low, high = 0.0, guess
    for _ in range(_WIDENINGS):
        if meets(high):
            break
        low, high = high, high * _WIDER
    else:
        return None
    while low == 0.0 and high > _LEAST and meets(high / _WIDER):
        high /= _WIDER
    low = high / _WIDER
    while high - low > max(_LEAST, _NEAR * high):
        middle = _rounded((low + high) / 2)
        low, high = (low, middle) if meets(middle) else (middle, high)
    return high


def _rounded(amount: float) -> float:
    """To four figures: nobody decides on the last euro."""
    return float(f"{amount:.4g}")
