"""One run, compiled: arrivals, exits and moves first, then round after round with the rulebook's own rules.

`rank` and `share` are `rulebook.ranking.rank` and `rulebook.sharing.share` (which hands out with
`rulebook.handout.hand_out_kernel`): passed in, so that there is no second copy of a rule.
"""

import math
from typing import Any

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.compiling import compiled, plain
from veerkracht.forecast.rounds import counting as count
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds import lines as line
from veerkracht.forecast.rounds.entries import enter
from veerkracht.forecast.rounds.layout import Inputs, Out, Requests, Rules, Work
from veerkracht.forecast.rounds.windows import FIRST_WINDOW, hand_out


@plain
def _settle(
    state: np.uint64,
    row: int,
    pot: int,
    turn: int,
    level: float,
    recurrent: float,
    rules: Rules,
    inputs: Inputs,
    work: Work,
    out: Out,
    freed: Real,
    pay: Real,
) -> int:
    """What follows from one grant. Returns the cents that come back at once because it was declined."""
    entry = work.row[at.ROW_ENTRY, row]
    request = work.entry[at.REQUEST, entry]
    who = work.asked[at.WHO, request]
    native = work.entry[at.POT, entry]
    day = rules.turn[at.ROUND_DAY, turn]
    count.add(out.counts[at.GRANTED, pot], rules, day, 1.0)
    stays = work.row[at.ROW_PART, row] and rules.by_pot[at.PART_STAYS, turn, native]
    if work.row[at.ROW_PART, row]:
        work.asked[at.PARTED, request] = True
    if not stays:
        count.leave_list(entry, turn, rules, work, out.counts)
    if luck.uniform(state, who, luck.DECLINE) < inputs.by_pot[at.DECLINE, native]:
        count.add(out.totals[at.DECLINED], rules, day, 1.0)
        return int(work.row[at.ROW_COST, row])
    amount = work.row[at.ROW_COST, row] / level
    if stays:
        work.price[at.FULL, request] -= amount
    heads = int(work.asked[at.MAKES_NEW, request])
    work.asked[at.MAKES_NEW, request] = False
    start = day + count.take_up_days(state, inputs, who)
    lasts = rules.pot[at.LASTS, pot]
    count.hold(state, rules, inputs, who, start, lasts, amount, recurrent, heads, out, freed, pay)
    return 0


@plain
def _settle_all(
    state: np.uint64,
    granted: np.ndarray,
    starts: Whole,
    turn: int,
    level: float,
    recurrent: float,
    rules: Rules,
    inputs: Inputs,
    work: Work,
    out: Out,
    freed: Real,
    pay: Real,
) -> int:
    returned = 0
    for pot in range(starts.shape[0] - 1):
        for row in range(starts[pot], starts[pot + 1]):
            if granted[row]:
                returned += _settle(
                    state, row, pot, turn, level, recurrent, rules, inputs, work, out, freed, pay
                )
    return returned


@compiled
def _reserve(purse: Whole, rules: Rules, turn: int, money: int) -> Whole:
    """What is kept for each group: nothing more than there is, and nothing for routes, which come first."""
    pots = rules.pot.shape[1]
    reserved = np.zeros(pots, np.int64)
    left = money
    for pot in range(pots):
        if rules.pot[at.GROUP, pot] > 0:
            reserved[pot] = min(max(0, purse[pot]), left)
            left -= reserved[pot]
    return reserved


@plain
def _take(purse: Whole, spent: Whole) -> None:
    """Take what each pot spent out of what was kept for it, then out of the common money, then of the rest."""
    common = purse.shape[0] - 1
    for pot in range(common):
        own = min(max(0, purse[pot]), spent[pot])
        purse[pot] -= own
        purse[common] -= spent[pot] - own
    for pot in range(common):
        if purse[common] < 0 and purse[pot] > 0:
            moved = min(-purse[common], purse[pot])
            purse[pot] -= moved
            purse[common] += moved


@compiled
def _spent_by_pot(granted: np.ndarray, starts: Whole, work: Work) -> Whole:
    spent = np.zeros(starts.shape[0] - 1, np.int64)
    for pot in range(starts.shape[0] - 1):
        for row in range(starts[pot], starts[pot + 1]):
            if granted[row]:
                spent[pot] += work.row[at.ROW_COST, row]
    return spent


@compiled
def _round(
    share: Any,
    state: np.uint64,
    turn: int,
    purse: Whole,
    balance: Whole,
    limits: Whole,
    heads: Whole,
    lines: Whole,
    requests: Requests,
    rules: Rules,
    inputs: Inputs,
    work: Work,
    out: Out,
    freed: Real,
    pay: Real,
) -> None:
    """One round. `purse` [P + 1]: money by pot and in common; `balance`: the same, recurrent and one-off."""
    level = count.price(inputs, rules.turn[at.INDEX_STEPS, turn])
    common = purse.shape[0] - 1
    brought = purse.sum()
    back = int(math.floor(freed[turn] * level + 0.5))
    purse += inputs.money[at.RECURRENT, turn] + inputs.money[at.ONCE, turn]
    purse[common] += back
    balance[0] += inputs.money[at.RECURRENT, turn].sum() + back
    balance[1] += inputs.money[at.ONCE, turn].sum()
    money = max(0, purse.sum())
    reserved = _reserve(purse, rules, turn, money)
    starts = np.zeros(common + 1, np.int64)
    granted = hand_out(
        share, turn, money, reserved, limits, heads, lines, level, starts, requests, rules, work
    )
    by_pot = _spent_by_pot(granted, starts, work)
    spent = by_pot.sum()
    lasting = min(spent, max(0, balance[0]))
    recurrent = lasting / spent if spent > 0 else 1.0
    _take(purse, by_pot)
    returned = _settle_all(
        state, granted, starts, turn, level, recurrent, rules, inputs, work, out, freed, pay
    )
    purse[common] += returned
    lasting_back = int(math.floor(returned * recurrent + 0.5))
    balance[0] += lasting_back - lasting
    balance[1] += returned - lasting_back - (spent - lasting)
    _write(turn, rules, out, brought, purse.sum(), back, returned, spent)


