"""What a plan does to staff: pay of a sector or a profession, and training places."""

from collections.abc import Sequence
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
_UNKNOWN = Text(
    "De maatregel {measure} noemt {what} “{found}”; het personeel van deze regio kent: {known}.",
    "The measure {measure} names the {what} “{found}”; the staff of this region has: {known}.",
)
_SECTOR, _PROFESSION = Text("de sector", "sector"), Text("het beroep", "profession")


def check(measures: Sequence[Measure], sectors: Sequence[str], professions: Sequence[str]) -> None:
    """Raises `ForecastFault` for a measure that names a sector or a profession which there is not."""
    for measure in measures:
        for what, found, known in (
            (_SECTOR, measure.sector, sectors),
            (_PROFESSION, measure.profession, professions),
        ):
            if found and found not in known:
                raise ForecastFault(
                    _UNKNOWN.fill(measure=measure.id, what=what, found=found, known=", ".join(known))
                )


def month_of(start: date, day: date) -> int:
    """The month of a forecast in which a day lies: 1 is the first after the start; 0 and less, before it."""
    passed = (day.year - start.year) * int(MONTHS) + day.month - start.month
    return passed + (1 if day.day > start.day else 0)


def relative_pay(
    measures: Sequence[Measure],
    sectors: Sequence[str],
    professions: Sequence[str],
    staff: Real,
    start: date,
    months: int,
    draws: Draws,
) -> Real:
    """How much more each job pays than at the start, less what others pay more: logarithm, [runs, S, P, M + 1].

    staff: full-time equivalents by which the pay of other sectors counts for a profession, [runs, S, P]. When all
    sectors rise together nothing changes in proportion. What began before the start is in the pay of the start.
    """
    own = np.zeros((draws.runs, len(sectors), len(professions), months + 1))
    for measure in measures:
        begins = month_of(start, measure.from_)
        if measure.kind != "pay" or begins < 1 or not measure.known:
            continue
        ends = month_of(start, measure.until) if measure.until else months + 1
        sector = _chosen(measure.sector, sectors)
        profession = _chosen(measure.profession, professions)
        rise = np.log1p(np.maximum(draws.of(number_of(measure)) / 100, -0.99))
        own[:, sector, profession, begins:ends] += rise[:, None, None, None]
    weight = staff[..., None]
    others = staff.sum(1, keepdims=True)[..., None] - weight
    elsewhere = (own * weight).sum(1, keepdims=True) - own * weight
    return np.asarray(
        own - np.divide(elsewhere, others, out=np.zeros_like(own), where=others > 1e-9), np.float64
    )


def training(
    measures: Sequence[Measure],
    professions: Sequence[str],
    success: Real,
    length: Real,
    weights: dict[str, Real],
    start: date,
    months: int,
    draws: Draws,
) -> Real:
    """People whom extra training places bring, full-time equivalents a month, [runs, P, G, M + 1].

    success: full-time equivalents for each place, [runs, P]. length: years from place to work, [runs, P]. weights: the
    part of each market by area code ("" the whole region), [G].
    """
    markets = len(next(iter(weights.values())))
    extra = np.zeros((draws.runs, len(professions), markets, months + 1))
    month = np.arange(months + 1)
    for measure in measures:
        if measure.kind != "training" or not measure.known:
            continue
        chosen = range(len(professions))[_chosen(measure.profession, professions)]
        places = np.maximum(draws.of(number_of(measure)), 0.0) / len(chosen)
        begins = month_of(start, measure.from_)
        intake = month_of(start, measure.until) - begins if measure.until else months + abs(begins) + 1
        lasts = intake if measure.recurrent else int(MONTHS)
        for profession in chosen:
            first = begins + np.round(length[:, profession] * MONTHS)
            works = (month >= first[:, None]) & (month < first[:, None] + lasts)
            brought = (places * success[:, profession] / MONTHS)[:, None] * works
            extra[:, profession] += brought[:, None, :] * weights[measure.area][None, :, None]
    return extra


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
