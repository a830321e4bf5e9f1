"""Sharing money over pots, compiled: the live round and the forecast call the same `share`."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from veerkracht.rulebook.handout import Amounts, Flags, hand_out_kernel

Shares = NDArray[np.int64]
MILLIONTHS = 1_000_000

ROUTE = 0
GROUP = 1


@njit(cache=True, nogil=True)
def divide(money: int, shares: Shares) -> Amounts:
    """Divide an amount by shares in millionths that are together one million: every cent once.

    The cents that rounding leaves go to the largest remainders, the first of equals first.
    """
    parts = np.empty(shares.shape[0], dtype=np.int64)
    remainders = np.empty(shares.shape[0], dtype=np.int64)
    left = money
    for index in range(shares.shape[0]):
        parts[index] = money // MILLIONTHS * shares[index] + money % MILLIONTHS * shares[index] // MILLIONTHS
        remainders[index] = money % MILLIONTHS * shares[index] % MILLIONTHS
        left -= parts[index]
    while left > 0 and shares.shape[0] > 0:
        largest = int(np.argmax(remainders))
        parts[largest] += 1
        remainders[largest] = -1
        left -= 1
    return parts


@njit(cache=True, nogil=True)
def _divide_over_groups(rest: int, kinds: Amounts, shares: Shares) -> Amounts:
    parts = np.zeros(kinds.shape[0], dtype=np.int64)
    groups = np.flatnonzero(kinds == GROUP)
    parts[groups] = divide(rest, shares[groups])
    return parts


@njit(cache=True, nogil=True)
def _total(cost: Amounts, granted: Flags) -> int:
    total = 0
    for row in range(cost.shape[0]):
        if granted[row]:
            total += cost[row]
    return total


@njit(cache=True, nogil=True)
def share(
    cost: Amounts,
    bundle: Amounts,
    starts: Amounts,
    kinds: Amounts,
    shares: Shares,
    reserved: Amounts,
    money: int,
    by_key: bool,
    overflow_down: bool,
    strict: bool,
) -> tuple[Flags, Amounts, Amounts]:
    """Hand out `money` over pots that are served one after the other.

    `cost`, `bundle`: the rows of all pots, each pot in order, pot after pot; `bundle` may be empty (all
    alone) and never spans two pots. `starts`: where each pot begins, and at last the number of rows.
    `kinds`: ROUTE or GROUP for each pot. A route takes from all that is not reserved. `by_key`: what is
    left then is divided over the groups by `shares` (millionths, together one million); otherwise each
    group has `reserved` (together at most `money`). `overflow_down`: what a pot leaves goes to the next.
    `strict`: nobody is passed over, so what a pot leaves stays there as long as somebody in it waits, and
    when a route can't serve its next request, no more of the common money is handed out.
    Returns granted for each row, and for each pot what was available and what was spent.
    """
    count = kinds.shape[0]
    granted = np.zeros(cost.shape[0], dtype=np.bool_)
    available = np.zeros(count, dtype=np.int64)
    spent = np.zeros(count, dtype=np.int64)
    parts = reserved.copy()
    common = money - parts.sum()
    divided = not by_key
    for pot in range(count):
        if kinds[pot] == ROUTE:
            available[pot] = common
        else:
            if not divided:
                parts = reserved + _divide_over_groups(common, kinds, shares)
                common = 0
                divided = True
            available[pot] = parts[pot]
            if overflow_down:
                available[pot] += common
                common = 0
        first, last = starts[pot], starts[pot + 1]
        in_pot = bundle[first:last] if bundle.shape[0] else bundle
        granted[first:last] = hand_out_kernel(cost[first:last], in_pot, available[pot], strict)
        spent[pot] = _total(cost[first:last], granted[first:last])
        if strict and not granted[first:last].all():
            # Somebody waits for what is left here: handing it on would pass that person over.
            if kinds[pot] == ROUTE:
                common = 0
        elif kinds[pot] == ROUTE:
            common = available[pot] - spent[pot]
        elif overflow_down or kinds[count - 1] == ROUTE:
            common += available[pot] - spent[pot]
    return granted, available, spent
