"""The line of each pot: entries in the order that holds, ranked by the rulebook's own sort, met lazily.

A line is ranked once for each order that holds, not once a round: an entry that is over, or whose request was
served, is skipped when it is met. Only the head of a line is looked at in a round, as far as the money reaches.
"""

from typing import Any

import numpy as np

from veerkracht.forecast.arrays import Whole
from veerkracht.forecast.compiling import compiled, plain
from veerkracht.forecast.rounds import layout as at
from veerkracht.forecast.rounds.entries import keys_of
from veerkracht.forecast.rounds.layout import Requests, Rules, Work


@compiled
def form(
    rank: Any, entries: int, requests: Requests, rules: Rules, work: Work, version: int, lines: Whole
) -> None:
    """Put every entry in the line of its pot, in order. `lines` [P + 1] becomes where each line begins.

    Who shares a bundle also stands in the lines of the others of the bundle: a bundle is served in the first
    pot that one of its requests is in, at the place of whoever is first.
    """
    pots = rules.pot.shape[1]
    size = 0
    for pot in range(pots):
        lines[pot] = size
        for entry in range(entries):
            if _stands_in(entry, pot, requests, work):
                work.entry[at.PLACE, size] = entry
                size += 1
    lines[pots] = size
    for pot in range(pots):
        first, last = lines[pot], lines[pot + 1]
        members = work.entry[at.PLACE, first:last]
        keys = keys_of(members, last - first, requests, rules, work, version)
        order = rank(keys, np.arange(last - first))
        for index in range(last - first):
            work.entry[at.LINE, first + index] = members[order[index]]


@plain
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


@plain
def is_over(entry: int, day: int, work: Work) -> bool:
    """Whether an entry can never be served again."""
    return bool(
        work.entry[at.UNTIL, entry] <= day or work.asked[at.SERVED, work.entry[at.REQUEST, entry]] >= 0
    )


@plain
def _share(entry: int, turn: int, requests: Requests, rules: Rules, work: Work) -> float:
    """The part of its cost that an entry can be granted in a round: 1, a part, or 0 when it has to wait."""
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


@plain
def takes_part(entry: int, day: int, turn: int, requests: Requests, rules: Rules, work: Work) -> float:
    """What part of its cost an entry by itself can be granted in a round; 0: it takes no part in it."""
    if (
        work.entry[at.SINCE, entry] > day
        or is_over(entry, day, work)
        or not rules.by_pot[at.OPEN, turn, work.entry[at.POT, entry]]
    ):
        return 0.0
    request = work.entry[at.REQUEST, entry]
    if request < requests.of.shape[1] and not requests.may[at.ELIGIBLE, request, turn]:
        return 0.0
    return _share(entry, turn, requests, rules, work)


@plain
def current(request: int, day: int, work: Work) -> int:
    """The entry in which a request waits on a day; -1 when it no longer does."""
    if work.asked[at.SERVED, request] >= 0:
        return -1
    for entry in range(work.asked[at.ENTRIES_FROM, request], work.asked[at.ENTRIES_FROM, request + 1]):
        if work.entry[at.SINCE, entry] <= day < work.entry[at.UNTIL, entry]:
            return entry
    return -1


@plain
def bundle_pot(request: int, day: int, turn: int, requests: Requests, rules: Rules, work: Work) -> int:
    """The pot in which the bundle of a request is served; -1 when one of it can't take part."""
    pot = int(rules.pot.shape[1])
    for index in range(requests.of[at.MATES_FROM, request], requests.of[at.MATES_UNTIL, request]):
        entry = current(requests.mates[index], day, work)
        if entry < 0:
            continue
        if takes_part(entry, day, turn, requests, rules, work) == 0.0:
            return -1
        pot = min(pot, int(work.entry[at.POT, entry]))
    return pot


@plain
def is_alone(request: int, requests: Requests) -> bool:
    """Whether no other request shares its bundle."""
    if request >= requests.of.shape[1]:
        return True
    return bool(requests.of[at.MATES_UNTIL, request] - requests.of[at.MATES_FROM, request] < 2)