@plain
def _write(
    turn: int, rules: Rules, out: Out, brought: int, left: int, freed: int, returned: int, spent: int
) -> None:
    growth = left + spent - returned - freed - brought
    row = out.ledger[turn]
    row[at.BROUGHT], row[at.GROWTH], row[at.FREED] = brought, growth, freed
    row[at.RETURNED], row[at.SPENT], row[at.LEFT] = returned, spent, left
    day = rules.turn[at.ROUND_DAY, turn]
    count.add(out.totals[at.USED], rules, day, float(spent - returned))
    count.add(out.totals[at.FREED_YEAR], rules, day, float(freed))
    count.add(out.totals[at.GROWTH_YEAR], rules, day, float(growth))


@plain
def _next_in_line(
    record: int, turn: int, heads: Whole, lines: Whole, requests: Requests, rules: Rules, work: Work, out: Out
) -> None:
    """Days since the priority date of who is next in each pot on a record date; 0 when nobody waits."""
    day = rules.record[at.RECORD_DAY, record]
    for pot in range(rules.pot.shape[1]):
        for place in range(heads[pot], lines[pot + 1]):
            entry = work.entry[at.LINE, place]
            request = work.entry[at.REQUEST, entry]
            if (
                work.entry[at.POT, entry] != pot
                or work.entry[at.SINCE, entry] > day
                or line.is_over(entry, day, work)
            ):
                continue
            if request < requests.of.shape[1] and not requests.may[at.ELIGIBLE, request, turn]:
                continue
            out.counts[at.NEXT_IN_LINE, pot, record] = day - work.entry[at.DATE, entry]
            break


@plain
def _outcomes(requests: Requests, rules: Rules, work: Work, out: Out) -> None:
    """For each request of the start: in which round it was served, or before which round it had gone."""
    rounds = rules.turn.shape[1]
    for request in range(requests.of.shape[1]):
        if work.asked[at.SERVED, request] >= 0:
            out.outcome[request] = work.asked[at.SERVED, request] + 1
            continue
        gone = count.bin_after(
            rules.turn[at.ROUND_DAY], work.entry[at.UNTIL, work.asked[at.ENTRIES_FROM, request + 1] - 1]
        )
        out.outcome[request] = -(gone + 1) if gone < rounds else 0


@compiled
def _rounds(
    rank: Any,
    share: Any,
    state: np.uint64,
    entries: int,
    requests: Requests,
    rules: Rules,
    inputs: Inputs,
    work: Work,
    out: Out,
    freed: Real,
    pay: Real,
) -> None:
    pots = rules.pot.shape[1]
    rounds, records = rules.turn.shape[1], rules.record.shape[1]
    heads, lines = np.zeros(pots, np.int64), np.zeros(pots + 1, np.int64)
    limits = np.full(pots, FIRST_WINDOW, np.int64)
    purse, balance = np.zeros(pots + 1, np.int64), np.zeros(2, np.int64)
    purse[pots] = inputs.free
    balance[0] = inputs.free
    record = int(np.int64(0))
    for turn in range(rounds + 1):
        until = rules.turn[at.ROUND_DAY, turn] if turn < rounds else rules.end + 1
        if turn == 0 or (turn < rounds and rules.turn[at.VERSION, turn] != rules.turn[at.VERSION, turn - 1]):
            line.form(
                rank, entries, requests, rules, work, rules.turn[at.VERSION, min(turn, rounds - 1)], lines
            )
            heads[:] = lines[:pots]
        while record < records and rules.record[at.RECORD_DAY, record] < until:
            _next_in_line(record, max(0, turn - 1), heads, lines, requests, rules, work, out)
            out.totals[at.LEFT_OVER, record] = purse.sum()
            record += 1
        if turn < rounds:
            _round(
                share,
                state,
                turn,
                purse,
                balance,
                limits,
                heads,
                lines,
                requests,
                rules,
                inputs,
                work,
                out,
                freed,
                pay,
            )


def play(
    rank: Any,
    share: Any,
    seed: int,
    run: int,
    requests: Requests,
    rules: Rules,
    inputs: Inputs,
    work: Work,
    out: Out,
) -> bool:
    """Play one run into `out`. False when `work` has too little room; nothing is then in `out`."""
    state = luck.of_run(seed, run)
    _, entries = enter(state, requests, rules, inputs, work)
    if entries < 0:
        return False
    work.asked[at.MARK, :] = -1
    freed = np.zeros(rules.turn.shape[1])
    pay = np.zeros((2, rules.record.shape[1]))
    count.present_holders(state, rules, inputs, out, freed, pay)
    count.count_entries(entries, requests.of.shape[1], rules, work, out.counts)
    _rounds(rank, share, state, entries, requests, rules, inputs, work, out, freed, pay)
    _outcomes(requests, rules, work, out)
    count.add_up(rules, inputs, out, pay)
    return True
