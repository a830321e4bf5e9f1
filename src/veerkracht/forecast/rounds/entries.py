"""Who waits where and from when until when, whatever is granted: drawn before the rounds are played.

A request is a chain of entries: in a pot, with a priority date, from a day until a day. It ends by death or
withdrawal, or goes on in another pot with the date of the move as its priority date. None of that depends on
who is granted what, so two plans share it to the day, and the rounds only have to skip who was served.
"""

import math

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.compiling import compiled, inlined, inner
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds.layout import Inputs, Run

YEAR = 365.25
NEVER = 1 << 40
# Requests of the future get numbers above every number that a register gives.
FUTURE = 1 << 44
MOST_MOVES = 8


@inner
def days_until(draw: float, hazard: float) -> int:
    """Whole days until something happens at a hazard a year, for a unit exponential draw."""
    if hazard <= 0.0 or draw / hazard > 10_000.0:
        return NEVER
    return int(math.ceil(draw / hazard * YEAR))


@inlined
def _add_entries(state: np.uint64, run: Run, request: int, entry: int, since: int) -> int:
    """Add the chain of one request, whose first pot and date stand at `entry`. Returns the next free entry."""
    inputs, work = run.inputs, run.work
    patience = luck.exponential(state, work.asked[at.WHO, request], luck.EXIT)
    pot = work.entry[at.POT, entry]
    for move in range(MOST_MOVES):
        hazard = inputs.by_pot[at.EXIT, pot]
        gone = since + days_until(patience, hazard) if hazard > 0.0 else NEVER
        to_any = inputs.move[pot].sum()
        draw = luck.exponential(state, work.asked[at.WHO, request], luck.MOVE + 64 * (move + 1))
        moved = since + days_until(draw, to_any)
        work.entry[at.REQUEST, entry] = request
        work.entry[at.POT, entry] = pot
        work.entry[at.SINCE, entry] = since
        work.entry[at.UNTIL, entry] = min(gone, moved)
        if moved >= gone or moved > run.rules.end or move == MOST_MOVES - 1:
            break
        patience -= hazard * (moved - since) / YEAR
        pot = _target(state, inputs, work.asked[at.WHO, request], pot, move)
        since = moved
        entry += 1
        work.entry[at.POT, entry] = pot
        work.entry[at.DATE, entry] = moved
    return entry + 1


@inner
def _target(state: np.uint64, inputs: Inputs, who: int, pot: int, move: int) -> int:
    at = luck.uniform(state, who, luck.MOVE + 64 * (move + 1) + 32) * inputs.move[pot].sum()
    last = pot
    for other in range(inputs.move.shape[1]):
        if inputs.move[pot, other] > 0.0:
            last = other
            at -= inputs.move[pot, other]
            if at < 0.0:
                break
    return last


@inner
def _drawn_cost(state: np.uint64, inputs: Inputs, who: int, pot: int) -> float:
    """A lognormal amount whose mean is the mean of the pot."""
    z = luck.normal(state, who, luck.COST)
    return float(inputs.by_pot[at.MEAN_COST, pot] * math.exp(inputs.spread * z - 0.5 * inputs.spread**2))


@inner
def _present(state: np.uint64, run: Run) -> int:
    """Enter the requests of the start. Returns the next free entry, or -1 when there is no room."""
    requests, inputs, work = run.requests, run.inputs, run.work
    entry = int(np.int64(0))  # a bare 0 would be a type of its own, and compile all that follows twice
    for row in range(requests.of.shape[1]):
        if entry + MOST_MOVES >= work.entry.shape[1]:
            return -1
        work.asked[at.WHO, row] = requests.of[at.BUNDLE, row]
        work.asked[at.DONOR, row] = -1
        work.asked[at.SERVED, row] = -1
        work.asked[at.PARTED, row] = False
        work.asked[at.MAKES_NEW, row] = requests.of[at.MAKES_HOLDER, row]
        work.price[at.FULL, row] = requests.of[at.COST, row]
        if requests.of[at.COST, row] < 0:
            work.price[at.FULL, row] = _drawn_cost(
                state, inputs, requests.of[at.ID, row], requests.of[at.ASKED_POT, row]
            )
        work.price[at.PART, row] = requests.of[at.PART_COST, row]
        work.asked[at.ENTRIES_FROM, row] = entry
        work.entry[at.POT, entry] = requests.of[at.ASKED_POT, row]
        work.entry[at.DATE, entry] = requests.of[at.PRIORITY, row]
        entry = _add_entries(state, run, row, entry, run.rules.start)
    return entry


