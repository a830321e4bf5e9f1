"""A small loss network exactly: every state it can be in, and how long it is in each.

Stays and turnover are then exponential together. The number of states grows with the product of the places, so this is
a referee for networks of a few places; larger ones are played.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.losses.network import LossNetwork, Searches
from veerkracht.forecast.services.layout import YEAR
from veerkracht.rulebook.types import Text

MOST_STATES = 20_000
_TOO_MANY = Text(
    "Dit netwerk heeft meer dan {most} toestanden: speel het na in plaats van het uit te tellen.",
    "This network has more than {most} states: play it instead of counting it out.",
)

# How many searches of each kind are in each zone: a number for each pair of zone and kind.
State = tuple[int, ...]


@dataclass(frozen=True)
class Exact:
    """Shares in the long run. `none`: of the searches of each kind that find no place. `elsewhere`: how many a year
    are placed in each zone although it was not the first in their order.
    """

    none: Real
    elsewhere: Real


def exact(net: LossNetwork) -> Exact:
    """The balance of a network. Raises `ForecastFault` when it has more than `MOST_STATES` states."""
    states = _states(net)
    chance = _balance(net, states)
    none, elsewhere = np.zeros(len(net.searches)), np.zeros(len(net.zones))
    for state, number in states.items():
        for kind, one in enumerate(net.searches):
            zone = _found(net, state, one)
            if zone is None:
                none[kind] += chance[number]
            elif zone != one.order[0]:
                elsewhere[zone] += chance[number] * one.a_year
    return Exact(none, elsewhere)


def _found(net: LossNetwork, state: State, one: Searches) -> int | None:
    """The first zone in the order of a search with room for it."""
    kinds = len(net.searches)
    for zone in one.order:
        there = state[zone * kinds : (zone + 1) * kinds]
        used = sum(count * other.taken for count, other in zip(there, net.searches, strict=True))
        if used + one.taken <= net.zones[zone].places:
            return zone
    return None


def _moves(net: LossNetwork, state: State) -> Iterator[tuple[State, float]]:
    """Where a state goes, and how often a day."""
    kinds = len(net.searches)
    for kind, one in enumerate(net.searches):
        zone = _found(net, state, one)
        if zone is not None:
            yield _changed(state, zone * kinds + kind, 1), one.a_year / YEAR
    for place, count in enumerate(state):
        if count:
            one = net.searches[place % kinds]
            yield _changed(state, place, -1), count / (one.days + one.turnover)


def _changed(state: State, place: int, by: int) -> State:
    return (*state[:place], state[place] + by, *state[place + 1 :])


def _states(net: LossNetwork) -> dict[State, int]:
    """Every state that can be reached from an empty network, numbered."""
    empty = (0,) * (len(net.zones) * len(net.searches))
    numbers = {empty: 0}
    unseen = [empty]
    while unseen:
        for state, _ in _moves(net, unseen.pop()):
            if state not in numbers:
                numbers[state] = len(numbers)
                unseen.append(state)
        if len(numbers) > MOST_STATES:
            raise ForecastFault(_TOO_MANY.fill(most=MOST_STATES))
    return numbers


def _balance(net: LossNetwork, states: dict[State, int]) -> Real:
    """The share of time in each state: what flows in flows out, and all shares add up to one."""
    from scipy.sparse import coo_array
    from scipy.sparse.linalg import spsolve

    flows = [
        (number, states[to], rate) for state, number in states.items() for to, rate in _moves(net, state)
    ]
    size = len(states)
    if size == 1:
        return np.ones(1)
    from_, to, rate = (np.array(column) for column in zip(*flows, strict=True))
    # One equation follows from the others; in its place stands that the shares add up to one.
    rows = np.concatenate([to, from_])
    columns, values = np.concatenate([from_, from_]), np.concatenate([rate, -rate])
    kept = rows > 0
    every = np.arange(size)
    system = coo_array(
        (
            np.concatenate([values[kept], np.ones(size)]),
            (np.concatenate([rows[kept], np.zeros(size, np.int64)]), np.concatenate([columns[kept], every])),
        ),
        shape=(size, size),
    ).tocsc()
    total = np.zeros(size)
    total[0] = 1.0
    return np.asarray(spsolve(system, total), np.float64)
