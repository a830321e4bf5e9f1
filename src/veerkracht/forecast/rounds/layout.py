"""What the compiled engine reads and writes: a few tables of numbers, no object per person.

Each table is an array whose first axis is a row of the names below it, so `work.entry[UNTIL, entry]` is the day on
which an entry ends. Few and large tables: the engine is compiled for each array that it is handed, and dozens of
small ones took most of a minute.

Days are whole days since 1970-01-01. Money is whole cents; an amount "of the start" is in the prices of the
start date and is multiplied by the price level when it is used. Flags are 0 or 1. n: requests on the list at the
start, R: rounds, J: record dates (the first is the start itself), P: pots (routes first, then groups, in the sequence
in which they are served), V: versions of the order, k: keys of the longest order.
"""

from typing import NamedTuple

import numpy as np

from veerkracht.forecast.arrays import Flags, Real, Small, Whole

MILLIONTHS = 1_000_000
# What a key of the order is made of: a fact of the request that does not change, or one that the engine knows.
FACT, GROUP_KEY, DATE_KEY, ID_KEY = range(4)

# Columns of the ledger of a round, in cents. The first four less the fifth are the last.
BROUGHT, GROWTH, FREED, RETURNED, SPENT, LEFT = range(6)

# Rows of the counts that a run keeps for every record date, each for every pot.
WAITING, ARRIVED, EXITED, MOVED_IN, MOVED_OUT, GRANTED, NEXT_IN_LINE = range(7)
COUNTS = 7
# Rows of what a run keeps for every record date for the programme as a whole.
HOLDERS, USED, LEFT_OVER, FREED_YEAR, GROWTH_YEAR, PAID, DECLINED = range(7)
TOTALS = 7

# `Requests.of`. BUNDLE: who shares luck and is granted together. PRIORITY: priority date. COST: cents a year of
# the start, -1 when unknown and drawn in each run; PART_COST: the same for the part that partial budgets give.
# MAKES_HOLDER: makes someone a holder who is not one yet. MATES_FROM, MATES_UNTIL: its bundle in `mates`.
ID, BUNDLE, ASKED_POT, PRIORITY, COST, PART_COST, MAKES_HOLDER, MATES_FROM, MATES_UNTIL = range(9)
# `Requests.may`: whether it can be granted in a round; whether it then may have a part.
ELIGIBLE, HAVE_PART = range(2)


class Requests(NamedTuple):
    """The list at the start, in its order."""

    of: Whole  # [9, n]
    may: Flags  # [2, n, R]
    keys: Whole  # [V, n, k] as `rulebook.order.key_columns` makes them
    mates: Whole  # [n] row numbers, bundle after bundle


# `Rules.turn`. INDEX_STEPS: how often the price index has gone up since the start. BY_KEY, OVERFLOW, STRICT: of the
# split that holds; ELSE_BY_KEY: by key in a round without envelopes. VERSION: which order holds.
ROUND_DAY, INDEX_STEPS, BY_KEY, ELSE_BY_KEY, OVERFLOW, STRICT, VERSION = range(7)
# `Rules.record`. NEW_YEAR: the next record date lies in another year.
RECORD_DAY, RECORD_STEPS, NEW_YEAR = range(3)
# `Rules.pot`. KIND: ROUTE or GROUP of `rulebook.sharing`. GROUP: its number, 0 for a route. LASTS: days of a grant.
KIND, GROUP, LASTS = range(3)
# `Rules.by_pot`. SHARES: of the key, millionths. PART_SHARE: the part that is granted, millionths. PART_FULL: those
# without right to a part get the whole. PART_STAYS: who gets a part stays on the list for the rest. PART_NEW: those who
# come later may have a part.
OPEN, SHARES, PART_SHARE, PART_FULL, PART_STAYS, PART_NEW = range(6)
# `Rules.key`.
KEY_KIND, KEY_SIGN = range(2)


