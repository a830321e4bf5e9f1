"""The rows of a round, as far as the money reaches, and the rulebook's own sharing over them."""

import math
from typing import Any, NamedTuple

import numpy as np

from veerkracht.forecast.arrays import Flags, Whole
from veerkracht.forecast.compiling import compiled, inlined, inner
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds import lines as line
from veerkracht.forecast.rounds.layout import Lines, Rules, Run, Turn, Work
from veerkracht.rulebook.sharing import Pots, Rows, Terms

FIRST_WINDOW = 64
EVERYTHING = 1 << 40


class Granted(NamedTuple):
    """What a round gives: to which of the rows in `Work.row`, and where each pot begins among them."""

    to: Flags
    starts: Whole  # [P + 1]


@inner
def _cost_now(full: float, part: float, share: float, level: float) -> int:
    """Cents of a grant at a price level, half a cent up; `part` is the rulebook's own amount where it is known."""
    if share < 1.0:
        full = part if part >= 0.0 else share * full
    return int(math.floor(full * level + 0.5))


@inner
def _gather(run: Run, lines: Lines, turn: Turn, pot: int, size: int) -> tuple[int, bool]:
    """Lay the first of a pot that take part in a round side by side, from row `size` on.

    Looks no further than the line's window. Returns the number of rows now laid and whether that was everyone.
    """
    work, end = run.work, lines.begin[pot + 1]
    place = lines.head[pot]
    while place < end and line.is_over(work.entry[at.LINE, place], turn.day, work):
        place += 1
    lines.head[pot] = place
    first = size
    while place < end:
        if size - first >= lines.look[pot]:
            return _complete_bundles(run, turn, pot, first, size), False
        size = _lay(run, turn, work.entry[at.LINE, place], pot, size)
        place += 1
    return size, True


@inlined
def _lay(run: Run, turn: Turn, entry: int, pot: int, size: int) -> int:
    """Lay one entry down as a row of the round when it takes part in this pot. Returns the number of rows."""
    work = run.work
    share = line.takes_part(run, turn, entry)
    request = work.entry[at.REQUEST, entry]
    if share == 0.0 or work.asked[at.MARK, request] == turn.number:
        return size
    if not line.is_alone(request, run.requests):
        if line.bundle_pot(run, turn, request) != pot:
            return size
        work.asked[at.MARK, request] = turn.number
    full, part = work.price[at.FULL, request], work.price[at.PART, request]
    work.row[at.ROW_ENTRY, size] = entry
    work.row[at.ROW_COST, size] = _cost_now(full, part, share, turn.level)
    work.row[at.ROW_BUNDLE, size] = work.asked[at.WHO, request]
    work.row[at.ROW_PART, size] = share < 1.0
    return size + 1


@inner
def _complete_bundles(run: Run, turn: Turn, pot: int, first: int, size: int) -> int:
    """Lay down the rest of each bundle of which a row is laid: it is granted whole or not at all."""
    requests, work = run.requests, run.work
    for row in range(first, size):
        request = work.entry[at.REQUEST, work.row[at.ROW_ENTRY, row]]
        if line.is_alone(request, requests):
            continue
        for index in range(requests.of[at.MATES_FROM, request], requests.of[at.MATES_UNTIL, request]):
            entry = line.current(requests.mates[index], turn.day, work)
            if entry >= 0:
                size = _lay(run, turn, entry, pot, size)
    return size


@inner
def _clear_marks(size: int, work: Work) -> None:
    for row in range(size):
        work.asked[at.MARK, work.entry[at.REQUEST, work.row[at.ROW_ENTRY, row]]] = -1


@inner
def _window(run: Run, lines: Lines, turn: Turn, starts: Whole, everyone: Flags) -> int:
    """Lay down the rows of all pots. Returns how many; `starts` [P + 1] and `everyone` [P] are filled in."""
    size = int(np.int64(0))
    pots = everyone.shape[0]
    for pot in range(pots):
        starts[pot] = size
        size, everyone[pot] = _gather(run, lines, turn, pot, size)
    starts[pots] = size
    _clear_marks(size, run.work)
    return size


@inner
def _terms(rules: Rules, turn: int, reserved: Whole) -> Terms:
    said = rules.turn[:, turn]
    by_key = said[at.BY_KEY] != 0 or (said[at.ELSE_BY_KEY] != 0 and reserved.sum() == 0)
    return Terms(by_key, said[at.OVERFLOW] != 0, said[at.STRICT] != 0)


@compiled
def hand_out(share: Any, run: Run, lines: Lines, turn: Turn, money: int, reserved: Whole) -> Granted:
    """Let the rulebook share the money out over windows that are wide enough to give the same answer as all."""
    rules, row = run.rules, run.work.row
    pots = reserved.shape[0]
    starts, everyone = np.zeros(pots + 1, np.int64), np.zeros(pots, np.bool_)
    terms = _terms(rules, turn.number, reserved)
    if not terms.strict:
        lines.look[:] = EVERYTHING
    while True:
        size = _window(run, lines, turn, starts, everyone)
        rows = Rows(row[at.ROW_COST, :size], row[at.ROW_BUNDLE, :size], starts)
        served = Pots(rules.pot[at.KIND], rules.by_pot[at.SHARES, turn.number], reserved)
        granted = share(rows, served, money, terms)[0]
        wide_enough = True
        for pot in range(pots):
            if not everyone[pot] and granted[starts[pot] : starts[pot + 1]].all():
                lines.look[pot] *= 4
                wide_enough = False
        if wide_enough:
            for pot in range(pots):
                # A next round probably reaches as far as this one; a window that stayed wide would cost time.
                lines.look[pot] = max(FIRST_WINDOW, 2 * granted[starts[pot] : starts[pot + 1]].sum())
            return Granted(granted, starts)
