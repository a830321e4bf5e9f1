"""What the compiled engine of places and cases reads and writes: a few tables of numbers, no object per person.

Each table is an array with an axis of rows named here, so `inputs.by_class[TURNOVER, k]` is the turnover of class k.
A station is what serves: a home, a shelter, a team; its units are places, or cases of a team. A stream is where
requests come from: one area and one class of one programme. A class is who a request is: its priority, its care
category and how many units it takes together (its bundle), in one programme. The classes of one programme are
neighbours.

Moments are days as a real number: d is the evening of day d (days since 1970-01-01), so what holds from the morning
of day d holds from moment d - 1. Hazards are a year of 365.25 days. Flags are 0 or 1.
S: stations, N: streams, K: classes, P: programmes, G: groups of stations that are counted together, C: rows of
candidate stations, H: cohorts at the start, D: changes of units, Y: years, M: months, J: record moments (the first is
the start itself), Q: staff sectors, R: labour markets.
"""

from typing import NamedTuple

import numpy as np

from veerkracht.forecast.arrays import Real, Whole

YEAR = 365.25

# `Tables.station`. GROUP: where it is counted. CLASSES_FROM: the first class of its programme. LISTS_FROM: where its
# lists begin, one for each class of its programme; -1 for a station without a list, at which nobody waits. STRICT: when
# who is next asks more units than are free, they are kept free; else who is next and fits gets them. SECTOR, MARKET:
# whose staff opens it; -1 when it is open whatever the staff.
GROUP, CLASSES_FROM, LISTS_FROM, STRICT, SECTOR, MARKET = range(6)
STATION_ROWS = 6
# `Tables.stream`. CLASS: of who comes. SEASON: row of `Inputs.season`. FROM, UNTIL: its candidate stations in
# `Tables.candidate`. CHOICES: on how many of them a request stands. ONWARD: the stream that who ends a stay joins, with
# the chance of `by_class[GOES_ON]`; -1 for none.
CLASS, SEASON, FROM, UNTIL, CHOICES, ONWARD = range(6)
STREAM_ROWS = 6
# `Tables.kind`, by class. WEIGHT: lower is served first. SIZE: units taken together. PROGRAMME_FROM, PROGRAMME_UNTIL:
# the classes of its programme.
WEIGHT, SIZE, PROGRAMME_FROM, PROGRAMME_UNTIL = range(4)
KIND_ROWS = 4
# `Tables.cohort`: requests of the start. AT: the station that serves them, or -1 when they wait. OF: their stream,
# whose candidates they chose from; -1 at a station: nobody has these units, they turn over. MIX: the row of
# `Inputs.mix` that gives their classes.
AT, OF, MIX = range(3)
COHORT_ROWS = 3


class Tables(NamedTuple):
    """What all runs share."""

    station: Whole  # [6, S]
    norm: Real  # [S] work of one open unit, as the staff model reads it
    stream: Whole  # [6, N]
    candidate: Whole  # [C] stations; neighbouring rows belong to one origin, the nearest first
    weight: Real  # [C] of the choice among the candidates of a stream; all must be above 0
    kind: Whole  # [4, K]
    cohort: Whole  # [3, H]
    since: (
        Real  # [2, H] moments between which a waiting cohort asked, evenly spread; not read for who is served
    )
    month: Real  # [M + 1] where months begin; the first is the start, the last is the end of the last month
    month_of: Whole  # [2, M] year (column of `Inputs.rate`) and month of the season (0 to 11)
    record: Real  # [J] record moments; the first is the start, the last ends the run


# `Inputs.by_class`. DEATH, WITHDRAWAL: hazards while waiting. A stay is of the second kind with chance SECOND_SHARE.
# Its length is SCALE * E ** POWER days, E a unit exponential: POWER 1 is an exponential with mean SCALE, POWER 0 is
# SCALE days exactly, any other a Weibull with shape 1 / POWER. TURNOVER: days before its units are free for the next.
# GOES_ON: the chance that who ends a stay joins the stream ONWARD.
DEATH, WITHDRAWAL, SECOND_SHARE, SCALE, POWER, SECOND_SCALE, SECOND_POWER, TURNOVER, GOES_ON = range(9)
BY_CLASS_ROWS = 9
# `Inputs.move`: hazards of going over to another class of the programme. The priority date stays; what is left of a
# stay, or of the patience of who waits, goes on at the pace of the new class.
WHILE_WAITING, WHILE_SERVED = range(2)
# `Inputs.change`, in order of MOMENT: from then on a station has this many units by schedule. Changes at or before
# the start give the units of the start.
MOMENT, STATION, RECOGNISED_UNITS, OPEN_UNITS = range(4)
CHANGE_ROWS = 4


class Inputs(NamedTuple):
    """What is uncertain, for one run. Runs may share arrays."""

    rate: Real  # [N, Y] requests a year
    season: Real  # [seasons, 12] factor on the rate by month
    by_class: Real  # [9, K]
    move: Real  # [2, K, K] hazard from a class to a class
    change: Real  # [4, D]
    mix: Real  # [rows, K] shares of the classes, each row adds up to 1
    present: Whole  # [H] size of each cohort, requests


# Rows of what a run keeps by class. Stocks on a moment: WAITING, SERVED (requests). Flows since the record moment
# before: the rest. ASKED: requests that came. AT_ONCE: admitted without waiting, counted in ADMITTED too. LOST: found
# no place and no list. MOVED: went over to this class while waiting. CHANGED: the same while served. DAYS_WAITED: of
# those admitted; DAYS_GIVEN_UP: of those who died or withdrew; DAYS_WAITING, DAYS_SERVED: of everybody, in the period.
(
    WAITING,
    SERVED,
    ASKED,
    ADMITTED,
    AT_ONCE,
    DIED,
    WITHDREW,
    LOST,
    MOVED,
    CHANGED,
    ENDED,
    DAYS_WAITED,
    DAYS_GIVEN_UP,
    DAYS_WAITING,
    DAYS_SERVED,
) = range(15)
CLASS_COUNTS = 15
# Rows of what a run keeps by group of stations. Stocks: units RECOGNISED and OPEN by schedule, STAFFED (open, with
# staff), OCCUPIED. Flows: UNIT_DAYS occupied, STAFFED_DAYS open with staff, OVERFLOWED: admitted here although another
# station was their first choice, PLACED: all admitted here.
RECOGNISED, OPEN, STAFFED, OCCUPIED, UNIT_DAYS, STAFFED_DAYS, OVERFLOWED, PLACED = range(8)
GROUP_COUNTS = 8


class Out(NamedTuple):
    """What is kept of one run."""

    by_class: Real  # [15, K, J]
    by_group: Real  # [8, G, J]


def nothing(classes: int, groups: int, records: int) -> Out:
    """Where the counts of one run are written."""
    return Out(np.zeros((CLASS_COUNTS, classes, records)), np.zeros((GROUP_COUNTS, groups, records)))