class Rules(NamedTuple):
    """The calendar, and what the programme's dated rules say on each round."""

    start: int
    end: int
    since: int  # from when grants outside the queue wait for the first round; at most the start
    turn: Whole  # [7, R]
    record: Whole  # [3, J]
    pot: Whole  # [3, P]
    by_pot: Whole  # [6, R, P]
    key: Whole  # [2, V, k]
    donors: Whole  # row numbers whose facts new requests take over, pot after pot
    donors_from: Whole  # [P + 1]


# `Inputs.by_pot`. ARRIVALS: requests a year at the start. EXIT: hazard a year. MEAN_COST: cents a year of a grant, of
# the start. DECLINE: probability.
ARRIVALS, EXIT, MEAN_COST, DECLINE = range(4)
# `Inputs.money`: what comes new in a round, by pot, the last column for no pot in particular.
RECURRENT, ONCE = range(2)


class Inputs(NamedTuple):
    """What is uncertain, for one run."""

    by_pot: Real  # [4, P]
    move: Real  # [P, P] hazard a year
    money: Whole  # [2, R, P + 1] cents
    reached: Real  # [P, Y] by the end of each year since the start: years' worth of arrivals at the rate of the start
    spread: float  # standard deviation of the logarithm of a cost
    holder_exit: float  # hazard a year
    holder_new: float  # probability
    take_up: float  # mean years between grant and start
    prices: float  # rise a year
    holders: int
    starting: int  # holders-to-be at the start: granted, not yet started
    holder_cost: int  # cents a year of all holders together
    free: int  # cents


# `Work.asked`, a request; the first n are those of the start. DONOR: -1 for none. SERVED: round, -1 while not served.
WHO, DONOR, MAKES_NEW, PARTED, SERVED, MARK, ENTRIES_FROM = range(7)
# `Work.price`: cents of the start that it asks, and of its part (-1: not known apart).
FULL, PART = range(2)
# `Work.entry`, a request in a pot from a day until a day. LINE: entries in order, pot after pot; PLACE: by pot only.
REQUEST, POT, DATE, SINCE, UNTIL, LINE, PLACE = range(7)
# `Work.row`, the window of a round.
ROW_ENTRY, ROW_COST, ROW_BUNDLE, ROW_PART = range(4)


class Work(NamedTuple):
    """Room for one run at a time; made once for each worker."""

    asked: Whole
    price: Real
    entry: Whole
    row: Whole


class Out(NamedTuple):
    """What is kept of one run."""

    counts: Real  # [COUNTS, P, J]
    totals: Real  # [TOTALS, J]
    ledger: Whole  # [R, 6]
    outcome: Small  # [n] 1 + round when served, -(1 + round) when gone before that round, 0 while waiting


class Run(NamedTuple):
    """One run: what it reads, the room in which it is played, and what is kept of it."""

    requests: Requests
    rules: Rules
    inputs: Inputs
    work: Work
    out: Out


class Lines(NamedTuple):
    """The line of each pot in `Work.entry[LINE]`, and how far it has come."""

    begin: Whole  # [P + 1] where each line begins
    head: Whole  # [P] all who stand before it are off the list
    look: Whole  # [P] how many rows a round looks at first


class Purse(NamedTuple):
    """Money that is there and not spent, in cents, told apart in two ways."""

    pot: Whole  # [P + 1] by pot, the last in common
    kind: Whole  # [2] RECURRENT and ONCE


class Later(NamedTuple):
    """What follows from grants, kept until its time comes."""

    freed: Real  # [R] cents of the start that come back with each round
    pay: Real  # [2, J] cents a year of the start that begin by each record date, and cents paid until that date


class Course(NamedTuple):
    """What goes on from round to round."""

    luck: np.uint64
    lines: Lines
    purse: Purse
    later: Later


class Turn(NamedTuple):
    """The round that is played: its number, its day and the price level on it, 1 at the start."""

    number: int
    day: int
    level: float


def work(requests: int, entries: int) -> Work:
    """Room for so many requests and entries."""
    return Work(
        asked=np.zeros((7, requests + 1), np.int64),
        price=np.zeros((2, requests)),
        entry=np.zeros((7, entries), np.int64),
        row=np.zeros((4, entries), np.int64),
    )
