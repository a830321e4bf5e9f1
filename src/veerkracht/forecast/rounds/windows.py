"""The rows of a round, as far as the money reaches, and the rulebook's own sharing over them."""

import math
from typing import Any

import numpy as np

from veerkracht.forecast.arrays import Flags, Whole
from veerkracht.forecast.compiling import compiled, plain
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds import lines as line
from veerkracht.forecast.rounds.layout import Requests, Rules, Work

FIRST_WINDOW = 64
EVERYTHING = 1 << 40


@plain
def _cost_now(full: float, part: float, share: float, level: float) -> int:
    """Cents of a grant at a price level, half a cent up; `part` is the rulebook's own amount where it is known."""
    if share < 1.0:
        full = part if part >= 0.0 else share * full
    return int(math.floor(full * level + 0.5))


@plain
def _gather(
    pot: int,
    limit: int,
    turn: int,
    size: int,
    heads: Whole,
    lines: Whole,
    level: float,
    requests: Requests,
    rules: Rules,
    work: Work,
) -> tuple[int, bool]:
    """Lay the first of a pot that take part in a round side by side, from row `size` on.

    Looks no further than `limit` rows. Returns the number of rows now laid and whether that was everyone.
    """
    day = rules.turn[at.ROUND_DAY, turn]
    place = heads[pot]
    while place < lines[pot + 1] and line.is_over(work.entry[at.LINE, place], day, work):
        place += 1
    heads[pot] = place
    first = size
    while place < lines[pot + 1]:
        if size - first >= limit:
            return _complete_bundles(pot, first, size, turn, level, requests, rules, work), False
        size = _lay(work.entry[at.LINE, place], pot, size, turn, level, requests, rules, work)
        place += 1
    return size, True


@plain
def _lay(
    entry: int,
    pot: int,
    size: int,
    turn: int,
    level: float,
    requests: Requests,
    rules: Rules,
    work: Work,
) -> int:
    """Lay one entry down as a row of the round when it takes part in this pot. Returns the number of rows."""
    day = rules.turn[at.ROUND_DAY, turn]
    share = line.takes_part(entry, day, turn, requests, rules, work)
    request = work.entry[at.REQUEST, entry]
    if share == 0.0 or work.asked[at.MARK, request] == turn:
        return size
    bundle = work.asked[at.WHO, request]
    if not line.is_alone(request, requests):
        if line.bundle_pot(request, day, turn, requests, rules, work) != pot:
            return size
        work.asked[at.MARK, request] = turn
    work.row[at.ROW_ENTRY, size] = entry
    work.row[at.ROW_COST, size] = _cost_now(
        work.price[at.FULL, request], work.price[at.PART, request], share, level
    )
    work.row[at.ROW_BUNDLE, size] = bundle
    work.row[at.ROW_PART, size] = share < 1.0
    return size + 1


@plain
def _complete_bundles(
    pot: int, first: int, size: int, turn: int, level: float, requests: Requests, rules: Rules, work: Work
) -> int:
    """Lay down the rest of each bundle of which a row is laid: it is granted whole or not at all."""
    for row in range(first, size):
        request = work.entry[at.REQUEST, work.row[at.ROW_ENTRY, row]]
        if line.is_alone(request, requests):
            continue
        for index in range(requests.of[at.MATES_FROM, request], requests.of[at.MATES_UNTIL, request]):
            entry = line.current(requests.mates[index], rules.turn[at.ROUND_DAY, turn], work)
            if entry >= 0:
                size = _lay(entry, pot, size, turn, level, requests, rules, work)
    return size


@plain
def _clear_marks(size: int, work: Work) -> None:
    for row in range(size):
        work.asked[at.MARK, work.entry[at.REQUEST, work.row[at.ROW_ENTRY, row]]] = -1


@plain
def _window(
    turn: int,
    limits: Whole,
    heads: Whole,
    lines: Whole,
    level: float,
    starts: Whole,
    whole: Flags,
    requests: Requests,
    rules: Rules,
    work: Work,
) -> int:
    size = int(np.int64(0))
    for pot in range(limits.shape[0]):
        starts[pot] = size
        size, whole[pot] = _gather(pot, limits[pot], turn, size, heads, lines, level, requests, rules, work)
    starts[limits.shape[0]] = size
    _clear_marks(size, work)
    return size


@compiled
def hand_out(
    share: Any,
    turn: int,
    money: int,
    reserved: Whole,
    limits: Whole,
    heads: Whole,
    lines: Whole,
    level: float,
    starts: Whole,
    requests: Requests,
    rules: Rules,
    work: Work,
) -> Flags:
    """Let the rulebook share the money out over windows that are wide enough to give the same answer as all."""
    pots = limits.shape[0]
    whole = np.zeros(pots, np.bool_)
    by_key = rules.turn[at.BY_KEY, turn] != 0
    by_key = by_key or (rules.turn[at.ELSE_BY_KEY, turn] != 0 and reserved.sum() == 0)
    if not rules.turn[at.STRICT, turn]:
        limits[:] = EVERYTHING
    while True:
        size = _window(turn, limits, heads, lines, level, starts, whole, requests, rules, work)
        granted: Flags = share(
            work.row[at.ROW_COST, :size],
            work.row[at.ROW_BUNDLE, :size],
            starts,
            rules.pot[at.KIND],
            rules.by_pot[at.SHARES, turn],
            reserved,
            money,
            by_key,
            rules.turn[at.OVERFLOW, turn] != 0,
            rules.turn[at.STRICT, turn] != 0,
        )[0]
        wide_enough = True
        for pot in range(pots):
            if not whole[pot] and granted[starts[pot] : starts[pot + 1]].all():
                limits[pot] *= 4
                wide_enough = False
        if wide_enough:
            for pot in range(pots):
                # A next round probably reaches as far as this one; a window that stayed wide would cost time.
                limits[pot] = max(FIRST_WINDOW, 2 * granted[starts[pot] : starts[pot + 1]].sum())
            return granted
