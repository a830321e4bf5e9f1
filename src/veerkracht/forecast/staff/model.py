"""From what is known and assumed of staff, and a plan's measures, to the arrays of every run; and back to series.

At the start supply and exits are in balance: who returns or comes from elsewhere is what, beside training and moves
between sectors, replaces who leaves and lets staff grow as it used to. What measures, workload and the years change
then shows in vacancies, exits and what can be open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calendar import check_years
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.inputs import Uncertain, amounts, shares
from veerkracht.forecast.staff import layout as at
from veerkracht.forecast.staff.drawn import OWNER, Drawn
from veerkracht.forecast.staff.layout import Staff
from veerkracht.forecast.staff.measures import MONTHS, Acting, acts_on_staff, market_weights
from veerkracht.region import Measure, Region

_OVER = 50


@dataclass(frozen=True)
class StaffModel:
    """The staff of all runs. Sectors, professions and markets are in the order of the axes S, P and G.

    `every`: `Staff` whose arrays have a first axis more, the run; it is never written to.
    """

    start: date
    sectors: tuple[str, ...]
    professions: tuple[str, ...]
    markets: tuple[str, ...]
    months: int
    every: Staff
    parameters: tuple[Uncertain, ...]
    measures: tuple[Measure, ...]

    def of_run(self, run: int) -> Staff:
        """The staff of one run at the start, for `step` to play."""
        return Staff(*(np.ascontiguousarray(part[run]).copy() for part in self.every))

    def series(self, histories: Real, records: Sequence[date]) -> dict[str, Real]:
        """What a forecast shows of staff, each float64[runs, records]: staff and vacancies on the evening of each date,
        exits and hires of the year to that date, sickness as the share that is absent.

        histories: `Staff.history` of each run, [runs, 7, S, P, M + 1].
        """
        months = [self._month(day) for day in records]
        since = [self._month(max(self.start, date(day.year - 1, 12, 31))) for day in records]
        stocks = histories[..., months]
        running = histories.cumsum(-1)
        flows = running[..., months] - running[..., since]
        found: dict[str, Real] = {}
        for number, sector in enumerate(self.sectors):
            stock, flow = stocks[:, :, number].sum(2), flows[:, :, number].sum(2)
            name = f"{OWNER}.{sector}"
            found[f"{name}.fte"] = stock[:, at.H_FTE]
            for job, profession in enumerate(self.professions):
                found[f"{name}.fte.{profession}"] = stocks[:, at.H_FTE, number, job]
            found[f"{name}.vacancies"] = stock[:, at.H_VACANCIES]
            found[f"{name}.exits"] = flow[:, at.H_QUITS] + flow[:, at.H_RETIRED]
            found[f"{name}.hires"] = flow[:, at.H_HIRED]
            found[f"{name}.sickness"] = stock[:, at.H_ABSENT] / np.maximum(stock[:, at.H_FTE], 1e-9)
        return found

    def _month(self, day: date) -> int:
        """The month whose end is nearest to the evening of a day."""
        passed = (day - self.start).days / 365.2425 * MONTHS
        return min(max(round(passed), 0), self.months)


def build(
    region: Region, measures: Sequence[Measure], start: date, years: int, draws: Draws
) -> StaffModel | None:
    """The staff of a region from a day on, in every run; None when the region says nothing of staff.

    measures: of a plan; those for pay, training and money for a sector's posts act here. Raises `ForecastFault` for
    numbers with which nothing can be played.
    """
    workforce = region.staff
    if workforce is None:
        return None
    check_years(years)
    drawn = Drawn(workforce, start, draws)
    mine = tuple(part for measure in measures if acts_on_staff(measure) for part in measure.dated())
    months = years * int(MONTHS)
    acting = Acting(mine, drawn.sectors, drawn.professions, start, months, draws)
    every = _Making(drawn, acting, market_weights(region.areas, mine)).staff()
    markets = region.areas.get_column("province").unique(maintain_order=True).to_list()
    return StaffModel(
        start,
        drawn.sectors,
        drawn.professions,
        tuple(markets),
        months,
        every,
        drawn.used,
        mine,
    )


class _Making:
    """What the arrays of all runs are made of. Axes: r runs, s sectors, p professions, g markets, m months."""

    def __init__(self, drawn: Drawn, acting: Acting, weights: Mapping[str, Real]) -> None:
        self.drawn, self.months = drawn, acting.months
        self.weights = weights[""]
        jobs = amounts(drawn.of_sectors("fte"))[:, :, None] * drawn.shares()
        self.fte = jobs[..., None] * self.weights
        self.pay = acting.relative_pay(jobs)
        self.posts = acting.extra_posts(np.maximum(drawn.one("cost-per-fte"), 1.0), drawn.shares())
        success = shares(drawn.of_professions("training-success"))
        self.extra = acting.training(success, amounts(drawn.of_professions("training-years")), weights)
        over_50 = shares(drawn.one("over-50"))
        self.retire = over_50 / np.maximum(drawn.one("leaving-age") - _OVER, 1.0)
        self.quits = amounts(drawn.of_sectors("quits"))
        self.vacant = np.clip(drawn.of_sectors("vacant"), 0.0, 0.9)
        self.speed = shares(drawn.one("speed"))

    def staff(self) -> Staff:
        runs, sectors, professions, markets = self.fte.shape
        blank = at.empty(sectors, professions, markets, self.months)
        every = Staff(*(np.zeros((runs, *part.shape)) for part in blank))
        drawn = self.drawn
        every.stock[:, at.FTE] = self.fte
        every.job[:, at.RETIRE] = self.retire[:, None, None]
        every.job[:, at.VACANT] = self.vacant[:, :, None]
        every.sector[:, at.NEED_GROWTH] = drawn.of_sectors("need-growth")
        for row, name in ((at.CLOSED, "closed"), (at.BORNE, "borne"), (at.SICKNESS, "sickness")):
            every.sector[:, row] = np.clip(drawn.of_sectors(name), 0.0, 0.95)
        for row, name in ((at.EXIT_BY_LOAD, "exit-by-load"), (at.SICK_BY_LOAD, "sickness-by-load")):
            every.sector[:, row] = amounts(drawn.one(name))[:, None]
        for row, name in ((at.MOVES, "moves"), (at.WAITS, "waits")):
            every.market[:, row] = shares(drawn.one(name))
        every.market[:, at.SPEED] = self.speed
        self._set_paid(every)
        self._set_newcomers(every)
        return every

    def _exits(self) -> tuple[Real, Real]:
        """Quits and retirement of the first month, [r, s, p, g]; as `step` has them."""
        quits, retire = self.quits / MONTHS, self.retire[:, None] / MONTHS
        gone = -np.expm1(-(quits + retire))[:, :, None, None] * self.fte
        part = np.divide(quits, quits + retire, out=np.zeros_like(quits), where=quits + retire > 0)
        return gone * part[:, :, None, None], gone * (1 - part[:, :, None, None])

    def _set_paid(self, every: Staff) -> None:
        """Quits by pay; and the choice of a sector by pay, such that at the start each hires what it loses."""
        pay = self.drawn.one("exit-by-pay")[:, None, None, None] * self.pay
        every.paid[:, at.QUIT] = self.quits[:, :, None, None] * np.exp(pay)
        quits, retired = self._exits()
        lost = (quits + retired).sum(-1)
        vacancies = self.fte.sum(-1) * (self.vacant / (1 - self.vacant))[:, :, None]
        # A month's vacancies are those that stood open and those of who left.
        wanted = (vacancies + lost) * self.speed[:, None, None]
        start_posts = (self.fte.sum(-1) / (1 - self.vacant[:, :, None]))[..., None]
        extra = np.divide(self.posts, start_posts, out=np.zeros_like(self.posts), where=start_posts > 0)
        every.paid[:, at.EXTRA] = extra
        usual = np.divide(lost, wanted, out=np.ones_like(lost), where=wanted > 0)
        pay = self.drawn.one("choice-by-pay")[:, None, None, None] * self.pay
        every.paid[:, at.CHOICE] = usual[..., None] * np.exp(pay)

    def _set_newcomers(self, every: Staff) -> None:
        """From training, and from elsewhere as many as replace who leaves and let staff grow as usual."""
        quits, retired = self._exits()
        growth = self.drawn.one("supply-growth")[:, None, None] / MONTHS * self.fte.sum(1)
        needed = (quits + retired).sum(1) + growth
        moved = every.market[:, at.MOVES, None, None] * quits.sum(1)
        trained = amounts(self.drawn.of_professions("trained"))[:, :, None] / MONTHS * self.weights
        elsewhere = np.maximum(needed - moved - trained, 0.0) * self.drawn.one("side-entry")[:, None, None]
        every.newcomers[:] = (trained + elsewhere)[..., None] + self.extra
