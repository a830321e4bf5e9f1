"""One run, compiled: arrivals, exits and moves first, then round after round with the rulebook's own rules.

`rank` and `share` are `rulebook.ranking.rank` and `rulebook.sharing.share` (which hands out with
`rulebook.handout.hand_out_kernel`): passed in, so that there is no second copy of a rule.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Whole
from veerkracht.forecast.compiling import compiled, inlined, inner
from veerkracht.forecast.rounds import counting as count
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds import lines as line
from veerkracht.forecast.rounds.entries import enter
from veerkracht.forecast.rounds.layout import (
    Course,
    Inputs,
    Later,
    Lines,
    Out,
    Purse,
    Requests,
    Rules,
    Run,
    Turn,
    Work,
)
from veerkracht.forecast.rounds.windows import FIRST_WINDOW, Granted, hand_out


class Flow(NamedTuple):
    """The money of a round, in cents: as the columns of its ledger, without the growth that follows from them."""

    brought: int
    freed: int
    returned: int
    spent: int
    left: int


@inlined
def _settle(run: Run, course: Course, turn: Turn, row: int, pot: int, recurrent: float) -> int:
    """What follows from one grant. Returns the cents that come back at once because it was declined."""
    rules, inputs, work, out = run.rules, run.inputs, run.work, run.out
    entry = work.row[at.ROW_ENTRY, row]
    request = work.entry[at.REQUEST, entry]
    who = work.asked[at.WHO, request]
    native = work.entry[at.POT, entry]
    count.add(out.counts[at.GRANTED, pot], rules, turn.day, 1.0)
    stays = work.row[at.ROW_PART, row] and rules.by_pot[at.PART_STAYS, turn.number, native]
    if work.row[at.ROW_PART, row]:
        work.asked[at.PARTED, request] = True
    if not stays:
        count.leave_list(entry, turn.number, rules, work, out.counts)
    if luck.uniform(course.luck, who, luck.DECLINE) < inputs.by_pot[at.DECLINE, native]:
        count.add(out.totals[at.DECLINED], rules, turn.day, 1.0)
        return int(work.row[at.ROW_COST, row])
    amount = work.row[at.ROW_COST, row] / turn.level
    if stays:
        work.price[at.FULL, request] -= amount
    heads = int(work.asked[at.MAKES_NEW, request])
    work.asked[at.MAKES_NEW, request] = False
    start = turn.day + count.take_up_days(course.luck, inputs, who)
    lasts = rules.pot[at.LASTS, pot]
    count.hold(run, course, count.Budget(who, start, lasts, amount, recurrent, heads))
    return 0


@inner
def _settle_all(run: Run, course: Course, turn: Turn, granted: Granted, recurrent: float) -> int:
    """What follows from all grants of a round. Returns the cents that come back at once."""
    returned = 0
    for pot in range(granted.starts.shape[0] - 1):
        for row in range(granted.starts[pot], granted.starts[pot + 1]):
            if granted.to[row]:
                returned += _settle(run, course, turn, row, pot, recurrent)
    return returned


@compiled
def _reserve(purse: Whole, rules: Rules, money: int) -> Whole:
    """What is kept for each group: nothing more than there is, and nothing for routes, which come first."""
    pots = rules.pot.shape[1]
    reserved = np.zeros(pots, np.int64)
    left = money
    for pot in range(pots):
        if rules.pot[at.GROUP, pot] > 0:
            reserved[pot] = min(max(0, purse[pot]), left)
            left -= reserved[pot]
    return reserved


@inner
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
def _spent_by_pot(granted: Granted, work: Work) -> Whole:
    pots = granted.starts.shape[0] - 1
    spent = np.zeros(pots, np.int64)
    for pot in range(pots):
        for row in range(granted.starts[pot], granted.starts[pot + 1]):
            if granted.to[row]:
                spent[pot] += work.row[at.ROW_COST, row]
    return spent


@compiled
def _come_in(run: Run, course: Course, turn: Turn) -> int:
    """New money, and what left with holders since the last round. Returns the latter, in cents."""
    purse, new = course.purse, run.inputs.money[:, turn.number]
    back = int(math.floor(course.later.freed[turn.number] * turn.level + 0.5))
    purse.pot[:] += new[at.RECURRENT] + new[at.ONCE]
    purse.pot[-1] += back
    purse.kind[at.RECURRENT] += new[at.RECURRENT].sum() + back
    purse.kind[at.ONCE] += new[at.ONCE].sum()
    return back


@compiled
def _round(share: Any, run: Run, course: Course, number: int) -> None:
    """One round: money comes in, the rulebook hands it out, and what is declined comes back at once."""
    rules, purse = run.rules, course.purse
    level = count.price(run.inputs, rules.turn[at.INDEX_STEPS, number])
    turn = Turn(number, rules.turn[at.ROUND_DAY, number], level)
    brought = purse.pot.sum()
    freed = _come_in(run, course, turn)
    money = max(0, purse.pot.sum())
    granted = hand_out(share, run, course.lines, turn, money, _reserve(purse.pot, rules, money))
    by_pot = _spent_by_pot(granted, run.work)
    spent = by_pot.sum()
    lasting = min(spent, max(0, purse.kind[at.RECURRENT]))
    recurrent = lasting / spent if spent > 0 else 1.0
    _take(purse.pot, by_pot)
    returned = _settle_all(run, course, turn, granted, recurrent)
    purse.pot[-1] += returned
    lasting_back = int(math.floor(returned * recurrent + 0.5))
    purse.kind[at.RECURRENT] += lasting_back - lasting
    purse.kind[at.ONCE] += returned - lasting_back - (spent - lasting)
    _write(rules, run.out, turn, Flow(brought, freed, returned, spent, purse.pot.sum()))


@inner
def _write(rules: Rules, out: Out, turn: Turn, money: Flow) -> None:
    growth = money.left + money.spent - money.returned - money.freed - money.brought
    row = out.ledger[turn.number]
    row[at.BROUGHT], row[at.GROWTH], row[at.FREED] = money.brought, growth, money.freed
    row[at.RETURNED], row[at.SPENT], row[at.LEFT] = money.returned, money.spent, money.left
    count.add(out.totals[at.USED], rules, turn.day, float(money.spent - money.returned))
    count.add(out.totals[at.FREED_YEAR], rules, turn.day, float(money.freed))
    count.add(out.totals[at.GROWTH_YEAR], rules, turn.day, float(growth))


@inner
def _next_in_line(run: Run, lines: Lines, record: int, turn: int) -> None:
    """Days since the priority date of who is next in each pot on a record date; 0 when nobody waits."""
    requests, rules, work = run.requests, run.rules, run.work
    day = rules.record[at.RECORD_DAY, record]
    for pot in range(rules.pot.shape[1]):
        for place in range(lines.head[pot], lines.begin[pot + 1]):
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
            run.out.counts[at.NEXT_IN_LINE, pot, record] = day - work.entry[at.DATE, entry]
            break


@inner
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
def _begin(state: np.uint64, rules: Rules, inputs: Inputs) -> Course:
    """Before the first round: nobody is in line yet, and the money that is there is in common."""
    pots, rounds, records = rules.pot.shape[1], rules.turn.shape[1], rules.record.shape[1]
    lines = Lines(
        np.zeros(pots + 1, np.int64), np.zeros(pots, np.int64), np.full(pots, FIRST_WINDOW, np.int64)
    )
    purse = Purse(np.zeros(pots + 1, np.int64), np.zeros(2, np.int64))
    purse.pot[pots] = purse.kind[at.RECURRENT] = inputs.free
    return Course(state, lines, purse, Later(np.zeros(rounds), np.zeros((2, records))))


@compiled
def _rounds(rank: Any, share: Any, run: Run, course: Course, entries: int) -> None:
    """Round after round; what stands on a record date is put down when the date has come."""
    rules, version = run.rules, run.rules.turn[at.VERSION]
    rounds, records = rules.turn.shape[1], rules.record.shape[1]
    record = int(np.int64(0))
    for turn in range(rounds + 1):
        until = rules.turn[at.ROUND_DAY, turn] if turn < rounds else rules.end + 1
        if turn == 0 or (turn < rounds and version[turn] != version[turn - 1]):
            line.form(rank, run, course.lines, version[min(turn, rounds - 1)], entries)
        while record < records and rules.record[at.RECORD_DAY, record] < until:
            _next_in_line(run, course.lines, record, max(0, turn - 1))
            run.out.totals[at.LEFT_OVER, record] = course.purse.pot.sum()
            record += 1
        if turn < rounds:
            _round(share, run, course, turn)


def play(rank: Any, share: Any, seed: int, number: int, run: Run) -> bool:
    """Play a run into its `out`. False when its `work` has too little room; nothing is then in `out`."""
    requests, rules, inputs, work, out = run
    state = luck.of_run(seed, number)
    entries = enter(state, run)
    if entries < 0:
        return False
    work.asked[at.MARK, :] = -1
    course = _begin(state, rules, inputs)
    count.present_holders(run, course)
    count.count_entries(entries, requests.of.shape[1], rules, work, out.counts)
    _rounds(rank, share, run, course, entries)
    _outcomes(requests, rules, work, out)
    count.add_up(rules, inputs, out, course.later.pay)
    return True
