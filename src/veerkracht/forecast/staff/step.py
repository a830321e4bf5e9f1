"""One month of the staff of all sectors: who goes, who looks for work, who is hired, what can stay open.

A month: the need follows the workload of the programmes; staff quit (by pay in proportion to other sectors, and by
workload) and retire; some who quit look for work in another sector, beside those who come from training, return or
come from elsewhere; the sectors hire as far as they have vacancies and as far as there are people.
"""

import math

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.compiling import plain
from veerkracht.forecast.staff import layout as at
from veerkracht.forecast.staff.layout import Staff

_MONTHS = 12.0
# Below this a stock of staff or people who look for work is nothing.
_NOBODY = 1e-9


@plain
def step(staff: Staff, month: int, workload: Real) -> None:
    """Play one month and write `staff.state[FILL]`, the share of the units of each sector and market that can be open.

    month: 0 at the start (nothing moves: the workload is noted as the one that the staff of the start is there for),
    then 1, 2 … M. workload: [S, G], the work of all units that may be open, staffed or not, in whatever unit that
    does not change (such as normed full-time equivalents); 0 in month 0 where no programme is played.
    """
    if month == 0:
        _begin(staff, workload)
    else:
        _follow_need(staff, month, workload)
        for profession in range(staff.pool.shape[0]):
            for market in range(staff.pool.shape[1]):
                _leave(staff, profession, market, month)
                _hire(staff, profession, market, month)
    _see_who_is_present(staff)
    _keep(staff, month)


@plain
def _begin(staff: Staff, workload: Real) -> None:
    for sector in range(staff.state.shape[1]):
        for market in range(staff.state.shape[2]):
            staff.state[at.BASE, sector, market] = workload[sector, market]
            staff.state[at.INDEX, sector, market] = 1.0
            for profession in range(staff.pool.shape[0]):
                here = staff.stock[at.FTE, sector, profession, market]
                posts = here / (1.0 - staff.job[at.VACANT, sector, profession])
                staff.stock[at.START_POSTS, sector, profession, market] = posts
                staff.stock[at.POSTS, sector, profession, market] = posts


@plain
def _follow_need(staff: Staff, month: int, workload: Real) -> None:
    """Posts grow and shrink with the work that there is, beside what is paid for on top of it."""
    for sector in range(staff.state.shape[1]):
        for market in range(staff.state.shape[2]):
            base = staff.state[at.BASE, sector, market]
            if base > _NOBODY:
                index = workload[sector, market] / base
            else:
                index = (1.0 + staff.sector[at.NEED_GROWTH, sector]) ** (month / _MONTHS)
            staff.state[at.INDEX, sector, market] = index
            for profession in range(staff.pool.shape[0]):
                posts = index + staff.paid[at.EXTRA, sector, profession, month]
                posts *= staff.stock[at.START_POSTS, sector, profession, market]
                staff.stock[at.POSTS, sector, profession, market] = posts


@plain
def _leave(staff: Staff, profession: int, market: int, month: int) -> None:
    """Quits and retirement. Some of those who quit look for work in another sector."""
    for sector in range(staff.state.shape[1]):
        here = staff.stock[at.FTE, sector, profession, market]
        present = max(staff.state[at.PRESENT, sector, market], _NOBODY)
        load = (1.0 / present) ** staff.sector[at.EXIT_BY_LOAD, sector]
        quits = staff.paid[at.QUIT, sector, profession, month] * load / _MONTHS
        retires = staff.job[at.RETIRE, sector, profession] / _MONTHS
        gone = here * (1.0 - math.exp(-(quits + retires)))
        part = quits / max(quits + retires, _NOBODY)
        staff.flow[at.QUITS, sector, profession, market] = gone * part
        staff.flow[at.RETIRED, sector, profession, market] = gone * (1.0 - part)
        staff.stock[at.FTE, sector, profession, market] = here - gone
        staff.pool[profession, market] += gone * part * staff.market[at.MOVES]