@inner
def _arrival_day(units: float, reached: Real, begin: int) -> int:
    """The day on which so many years' worth of arrivals at the rate of the start have come; even within a year."""
    year = int(np.searchsorted(reached, units))
    if year >= reached.shape[0]:
        return NEVER
    before = reached[year - 1] if year > 0 else 0.0
    return begin + int(math.ceil((year + (units - before) / (reached[year] - before)) * YEAR))


@inner
def _future(state: np.uint64, run: Run, entry: int) -> tuple[int, int]:
    """Enter those who will ask. Returns the number of requests and of entries, or -1 when there is no room."""
    rules, inputs, work = run.rules, run.inputs, run.work
    request = run.requests.of.shape[1]
    for pot in range(inputs.by_pot.shape[1]):
        donors = rules.donors_from[pot + 1] - rules.donors_from[pot]
        drawn = 0.0
        count = 0
        begin = rules.start if rules.pot[at.GROUP, pot] > 0 else rules.since
        while inputs.by_pot[at.ARRIVALS, pot] > 0.0:
            who = FUTURE + pot * (FUTURE >> 8) + count
            drawn += luck.exponential(state, who, luck.ARRIVE)
            day = _arrival_day(drawn / inputs.by_pot[at.ARRIVALS, pot], inputs.reached[pot], begin)
            if day > rules.end:
                break
            if request + 2 >= work.asked.shape[1] or entry + MOST_MOVES >= work.entry.shape[1]:
                return -1, -1
            work.asked[at.WHO, request] = who
            work.asked[at.DONOR, request] = -1
            if donors > 0:
                work.asked[at.DONOR, request] = rules.donors[rules.donors_from[pot] + count % donors]
            work.asked[at.SERVED, request] = -1
            work.asked[at.PARTED, request] = False
            work.asked[at.MAKES_NEW, request] = luck.uniform(state, who, luck.NEW_HOLDER) < inputs.holder_new
            work.price[at.FULL, request] = _drawn_cost(state, inputs, who, pot)
            work.price[at.PART, request] = -1.0
            work.asked[at.ENTRIES_FROM, request] = entry
            work.entry[at.POT, entry] = pot
            work.entry[at.DATE, entry] = day
            entry = _add_entries(state, run, request, entry, max(day, rules.start))
            request += 1
            count += 1
    return request, entry


@inner
def enter(state: np.uint64, run: Run) -> int:
    """All chains of one run. Returns the number of entries, or -1 when there is no room."""
    if run.work.price.shape[1] <= run.requests.of.shape[1]:
        return -1
    entry = _present(state, run)
    if entry < 0:
        return -1
    count, entry = _future(state, run, entry)
    if count >= 0:
        run.work.asked[at.ENTRIES_FROM, count] = entry
    return entry


@compiled
def keys_of(run: Run, version: int, entries: Whole) -> Whole:
    """What entries are compared by, as `rulebook.order.key_columns` makes them: int64[entries, k]."""
    requests, rules, work = run.requests, run.rules, run.work
    kinds = rules.key[at.KEY_KIND, version]
    signs = rules.key[at.KEY_SIGN, version]
    present = requests.of.shape[1]
    keys = np.empty((entries.shape[0], kinds.shape[0]), np.int64)
    for index in range(entries.shape[0]):
        entry = entries[index]
        request = work.entry[at.REQUEST, entry]
        is_present = request < present
        unmoved = is_present and work.asked[at.ENTRIES_FROM, request] == entry
        row = request if is_present else work.asked[at.DONOR, request]
        for column in range(kinds.shape[0]):
            if unmoved:
                keys[index, column] = requests.keys[version, request, column]
            elif kinds[column] == at.GROUP_KEY:
                keys[index, column] = signs[column] * rules.pot[at.GROUP, work.entry[at.POT, entry]]
            elif kinds[column] == at.DATE_KEY:
                keys[index, column] = signs[column] * work.entry[at.DATE, entry]
            elif kinds[column] == at.FACT:
                keys[index, column] = requests.keys[version, row, column] if row >= 0 else 0
            else:
                number = requests.of[at.ID, request] if is_present else work.asked[at.WHO, request]
                keys[index, column] = signs[column] * number
    return keys
