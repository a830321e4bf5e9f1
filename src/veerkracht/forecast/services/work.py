"""Room in which the engine of places and cases plays one run at a time, made once for each worker.

A request is a row of `person` and `moment`, and a row is used again when its request has gone. Whoever stands on
lists is found through nodes, of which `NUMBER` says whose they are: a node of who has gone, or waits no longer, stays
until it comes first, and is then skipped.
"""

from typing import NamedTuple

import numpy as np

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.services.layout import Inputs, Tables

# Purposes of draws that are made again and again for one request lie this far apart.
APART = 64
# `Work.person`. NUMBER: of its wait, new at each. STEP: how often it changed class in this wait or stay. SECOND:
# whether its stay is of the second kind. KEY: its luck. Row 0 is nobody. A free row has in STATION the next free one.
CLASS, STATION, STREAM, NUMBER, STATE, STEP, SECOND, KEY = range(8)
PERSON_COLUMNS = 8
GONE, SEEKS, WAITS, IS_SERVED, TURNS_OVER = range(5)
# `Work.moment`. SINCE: priority date. UNTIL: when its wait or stay ends by itself. DUE: its next event. FATE: the
# chance that decides whether it dies or withdraws.
SINCE, UNTIL, DUE, FATE = range(4)
MOMENT_COLUMNS = 4
# `Work.node`. OF_CHOICE: 0 for the station of first choice.
NODE_PERSON, NODE_NUMBER, NEXT_NODE, OF_CHOICE = range(4)
NODE_COLUMNS = 4
# `Work.line`, the list of a class at a station.
HEAD, TAIL = range(2)
# `Work.station`. SCHEDULED, KNOWN: units open and recognised by schedule. STAFFED_UNITS: open, with staff. BUSY: units
# occupied or turning over. LINED: nodes on its lists.
SCHEDULED, KNOWN, STAFFED_UNITS, BUSY, LINED = range(5)
STATION_COLUMNS = 8
# `Work.later`.
LATER_PERSON, NEXT_LATER = range(2)
# `Work.mark`. VACANT: the station that offers what is free, -1 for none; ALL: and then all that come after it. SEEKER:
# who looks for a place, from the choice RANK on; 0 for nobody. CHOICE: which choice of theirs the station is.
(
    FREE_PERSON,
    PERSONS,
    FREE_NODE,
    NODES,
    FREE_LATER,
    LATERS,
    EVENTS,
    HOLE,
    BUCKET,
    RECORD,
    MONTH,
    CHANGE,
    NUMBERS,
    FULL,
    OVER,
    VACANT,
    ALL,
    SEEKER,
    RANK,
    CHOICE,
) = range(20)
# `Work.now`. FIXED: the next moment that stands in a table (an edge, a record, a month, a change of units).
NOW, FIXED, EDGE, BEGIN, END, WIDTH = range(6)


class Work(NamedTuple):
    """Room for one run."""

    person: Whole  # [persons, 8]
    moment: Real  # [persons, 4]
    node: Whole  # [nodes, 4]
    line: Whole  # [lists, 2]
    station: Whole  # [S, 8]
    coming_at: Real  # [max(N, H) + 1] heap of streams, or of cohorts while the start is laid out
    coming: Whole
    serial: Whole  # [max(N, H), 3] of the next request, its luck, and the luck of the stream
    event_at: Real  # [events] heap
    event: Whole
    later_at: Real  # [events]
    later: Whole  # [events, 2]
    bucket: Whole  # [days + 2]
    mark: Whole
    now: Real
    load: Real  # [Q, R] work of the open units
    carry: Real  # [Q, R] parts of units that the share with staff leaves over
    keys: Whole  # [K + 1, 3] of who stands first on each list of a station
    first: Whole  # [2, K + 1] their units, and their list
    chosen: Whole  # [C] stations that one request chooses
    weight: Real  # [C] of those that are not chosen yet
    leave: Real  # [2, K] hazard of going over to any other class
    by_class: Real  # [K, 16] tally since the last record moment, rows as in `Out`
    by_group: Real  # [G, 8]


class Room(NamedTuple):
    """How many requests at a time, how many places on lists, how many events."""

    persons: int
    nodes: int
    events: int

    def doubled(self) -> "Room":
        return Room(*(2 * size for size in self))


# Up to this many units at a time one heap is as fast as buckets.
_FEW_UNITS = 1_000


def work(tables: Tables, inputs: Inputs, room: Room, shape: tuple[int, int]) -> Work:
    """Room for a run of these tables. `shape`: staff sectors and markets."""
    days = tables.record[-1] - tables.record[0]
    units = int(inputs.change[3].max(initial=0)) * tables.station.shape[1]
    width = 1.0 if units > _FEW_UNITS else days + 1.0
    lists = int(tables.station[2].max(initial=-1)) + tables.kind.shape[1] + 1
    rows = max(tables.stream.shape[1], tables.cohort.shape[1])
    now = np.zeros(6)
    now[BEGIN], now[END], now[WIDTH] = tables.record[0], tables.record[-1], width
    classes = tables.kind.shape[1] + 1
    return Work(
        person=np.zeros((room.persons, PERSON_COLUMNS), np.int64),
        moment=np.zeros((room.persons, MOMENT_COLUMNS)),
        node=np.zeros((room.nodes, NODE_COLUMNS), np.int64),
        line=np.zeros((lists, 2), np.int64),
        station=np.zeros((tables.station.shape[1], STATION_COLUMNS), np.int64),
        coming_at=np.zeros(rows + 5),
        coming=np.zeros(rows + 5, np.int64),
        serial=np.zeros((rows, 3), np.int64),
        event_at=np.zeros(room.events),
        event=np.zeros(room.events, np.int64),
        later_at=np.zeros(room.events),
        later=np.zeros((room.events, 2), np.int64),
        bucket=np.zeros(int(days / width) + 3, np.int64),
        mark=np.zeros(20, np.int64),
        now=now,
        load=np.zeros(shape),
        carry=np.zeros(shape),
        keys=np.zeros((classes, 3), np.int64),
        first=np.zeros((2, classes), np.int64),
        chosen=np.zeros(tables.candidate.shape[0] + 1, np.int64),
        weight=np.zeros(tables.candidate.shape[0] + 1),
        leave=np.zeros((2, tables.kind.shape[1])),
        by_class=np.zeros((tables.kind.shape[1], 16)),
        by_group=np.zeros((int(tables.station[0].max(initial=0)) + 1, 8)),
    )
