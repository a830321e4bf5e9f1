"""The line of each pot: entries in the order that holds, ranked by the rulebook's own sort, met lazily.

A line is ranked once for each order that holds, not once a round: an entry that is over, or whose request was
served, is skipped when it is met. Only the head of a line is looked at in a round, as far as the money reaches.
"""

from typing import Any

import numpy as np

from veerkracht.forecast.compiling import compiled, plain
from veerkracht.forecast.entries import keys_of
from veerkracht.forecast.layout import Requests, Rules, Whole, Work


@compiled
def form(
    rank: Any, entries: int, requests: Requests, rules: Rules, work: Work, version: int, lines: Whole
) -> None:
    """Put every entry in the line of its pot, in order. `lines` [P + 1] becomes where each line begins.

    Who shares a bundle also stands in the lines of the others of the bundle: a bundle is served in the first
    pot that one of its requests is in, at the place of whoever is first.
    """
    pots = rules.kinds.shape[0]
    size = 0
    for pot in range(pots):
        lines[pot] = size
        for entry in range(entries):
            if _stands_in(entry, pot, requests, work):
                work.place[size] = entry
                size += 1
    lines[pots] = size
    for pot in range(pots):
        first, last = lines[pot], lines[pot + 1]
        members = work.place[first:last]
        keys = keys_of(members, last - first, requests, rules, work, version)
        order = rank(keys, np.arange(last - first))
        for index in range(last - first):
            work.line[first + index] = members[order[index]]


@plain
def _stands_in(entry: int, pot: int, requests: Requests, work: Work) -> bool:
    if work.pot[entry] == pot:
        return True
    request = work.request[entry]
    if request >= requests.id.shape[0]:
        return False
    for index in range(requests.mates_from[request], requests.mates_until[request]):
        mate = requests.mates[index]
        for other in range(work.entries_from[mate], work.entries_from[mate + 1]):
            if work.pot[other] == pot and mate != request:
                return True
    return False


@plain
def is_over(entry: int, day: int, work: Work) -> bool:
    """Whether an entry can never be served again."""
    return bool(work.until[entry] <= day or work.served[work.request[entry]] >= 0)


@plain
def _share(entry: int, turn: int, requests: Requests, rules: Rules, work: Work) -> float:
    """The part of its cost that an entry can be granted in a round: 1, a part, or 0 when it has to wait."""
    pot = work.pot[entry]
    part = rules.part_share[turn, pot]
    if part == 1.0:
        return 1.0
    request = work.request[entry]
    if request < requests.id.shape[0] and work.entries_from[request] == entry:
        may = requests.part[request, turn]
    else:
        may = rules.part_new[turn, pot]
    if may and not work.parted[request]:
        return float(part)
    return 1.0 if rules.part_full[turn, pot] else 0.0


@plain
def takes_part(entry: int, day: int, turn: int, requests: Requests, rules: Rules, work: Work) -> float:
    """What part of its cost an entry by itself can be granted in a round; 0: it takes no part in it."""
    if work.since[entry] > day or is_over(entry, day, work) or not rules.open[turn, work.pot[entry]]:
        return 0.0
    request = work.request[entry]
    if request < requests.id.shape[0] and not requests.eligible[request, turn]:
        return 0.0
    return _share(entry, turn, requests, rules, work)


@plain
def current(request: int, day: int, work: Work) -> int:
    """The entry in which a request waits on a day; -1 when it no longer does."""
    if work.served[request] >= 0:
        return -1
    for entry in range(work.entries_from[request], work.entries_from[request + 1]):
        if work.since[entry] <= day < work.until[entry]:
            return entry
    return -1


@plain
def bundle_pot(request: int, day: int, turn: int, requests: Requests, rules: Rules, work: Work) -> int:
    """The pot in which the bundle of a request is served; -1 when one of it can't take part."""
    pot = int(rules.kinds.shape[0])
    for index in range(requests.mates_from[request], requests.mates_until[request]):
        entry = current(requests.mates[index], day, work)
        if entry < 0:
            continue
        if takes_part(entry, day, turn, requests, rules, work) == 0.0:
            return -1
        pot = min(pot, int(work.pot[entry]))
    return pot


@plain
def is_alone(request: int, requests: Requests) -> bool:
    """Whether no other request shares its bundle."""
    if request >= requests.id.shape[0]:
        return True
    return bool(requests.mates_until[request] - requests.mates_from[request] < 2)
