"""Counting while a run is played: who waits, who holds, what is paid; kept as changes, added up at the end.

A change on a day is put with the first record date on or after it, so that a run never sweeps its list.
"""

import math
from typing import NamedTuple

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.compiling import inlined, inner
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds.entries import NEVER, YEAR, days_until
from veerkracht.forecast.rounds.layout import Course, Inputs, Out, Rules, Run, Work

HOLDER = 1 << 52


@inner
def bin_after(days: Whole, day: int) -> int:
    """The first of `days` on or after a day; their number when there is none."""
    return int(np.searchsorted(days, day))


@inlined
def add(row: Real, rules: Rules, day: int, amount: float) -> None:
    """Count something that happens on a day with the first record date on or after it."""
    if day <= rules.end:
        at_record = bin_after(rules.record[at.RECORD_DAY], day)
        if at_record < row.shape[0]:
            row[at_record] += amount


@inner
def price(inputs: Inputs, steps: int) -> float:
    """The price level, 1 at the start."""
    return math.pow(1.0 + inputs.prices, steps)


@inlined
def _pay(pay: Real, rules: Rules, day: int, amount: float) -> None:
    """A budget of so many cents a year begins (or, negative, ends) on a day. `pay` [2, J]: rate and moment."""
    if day <= rules.end:
        record = bin_after(rules.record[at.RECORD_DAY], day)
        if record < pay.shape[1]:
            pay[0, record] += amount
            pay[1, record] += amount * (rules.record[at.RECORD_DAY, record] - day) / YEAR


class Budget(NamedTuple):
    """A budget that begins."""

    who: int
    start: int  # day
    lasts: int  # days at most
    amount: float  # cents a year, of the start
    recurrent: float  # the part that comes back when it ends
    heads: int  # how many it makes a holder, 0 or 1


@inlined
def hold(run: Run, course: Course, budget: Budget) -> None:
    """Somebody starts on a day: count them, and put down when they leave and what money then comes back."""
    rules, holders, freed = run.rules, run.out.totals[at.HOLDERS], course.later.freed
    draw = luck.exponential(course.luck, budget.who, luck.LEAVE)
    leaves = budget.start + min(days_until(draw, run.inputs.holder_exit), budget.lasts)
    add(holders, rules, budget.start, float(budget.heads))
    _pay(course.later.pay, rules, budget.start, budget.amount)
    if leaves > rules.end:
        return
    add(holders, rules, leaves, -float(budget.heads))
    _pay(course.later.pay, rules, leaves, -budget.amount)
    turn = bin_after(rules.turn[at.ROUND_DAY], leaves)
    if turn < freed.shape[0]:
        freed[turn] += budget.amount * budget.recurrent


@inner
def take_up_days(state: np.uint64, inputs: Inputs, who: int) -> int:
    """Days between grant and start: evenly spread between nothing and twice the mean."""
    return int(math.ceil(2.0 * inputs.take_up * YEAR * luck.uniform(state, who, luck.TAKE_UP)))


@inner
def present_holders(run: Run, course: Course) -> None:
    """Those who hold a budget at the start, and those who were granted one and have yet to begin."""
    inputs = run.inputs
    count = inputs.holders + inputs.starting
    if count == 0:
        return
    mean = inputs.holder_cost / max(1, inputs.holders)
    one = int(np.int64(1))  # a bare 1 would be a type of its own, and compile all that follows twice
    for number in range(count):
        who = HOLDER + number
        start = run.rules.start
        if number >= inputs.holders:
            start += take_up_days(course.luck, inputs, who)
        hold(run, course, Budget(who, start, int(np.int64(NEVER)), mean, 1.0, one))


@inner
def count_entries(entries: int, present: int, rules: Rules, work: Work, counts: Real) -> None:
    """Count arrivals, exits, moves and who waits, as if nobody were ever served."""
    for entry in range(entries):
        pot = work.entry[at.POT, entry]
        request = work.entry[at.REQUEST, entry]
        if request >= present and work.asked[at.ENTRIES_FROM, request] == entry:
            add(counts[at.ARRIVED, pot], rules, work.entry[at.SINCE, entry], 1.0)
        _count_entry(entry, rules, work, counts, 1.0)


@inner
def _count_entry(entry: int, rules: Rules, work: Work, counts: Real, sign: float) -> None:
    """Count the wait of an entry and how it ends; with -1 it is as if it had not been."""
    pot = work.entry[at.POT, entry]
    request = work.entry[at.REQUEST, entry]
    add(counts[at.WAITING, pot], rules, work.entry[at.SINCE, entry], sign)
    if work.asked[at.ENTRIES_FROM, request] != entry:
        add(counts[at.MOVED_IN, pot], rules, work.entry[at.SINCE, entry], sign)
    _count_end(entry, rules, work, counts, sign)


@inner
def _count_end(entry: int, rules: Rules, work: Work, counts: Real, sign: float) -> None:
    pot = work.entry[at.POT, entry]
    moves_on = entry + 1 < work.asked[at.ENTRIES_FROM, work.entry[at.REQUEST, entry] + 1]
    add(counts[at.WAITING, pot], rules, work.entry[at.UNTIL, entry], -sign)
    add(counts[at.MOVED_OUT if moves_on else at.EXITED, pot], rules, work.entry[at.UNTIL, entry], sign)


@inner
def leave_list(entry: int, turn: int, rules: Rules, work: Work, counts: Real) -> None:
    """A request is off the list from a round on: what would have happened to it later does not."""
    request = work.entry[at.REQUEST, entry]
    work.asked[at.SERVED, request] = turn
    add(counts[at.WAITING, work.entry[at.POT, entry]], rules, rules.turn[at.ROUND_DAY, turn], -1.0)
    _count_end(entry, rules, work, counts, -1.0)
    for later in range(entry + 1, work.asked[at.ENTRIES_FROM, request + 1]):
        _count_entry(later, rules, work, counts, -1.0)


@inner
def add_up(rules: Rules, inputs: Inputs, out: Out, pay: Real) -> None:
    """Make stocks and amounts of the year to date of the changes that were kept."""
    for pot in range(out.counts.shape[1]):
        _stock(out.counts[at.WAITING, pot])
        for kind in (at.ARRIVED, at.EXITED, at.MOVED_IN, at.MOVED_OUT, at.GRANTED):
            out.counts[kind, pot, 0] = 0.0
            _year_to_date(out.counts[kind, pot], rules)
    rate = 0.0
    for record in range(1, rules.record.shape[1]):
        rate += pay[0, record - 1]
        years = (rules.record[at.RECORD_DAY, record] - rules.record[at.RECORD_DAY, record - 1]) / YEAR
        paid = rate * years + pay[1, record]
        out.totals[at.PAID, record] = paid * price(inputs, rules.record[at.RECORD_STEPS, record])
    _stock(out.totals[at.HOLDERS])
    for kind in (at.USED, at.FREED_YEAR, at.GROWTH_YEAR, at.PAID, at.DECLINED):
        _year_to_date(out.totals[kind], rules)


@inner
def _stock(row: Real) -> None:
    for record in range(1, row.shape[0]):
        row[record] += row[record - 1]


@inner
def _year_to_date(row: Real, rules: Rules) -> None:
    for record in range(1, row.shape[0]):
        if not rules.record[at.NEW_YEAR, record - 1]:
            row[record] += row[record - 1]
