"""What the compiled engine reads and writes: named groups of arrays, no object per person.

Days are whole days since 1970-01-01. Money is whole cents; an amount "of the start" is in the prices of the
start date and is multiplied by the price index when it is used. n: requests on the list at the start, R: rounds,
J: record dates (the first is the start itself), P: pots (routes first, then groups), V: versions of the
order, k: keys of the longest order.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]
Small = NDArray[np.int16]

# What a key of the order is made of: a fact of the request that does not change, or one that the engine knows.
FACT, GROUP_KEY, DATE_KEY, ID_KEY = range(4)

# Columns of the ledger of a round, in cents. The first five together are the last.
BROUGHT, GROWTH, FREED, RETURNED, SPENT, LEFT = range(6)

# Rows of the counts that a run keeps for every record date, each for every pot.
WAITING, ARRIVED, EXITED, MOVED_IN, MOVED_OUT, GRANTED, NEXT_IN_LINE = range(7)
COUNTS = 7
# Rows of what a run keeps for every record date for the programme as a whole.
HOLDERS, USED, LEFT_OVER, FREED_YEAR, GROWTH_YEAR, PAID, DECLINED = range(7)
TOTALS = 7


class Requests(NamedTuple):
    """The list at the start, in its order. [n] unless said otherwise."""

    id: Whole
    bundle: Whole  # who shares luck and is granted together
    pot: Whole
    date: Whole  # priority date
    cost: Whole  # cents a year of the start; -1: unknown, drawn in each run
    part_cost: Whole  # the same for the part that partial budgets give; -1: unknown
    first: Flags  # makes someone a holder who is not one yet
    keys: Whole  # [V, n, k]
    eligible: Flags  # [n, R]
    part: Flags  # [n, R] may be granted a part
    mates: Whole  # row numbers of requests that share a bundle, bundle after bundle
    mates_from: Whole  # [n] where a request's bundle begins in `mates`
    mates_until: Whole  # [n]


class Rules(NamedTuple):
    """The calendar, and what the programme's dated rules say on each round."""

    start: int
    end: int
    since: int  # from when grants outside the queue wait for the first round; at most the start
    round_day: Whole  # [R]
    record_day: Whole  # [J]
    new_year: Flags  # [J] a year to date begins after this record date
    index_steps: Whole  # [R] how often the price index has gone up since the start
    record_steps: Whole  # [J]
    kinds: Whole  # [P] ROUTE or GROUP of `rulebook.sharing`
    group: Whole  # [P] number of the group, 0 for a route
    open: Flags  # [R, P]
    lasts: Real  # [P] years that a grant lasts when the route is temporary, else infinite
    by_key: Flags  # [R]
    else_by_key: Flags  # [R] by key in a round without envelopes
    overflow: Flags  # [R]
    strict: Flags  # [R]
    shares: Whole  # [R, P] millionths
    part_share: Real  # [R, P] part that is granted; 1 when there are no partial budgets
    part_full: Flags  # [R, P] whether those without right to a part get the whole
    part_stays: Flags  # [R, P] whether who gets a part stays on the list for the rest
    part_new: Flags  # [R, P] whether those who arrive later may get a part
    version: Whole  # [R] which order holds
    key_kind: Whole  # [V, k]
    key_sign: Whole  # [V, k]
    donors: Whole  # row numbers whose facts new requests take over, pot after pot
    donors_from: Whole  # [P + 1]


class Inputs(NamedTuple):
    """What is uncertain, for one run."""

    arrivals: Real  # [P] requests a year at the start
    growth: float  # of arrivals, a year
    exit: Real  # [P] hazard a year
    move: Real  # [P, P] hazard a year
    cost: Real  # [P] mean cents a year of a grant, of the start
    spread: float  # standard deviation of its logarithm
    decline: Real  # [P] probability
    holder_exit: float  # hazard a year
    holder_new: float  # probability
    take_up: float  # mean years between grant and start
    prices: float  # rise of prices a year
    holders: int
    starting: int  # of the holders-to-be at the start: granted, not yet started
    holder_cost: int  # cents a year of all holders together
    free: int  # cents
    recurrent: Whole  # [R, P + 1] new money by pot, the last column for no pot in particular
    once: Whole  # [R, P + 1]


class Work(NamedTuple):
    """Room for one run at a time; made once for each worker."""

    # a request: the first n are those of the start
    who: Whole
    cost: Real
    part_cost: Real
    donor: Whole  # -1 for requests of the start
    first: Flags
    parted: Flags
    served: Whole  # round, -1 while not served
    entries_from: Whole
    # an entry: a request in a pot, from a day until a day
    request: Whole
    pot: Whole
    date: Whole
    since: Whole
    until: Whole
    line: Whole  # entry numbers in order, pot after pot
    place: Whole  # entry numbers by pot, before ordering
    mark: Whole
    # the window of a round
    row_entry: Whole
    row_cost: Whole
    row_bundle: Whole
    row_part: Flags


class Out(NamedTuple):
    """What is kept of one run."""

    counts: Real  # [COUNTS, P, J]
    totals: Real  # [TOTALS, J]
    ledger: Whole  # [R, 6]
    outcome: Small  # [n] 1 + round when served, -(1 + round) when gone before that round, 0 while waiting


def work(requests: int, entries: int) -> Work:
    """Room for so many requests and entries."""
    return Work(
        who=np.zeros(requests, np.int64),
        cost=np.zeros(requests),
        part_cost=np.zeros(requests),
        donor=np.zeros(requests, np.int64),
        first=np.zeros(requests, np.bool_),
        parted=np.zeros(requests, np.bool_),
        served=np.zeros(requests, np.int64),
        entries_from=np.zeros(requests + 1, np.int64),
        request=np.zeros(entries, np.int64),
        pot=np.zeros(entries, np.int64),
        date=np.zeros(entries, np.int64),
        since=np.zeros(entries, np.int64),
        until=np.zeros(entries, np.int64),
        line=np.zeros(entries, np.int64),
        place=np.zeros(entries, np.int64),
        mark=np.zeros(requests, np.int64),
        row_entry=np.zeros(entries, np.int64),
        row_cost=np.zeros(entries, np.int64),
        row_bundle=np.zeros(entries, np.int64),
        row_part=np.zeros(entries, np.bool_),
    )
