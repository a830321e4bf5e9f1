"""The line of each pot: entries in the order that holds, ranked by the rulebook's own sort, met lazily.

A line is ranked once for each order that holds, not once a round: an entry that is over, or whose request was
served, is skipped when it is met. Only the head of a line is looked at in a round, as far as the money reaches.
"""

from typing import Any

import numpy as np

from veerkracht.forecast.compiling import compiled, inlined, inner
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds.entries import keys_of
from veerkracht.forecast.rounds.layout import Lines, Requests, Run, Turn, Work


@compiled
def form(rank: Any, run: Run, lines: Lines, version: int, entries: int) -> None:
    """Put every entry in the line of its pot, in the order that holds, and begin at the head of each.

    Who shares a bundle also stands in the lines of the others of the bundle: a bundle is served in the first
    pot that one of its requests is in, at the place of whoever is first.
    """
    work = run.work
    pots = run.rules.pot.shape[1]
    size = 0
    for pot in range(pots):
        lines.begin[pot] = lines.head[pot] = size
        for entry in range(entries):
            if _stands_in(entry, pot, run.requests, work):
                work.entry[at.PLACE, size] = entry
                size += 1
    lines.begin[pots] = size
    for pot in range(pots):
        first, last = lines.begin[pot], lines.begin[pot + 1]
        members = work.entry[at.PLACE, first:last]
        order = rank(keys_of(run, version, members), np.arange(last - first))
        for index in range(last - first):
            work.entry[at.LINE, first + index] = members[order[index]]


@inner
def _stands_in(entry: int, pot: int, requests: Requests, work: Work) -> bool:
    if work.entry[at.POT, entry] == pot:
        return True
    request = work.entry[at.REQUEST, entry]
    if request >= requests.of.shape[1]:
        return False
    for index in range(requests.of[at.MATES_FROM, request], requests.of[at.MATES_UNTIL, request]):
        mate = requests.mates[index]
        for other in range(work.asked[at.ENTRIES_FROM, mate], work.asked[at.ENTRIES_FROM, mate + 1]):
            if work.entry[at.POT, other] == pot and mate != request:
                return True
    return False


@inlined
def is_over(entry: int, day: int, work: Work) -> bool:
    """Whether an entry can never be served again."""
    return bool(
        work.entry[at.UNTIL, entry] <= day or work.asked[at.SERVED, work.entry[at.REQUEST, entry]] >= 0
    )


@inlined
def _share(run: Run, turn: int, entry: int) -> float:
    """The part of its cost that an entry can be granted in a round: 1, a part, or 0 when it has to wait."""
    requests, rules, work = run.requests, run.rules, run.work
    pot = work.entry[at.POT, entry]
    part = rules.by_pot[at.PART_SHARE, turn, pot] / at.MILLIONTHS
    if part == 1.0:
        return 1.0
    request = work.entry[at.REQUEST, entry]
    if request < requests.of.shape[1] and work.asked[at.ENTRIES_FROM, request] == entry:
        may = bool(requests.may[at.HAVE_PART, request, turn])
    else:
        may = rules.by_pot[at.PART_NEW, turn, pot] != 0
    if may and not work.asked[at.PARTED, request]:
        return float(part)
    return 1.0 if rules.by_pot[at.PART_FULL, turn, pot] else 0.0


@inlined
def takes_part(run: Run, turn: Turn, entry: int) -> float:
    """What part of its cost an entry by itself can be granted in a round; 0: it takes no part in it."""
    requests, work = run.requests, run.work
    if (
        work.entry[at.SINCE, entry] > turn.day
        or is_over(entry, turn.day, work)
        or not run.rules.by_pot[at.OPEN, turn.number, work.entry[at.POT, entry]]
    ):
        return 0.0
    request = work.entry[at.REQUEST, entry]
    if request < requests.of.shape[1] and not requests.may[at.ELIGIBLE, request, turn.number]:
        return 0.0
    return _share(run, turn.number, entry)


@inner
def current(request: int, day: int, work: Work) -> int:
    """The entry in which a request waits on a day; -1 when it no longer does."""
    if work.asked[at.SERVED, request] >= 0:
        return -1
    for entry in range(work.asked[at.ENTRIES_FROM, request], work.asked[at.ENTRIES_FROM, request + 1]):
        if work.entry[at.SINCE, entry] <= day < work.entry[at.UNTIL, entry]:
            return entry
    return -1


@inner
def bundle_pot(run: Run, turn: Turn, request: int) -> int:
    """The pot in which the bundle of a request is served; -1 when one of it can't take part."""
    requests, work = run.requests, run.work
    pot = int(run.rules.pot.shape[1])
    for index in range(requests.of[at.MATES_FROM, request], requests.of[at.MATES_UNTIL, request]):
        entry = current(requests.mates[index], turn.day, work)
        if entry < 0:
            continue
        if takes_part(run, turn, entry) == 0.0:
            return -1
        pot = min(pot, int(work.entry[at.POT, entry]))
    return pot


@inner
def is_alone(request: int, requests: Requests) -> bool:
    """Whether no other request shares its bundle."""
    if request >= requests.of.shape[1]:
        return True
    return bool(requests.of[at.MATES_UNTIL, request] - requests.of[at.MATES_FROM, request] < 2)
