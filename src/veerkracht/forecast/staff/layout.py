"""What the compiled staff model reads and writes in one run: a few tables of numbers.

Each table is an array whose first axis is a row of the names below it, so `staff.stock[FTE, s, p, g]` is the staff
employed. Staff are full-time equivalents on the payroll. S: sectors, P: professions, G: labour markets (the
provinces of the areas), M: months that are played. Hazards are a year.
"""

from typing import NamedTuple

import numpy as np

from veerkracht.forecast.arrays import Real

# `Staff.sector`. NEED_GROWTH: growth of the need a year where no programme is played. CLOSED: share of the units that
# are closed for want of staff at the start. BORNE: the part of a shortage that colleagues bear, so that nothing
# closes. EXIT_BY_LOAD, SICK_BY_LOAD: elasticities of quits and of sickness to the work for each who is present.
# SICKNESS: share of the staff absent at the start.
NEED_GROWTH, CLOSED, BORNE, EXIT_BY_LOAD, SICK_BY_LOAD, SICKNESS = range(6)
SECTOR_ROWS = 6

# `Staff.job`. RETIRE: hazard a year. VACANT: share of the posts open at the start.
RETIRE, VACANT = range(2)
JOB_ROWS = 2

# `Staff.paid`. QUIT: hazard a year at the workload of the start, with what pay changes. CHOICE: the weight of a sector
# in the choice of who looks for work, with what pay changes. EXTRA: posts that are paid for on top of the need, in
# proportion to those of the start.
QUIT, CHOICE, EXTRA = range(3)
PAID_ROWS = 3

# `Staff.market`. MOVES: share of those who quit that look for work in another sector of the region. WAITS: share of
# those without work that still looks a month later. SPEED: share of the vacancies that can be filled in a month
# when there are people enough.
MOVES, WAITS, SPEED = range(3)
MARKET_ROWS = 3

# `Staff.stock`. START_POSTS: the posts at the start.
FTE, POSTS, START_POSTS = range(3)
STOCK_ROWS = 3
# `Staff.flow`: of the month that was played last. WANTED: room to work in.
QUITS, RETIRED, HIRED, WANTED = range(4)
FLOW_ROWS = 4
# `Staff.state`. BASE: workload at the start, 0 where no programme is played. INDEX: need in proportion to the start.
# PRESENT: staff at work for each post, in proportion to the start. SICK: share of the staff absent. FILL: share of
# the units that can be open.
BASE, INDEX, PRESENT, SICK, FILL = range(5)
STATE_ROWS = 5
# `Staff.history`, by month: stocks at the end of the month, flows in the month. VACANCIES: posts without staff.
# ABSENT: staff absent. Month 0 is the start.
H_FTE, H_POSTS, H_VACANCIES, H_ABSENT, H_QUITS, H_RETIRED, H_HIRED = range(7)
HISTORY_ROWS = 7


class Staff(NamedTuple):
    """The staff of one run: what was drawn for it, its state, and its history."""

    sector: Real  # [6, S]
    job: Real  # [2, S, P]
    paid: Real  # [3, S, P, M + 1]
    market: Real  # [3]
    newcomers: Real  # [P, G, M + 1] full-time equivalents that begin to look for work in a month
    pool: Real  # [P, G] who looks for work and has none
    stock: Real  # [3, S, P, G]
    flow: Real  # [4, S, P, G]
    state: Real  # [5, S, G]
    history: Real  # [7, S, P, M + 1] all labour markets together


def nobody() -> Staff:
    """For a region that has no model of staff: every array is empty, and `step` does nothing."""
    return empty(0, 0, 0, 0)


def empty(sectors: int, professions: int, markets: int, months: int) -> Staff:
    """A model of this size in which everything is zero."""
    jobs = (sectors, professions)
    return Staff(
        sector=np.zeros((SECTOR_ROWS, sectors)),
        job=np.zeros((JOB_ROWS, *jobs)),
        paid=np.zeros((PAID_ROWS, *jobs, months + 1)),
        market=np.zeros(MARKET_ROWS),
        newcomers=np.zeros((professions, markets, months + 1)),
        pool=np.zeros((professions, markets)),
        stock=np.zeros((STOCK_ROWS, *jobs, markets)),
        flow=np.zeros((FLOW_ROWS, *jobs, markets)),
        state=np.zeros((STATE_ROWS, sectors, markets)),
        history=np.zeros((HISTORY_ROWS, *jobs, months + 1)),
    )
