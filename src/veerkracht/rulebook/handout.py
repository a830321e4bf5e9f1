"""Handing out an amount in order. The live round and the forecast call this one function."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from veerkracht.rulebook.errors import MoneyFault

Amounts = NDArray[np.int64]
Flags = NDArray[np.bool_]


class AmountFault(MoneyFault, ValueError):
    """An amount that can't be: negative, or not one for each row."""


@njit(cache=True, nogil=True)
def _slots(bundle: Amounts) -> Amounts:
    """For each row the number of the first row of its bundle, by an open hash table."""
    size = bundle.shape[0]
    width = 4
    while width < 2 * size:
        width *= 2
    table = np.full(width, -1, dtype=np.int64)
    first = np.empty(size, dtype=np.int64)
    for row in range(size):
        key = bundle[row]
        slot = (key * np.int64(-7046029254386353131) >> np.int64(20)) & (width - 1)
        while table[slot] >= 0 and bundle[table[slot]] != key:
            slot = (slot + 1) & (width - 1)
        if table[slot] < 0:
            table[slot] = row
        first[row] = table[slot]
    return first


@njit(cache=True, nogil=True)
def hand_out_alone(cost: Amounts, available: int, strict: bool) -> Flags:
    """`hand_out` for rows that each stand alone; if strict, looks no further than the first that misses."""
    granted = np.zeros(cost.shape[0], dtype=np.bool_)
    left = available
    for row in range(cost.shape[0]):
        if cost[row] <= left:
            left -= cost[row]
            granted[row] = True
        elif strict:
            break
    return granted


@njit(cache=True, nogil=True)
def hand_out_kernel(cost: Amounts, bundle: Amounts, available: int, strict: bool) -> Flags:
    """`hand_out` without its checks, for use in compiled loops. An empty `bundle`: all stand alone."""
    if bundle.shape[0] == 0:
        return hand_out_alone(cost, available, strict)
    size = cost.shape[0]
    first = _slots(bundle)
    whole = np.zeros(size, dtype=np.int64)
    for row in range(size):
        whole[first[row]] += cost[row]
    granted = np.zeros(size, dtype=np.bool_)
    left = available
    open_ = True
    for row in range(size):
        if first[row] != row:
            granted[row] = granted[first[row]]
        elif open_ and whole[row] <= left:
            left -= whole[row]
            granted[row] = True
        elif strict:
            open_ = False
    return granted


def hand_out(cost: Amounts, bundle: Amounts, available: int, strict: bool) -> Flags:
    """Who is granted, of rows that are already in order.

    `cost`: what each row takes (cents a year, or places), int64[n]. `bundle`: rows with the same number are
    granted together or not at all, int64[n], or empty when all stand alone; a bundle is served at its first
    row, for the cost of all its rows. `available`: what there is to hand out. `strict`: stop at the first
    bundle that no longer fits; otherwise go on and serve who does fit. Returns bool[n]. Raises
    `AmountFault` (a ValueError) on a negative amount or lengths that differ.
    """
    cost = np.ascontiguousarray(cost, dtype=np.int64)
    bundle = np.ascontiguousarray(bundle, dtype=np.int64)
    if bundle.shape[0] not in (0, cost.shape[0]):
        raise AmountFault(
            f"{cost.shape[0]} costs and {bundle.shape[0]} bundles were given; they must be as many."
        )
    if cost.shape[0] and int(cost.min()) < 0:
        raise AmountFault(f"A cost is {int(cost.min())}; a cost can't be negative.")
    if available < 0:
        raise AmountFault(f"{available} is available; what is handed out can't be negative.")
    return np.asarray(hand_out_kernel(cost, bundle, int(available), bool(strict)), dtype=np.bool_)
