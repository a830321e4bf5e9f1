"""Sharing money over pots, compiled: the live round and the forecast call the same `share`."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from veerkracht.rulebook.handout import Amounts, Flags, hand_out_kernel

Shares = NDArray[np.int64]
MILLIONTHS = 1_000_000

ROUTE = 0
GROUP = 1


class Rows(NamedTuple):
    """Who can be granted something: the rows of all pots, each pot in order, pot after pot. n: rows, P: pots."""

    cost: Amounts  # [n] cents
    bundle: Amounts  # [n] granted whole or not at all, never in two pots; empty when all are alone
    starts: Amounts  # [P + 1] where each pot begins, and at last the number of rows


class Pots(NamedTuple):
    """The pots, in the sequence in which they are served."""

    kinds: Amounts  # [P] ROUTE or GROUP
    shares: Shares  # [P] of the key: millionths, those of the groups together one million
    reserved: Amounts  # [P] cents that each group has of its own; together at most the money


class Terms(NamedTuple):
    """What the split says of money that is in common, and of money that is left."""

    by_key: (
        bool  # the shares divide over the groups what the routes leave; else each has what is reserved for it
    )
    overflow_down: bool  # what a pot leaves goes to the next
    # Nobody is passed over: what a pot leaves stays there as long as somebody in it waits, and when a route can't
    # serve its next request, no more of the common money is handed out.
    strict: bool


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
def share(rows: Rows, pots: Pots, money: int, terms: Terms) -> tuple[Flags, Amounts, Amounts]:
    """Hand out `money` (cents) over pots that are served one after the other.

    A route takes from all that is not reserved; what is left then is for the groups.
    Returns granted for each row, and for each pot what was available and what was spent.
    """
    count = pots.kinds.shape[0]
    granted = np.zeros(rows.cost.shape[0], dtype=np.bool_)
    available = np.zeros(count, dtype=np.int64)
    spent = np.zeros(count, dtype=np.int64)
    parts = pots.reserved.copy()
    common = money - parts.sum()
    divided = not terms.by_key
    for pot in range(count):
        if pots.kinds[pot] == ROUTE:
            available[pot] = common
        else:
            if not divided:
                parts = pots.reserved + _divide_over_groups(common, pots.kinds, pots.shares)
                common = 0
                divided = True
            available[pot] = parts[pot]
            if terms.overflow_down:
                available[pot] += common
                common = 0
        first, last = rows.starts[pot], rows.starts[pot + 1]
        cost = rows.cost[first:last]
        in_pot = rows.bundle[first:last] if rows.bundle.shape[0] else rows.bundle
        granted[first:last] = hand_out_kernel(cost, in_pot, available[pot], terms.strict)
        spent[pot] = _total(cost, granted[first:last])
        if terms.strict and not granted[first:last].all():
            # Somebody waits for what is left here: handing it on would pass that person over.
            if pots.kinds[pot] == ROUTE:
                common = 0
        elif pots.kinds[pot] == ROUTE:
            common = available[pot] - spent[pot]
        elif terms.overflow_down or pots.kinds[count - 1] == ROUTE:
            common += available[pot] - spent[pot]
    return granted, available, spent