@plain
def _hire(staff: Staff, profession: int, market: int, month: int) -> None:
    """Fill vacancies, never more than there are and never more than there are people who look for work."""
    supply = staff.pool[profession, market] + staff.newcomers[profession, market, month]
    wanted = 0.0
    for sector in range(staff.state.shape[1]):
        vacant = (
            staff.stock[at.POSTS, sector, profession, market]
            - staff.stock[at.FTE, sector, profession, market]
        )
        staff.flow[at.WANTED, sector, profession, market] = max(vacant, 0.0) * staff.market[at.SPEED]
        staff.flow[at.HIRED, sector, profession, market] = 0.0
        wanted += staff.flow[at.WANTED, sector, profession, market]
    left = min(supply, wanted)
    hired = left
    # Each turn gives at least one sector all it wants, so as many turns as sectors share everything out.
    for _ in range(staff.state.shape[1]):
        if left <= _NOBODY:
            break
        left = _share_out(staff, profession, market, month, left)
    staff.pool[profession, market] = max(supply - (hired - left), 0.0) * staff.market[at.WAITS]
    for sector in range(staff.state.shape[1]):
        staff.stock[at.FTE, sector, profession, market] += staff.flow[at.HIRED, sector, profession, market]


@plain
def _share_out(staff: Staff, profession: int, market: int, month: int, left: float) -> float:
    """Share people over the sectors by what they still want and how they are chosen. Returns who is left over."""
    weights = 0.0
    for sector in range(staff.state.shape[1]):
        weights += (
            staff.flow[at.WANTED, sector, profession, market]
            * staff.paid[at.CHOICE, sector, profession, month]
        )
    if weights <= _NOBODY:
        return left
    given = 0.0
    for sector in range(staff.state.shape[1]):
        wants = staff.flow[at.WANTED, sector, profession, market]
        part = min(wants, left * wants * staff.paid[at.CHOICE, sector, profession, month] / weights)
        staff.flow[at.HIRED, sector, profession, market] += part
        staff.flow[at.WANTED, sector, profession, market] -= part
        given += part
    return left - given


@plain
def _see_who_is_present(staff: Staff) -> None:
    """Staff at work for each post, and the share of the units that can then be open."""
    for sector in range(staff.state.shape[1]):
        for market in range(staff.state.shape[2]):
            here, normal = 0.0, 0.0
            for profession in range(staff.pool.shape[0]):
                here += staff.stock[at.FTE, sector, profession, market]
                # Posts on top of the need ease the work when they are filled, and close nothing when they aren't.
                posts = staff.stock[at.START_POSTS, sector, profession, market]
                normal += posts * (1.0 - staff.job[at.VACANT, sector, profession])
            normal *= staff.state[at.INDEX, sector, market]
            employed = here / normal if normal > _NOBODY else 1.0
            usual = staff.sector[at.SICKNESS, sector]
            sick = min(usual * max(employed, _NOBODY) ** -staff.sector[at.SICK_BY_LOAD, sector], 0.9)
            present = employed * (1.0 - sick) / (1.0 - usual)
            staff.state[at.SICK, sector, market] = sick
            staff.state[at.PRESENT, sector, market] = present
            staff.state[at.FILL, sector, market] = _open_share(staff, sector, present)


@plain
def _open_share(staff: Staff, sector: int, present: float) -> float:
    short = (1.0 - staff.sector[at.BORNE, sector]) * (1.0 - present)
    return float(min(max(1.0 - staff.sector[at.CLOSED, sector] - short, 0.0), 1.0))


@plain
def _keep(staff: Staff, month: int) -> None:
    for sector in range(staff.state.shape[1]):
        for profession in range(staff.pool.shape[0]):
            for row in range(at.HISTORY_ROWS):
                staff.history[row, sector, profession, month] = 0.0
            for market in range(staff.pool.shape[1]):
                _keep_job(staff, month, sector, profession, market)


@plain
def _keep_job(staff: Staff, month: int, sector: int, profession: int, market: int) -> None:
    kept = staff.history[:, sector, profession, month]
    here = staff.stock[at.FTE, sector, profession, market]
    posts = staff.stock[at.POSTS, sector, profession, market]
    kept[at.H_FTE] += here
    kept[at.H_POSTS] += posts
    kept[at.H_VACANCIES] += max(posts - here, 0.0)
    kept[at.H_ABSENT] += here * staff.state[at.SICK, sector, market]
    kept[at.H_QUITS] += staff.flow[at.QUITS, sector, profession, market]
    kept[at.H_RETIRED] += staff.flow[at.RETIRED, sector, profession, market]
    kept[at.H_HIRED] += staff.flow[at.HIRED, sector, profession, market]
