"""What a plan does to staff: pay of a sector or a profession, and training places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.plans.numbers import number_of
from veerkracht.region import Measure
from veerkracht.rulebook.types import Text

MONTHS = 12.0
_NOBODY = 1e-9
_UNKNOWN = Text(
    "De maatregel {measure} noemt {what} “{found}”; het personeel van deze regio kent: {known}.",
    "The measure {measure} names the {what} “{found}”; the staff of this region has: {known}.",
)
_SECTOR, _PROFESSION = Text("de sector", "sector"), Text("het beroep", "profession")


def month_of(start: date, day: date) -> int:
    """The month of a forecast in which a day lies: 1 is the first after the start; 0 and less, before it."""
    passed = (day.year - start.year) * int(MONTHS) + day.month - start.month
    return passed + (1 if day.day > start.day else 0)


def acts_on_staff(measure: Measure) -> bool:
    """Pay, training, and money that is for the posts of a sector."""
    return measure.kind in ("pay", "training") or (measure.kind == "money" and measure.sector != "")


@dataclass(frozen=True)
class Acting:
    """The measures of a plan that act on staff, in the months of a forecast. Raises `ForecastFault` for one that names
    a sector or a profession which there is not."""

    measures: Sequence[Measure]
    sectors: Sequence[str]
    professions: Sequence[str]
    start: date
    months: int
    draws: Draws

    def __post_init__(self) -> None:
        for measure in self.measures:
            for what, found, known in (
                (_SECTOR, measure.sector, self.sectors),
                (_PROFESSION, measure.profession, self.professions),
            ):
                if found and found not in known:
                    listed = ", ".join(known)
                    raise ForecastFault(
                        _UNKNOWN.fill(measure=measure.id, what=what, found=found, known=listed)
                    )

    def relative_pay(self, staff: Real) -> Real:
        """How much more each job pays than at the start, less what others pay more: logarithm, [runs, S, P, M + 1].

        staff: full-time equivalents by which the pay of other sectors counts for a profession, [runs, S, P]. When all
        sectors rise together nothing changes in proportion. What began before the start is in the pay of the start.
        """
        own = np.zeros((*staff.shape, self.months + 1))
        for measure in self._of_kind("pay"):
            begins = month_of(self.start, measure.from_)
            if begins < 1:
                continue
            ends = month_of(self.start, measure.until) if measure.until else self.months + 1
            sector = _chosen(measure.sector, self.sectors)
            profession = _chosen(measure.profession, self.professions)
            rise = np.log1p(np.maximum(self.draws.of(number_of(measure)) / 100, -0.99))
            own[:, sector, profession, begins:ends] += rise[:, None, None, None]
        weight = staff[..., None]
        others = weight.sum(1, keepdims=True) - weight
        elsewhere = (own * weight).sum(1, keepdims=True) - own * weight
        mean = np.divide(elsewhere, others, out=np.zeros_like(own), where=others > _NOBODY)
        return np.asarray(own - mean, np.float64)

    def training(self, success: Real, length: Real, weights: Mapping[str, Real]) -> Real:
        """People whom extra training places bring, full-time equivalents a month, [runs, P, G, M + 1].

        success: full-time equivalents for each place, [runs, P]. length: years from place to work, [runs, P]. weights:
        the part of each market by area code ("" the whole region), [G].
        """
        month = np.arange(self.months + 1)
        extra = np.zeros((*success.shape, weights[""].size, month.size))
        for measure in self._of_kind("training"):
            chosen = range(len(self.professions))[_chosen(measure.profession, self.professions)]
            places = np.maximum(self.draws.of(number_of(measure)), 0.0) / len(chosen)
            begins = month_of(self.start, measure.from_)
            for profession in chosen:
                first = begins + np.round(length[:, profession] * MONTHS)
                works = (month >= first[:, None]) & (month < first[:, None] + self._intake(measure, begins))
                brought = (places * success[:, profession] / MONTHS)[:, None] * works
                extra[:, profession] += brought[:, None, :] * weights[measure.area][None, :, None]
        return extra

    def extra_posts(self, cost: Real, shares: Real) -> Real:
        """Posts that money pays on top of the need, full-time equivalents, [runs, S, P, M + 1].

        cost: euro a year of a full-time worker, [runs]. shares: of each profession in a sector, [runs, S, P]: money for
        a sector as a whole goes to its professions as they are.
        """
        extra = np.zeros((*shares.shape, self.months + 1))
        for measure in self._of_kind("money"):
            begins = max(month_of(self.start, measure.from_), 1)
            ends = begins + int(MONTHS) if not measure.recurrent else self.months + 1
            if measure.until:
                ends = min(ends, month_of(self.start, measure.until))
            sector, profession = (
                _chosen(measure.sector, self.sectors),
                _chosen(measure.profession, self.professions),
            )
            part = shares[:, sector, profession]
            paid = np.maximum(self.draws.of(number_of(measure)), 0.0) / cost
            posts = paid[:, None, None] * part / part.sum((1, 2), keepdims=True)
            if measure.from_ > self.start:
                extra[:, sector, profession, begins:ends] += posts[..., None]
        return extra

    def _of_kind(self, kind: str) -> list[Measure]:
        return [measure for measure in self.measures if measure.kind == kind and measure.known]

    def _intake(self, measure: Measure, begins: int) -> int:
        """Months in which people begin a training: of one year when the places are given once."""
        if not measure.recurrent:
            return int(MONTHS)
        return (
            month_of(self.start, measure.until) - begins if measure.until else self.months + abs(begins) + 1
        )


def market_weights(areas: pl.DataFrame, measures: Sequence[Measure]) -> dict[str, Real]:
    """The part of each market (province) in the inhabitants of the region and of each area that a measure names."""
    provinces = areas.get_column("province").unique(maintain_order=True).to_list()
    weights: dict[str, Real] = {}
    for code in {"", *(measure.area for measure in measures)}:
        levels = [pl.col(level) == code for level in ("code", "zone", "region", "province")]
        there = areas.filter(pl.any_horizontal(levels)) if code else areas
        heads = dict(there.group_by("province").agg(pl.col("inhabitants").sum()).iter_rows())
        found = np.array([heads.get(province, 0) for province in provinces], np.float64)
        weights[code] = found / max(found.sum(), 1.0)
    return weights


def _chosen(name: str, known: Sequence[str]) -> slice:
    """The place of one name among the known; all of them for an empty name."""
    return slice(known.index(name), known.index(name) + 1) if name else slice(None)
