"""How much each cause brought of a difference between two plans, or of the change of one plan, from the same runs.

What is counted (who came, who left, who moved, who was helped) is read off the flows of a stock in a world where
prices stand still and staff is not short: there the flows add up to the change, an identity in every run. Then each of
these pressures is switched on, under the same luck, one after another; what the stock then has more is what that
pressure brought. The last world is the forecast itself, so that all causes together are the whole difference, in every
run. The sequence matters where pressures strengthen one another: it is that of `_PRESSURES`.

Grants are shared over new money and money that came back from those who left, in proportion to the euros.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.choices import flows
from veerkracht.forecast.choices.setting import Setting, Steps, column
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.many import Progress
from veerkracht.forecast.whole import RegionForecast
from veerkracht.rulebook.types import Text

NEW_MONEY = flows.Cause("new-money", Text("Geholpen met nieuw geld", "Helped with new money"))
FREED_MONEY = flows.Cause(
    "freed-money", Text("Geholpen met geld dat vrijkwam", "Helped with money that came back")
)
STAFF = flows.Cause("staff", Text("Tekort aan personeel", "Shortage of staff"))
PRICES = flows.Cause("prices", Text("Stijging van de prijzen", "Rise of prices"))
_NAMED = (*flows.COUNTED, NEW_MONEY, FREED_MONEY, flows.OTHER)

SCHEMA = pl.Schema(
    {
        "order": pl.Int64(),
        "cause": pl.String(),
        "text_nl": pl.String(),
        "text_en": pl.String(),
        "brought": pl.Float64(),
        "p10": pl.Float64(),
        "p90": pl.Float64(),
    }
)
_PRICE_INDEX = "index.point"
_STAFF = "staff."


@dataclass(frozen=True)
class Brought:
    """What a cause brought in every run, float64[runs]."""

    cause: flows.Cause
    runs: Real


@dataclass(frozen=True)
class Waterfall:
    """From `begin` to `end` by `causes`: begin + all that was brought = end, in every run.

    `begin`, `end`: of one plan the stock at the start and on the date; of two plans the stock on the date with the
    other plan and with this one.
    """

    series: str
    on: date
    plan: str
    against: str
    begin: Real
    end: Real
    causes: tuple[Brought, ...]

    def frame(self) -> pl.DataFrame:
        """One row a cause, in order: order, cause, text_nl, text_en, brought (mean over the runs), p10, p90."""
        rows = [_row(number, one) for number, one in enumerate(self.causes, start=1)]
        return pl.DataFrame(rows, schema=SCHEMA)

    def plain(self) -> dict[str, Any]:
        return {
            "series": self.series,
            "date": self.on.isoformat(),
            "plan": self.plan,
            "against": self.against,
            "begin": float(self.begin.mean()),
            "end": float(self.end.mean()),
            "causes": self.frame().to_dicts(),
        }


def _row(number: int, one: Brought) -> dict[str, object]:
    low, high = np.quantile(one.runs, [0.1, 0.9])
    return {
        "order": number,
        "cause": one.cause.id,
        "text_nl": one.cause.text.nl,
        "text_en": one.cause.text.en,
        "brought": float(one.runs.mean()),
        "p10": float(low),
        "p90": float(high),
    }


@dataclass(frozen=True)
class _Pressure:
    """Something that can be switched off. `off`: the setting and draws without it; None where it plays no part."""

    cause: flows.Cause
    off: Callable[[Setting, Draws, RegionForecast], tuple[Setting, Draws] | None]


def _without_prices(setting: Setting, draws: Draws, played: RegionForecast) -> tuple[Setting, Draws] | None:
    """Prices stand still: the index of every programme that has one is held at nothing."""
    indices = {one.name: 0.0 for one in played.parameters if one.id == _PRICE_INDEX and one.given}
    return (setting, replace(draws, pinned={**draws.pinned, **indices})) if indices else None


def _without_shortage(setting: Setting, draws: Draws, played: RegionForecast) -> tuple[Setting, Draws] | None:
    """Every place and team that is open has its staff."""
    if not any(name.startswith(_STAFF) for name in played.values):
        return None
    return replace(setting, region=replace(setting.region, staff=None)), draws


_PRESSURES = (_Pressure(STAFF, _without_shortage), _Pressure(PRICES, _without_prices))


def waterfall(
    setting: Setting,
    plan_id: str,
    series: str,
    on: date,
    against: str | None = None,
    progress: Progress | None = None,
) -> Waterfall:
    """By which causes a stock got where it is on a date: since the start, or compared with another plan.

    Raises `ForecastFault` for a series or date without outcomes, and for a series of which no flows are counted.
    """
    setting, (name,) = setting.narrowed(plan_id, [series])
    plans = [plan_id, against] if against else [plan_id]
    steps = Steps(progress, len(plans) * (1 + len(_PRESSURES)))
    made = [_one(setting, plan, name, on, steps) for plan in plans]
    begin, causes = made[0].begin, made[0].causes
    if against:
        begin, causes = made[1].end, _less(causes, made[1].causes)
    kept = tuple(one for one in causes if one.runs.any())
    return Waterfall(name, on, plan_id, against or "", begin, made[0].end, kept)


def _one(setting: Setting, plan_id: str, name: str, on: date, steps: Steps) -> Waterfall:
    """The causes of one plan since the start, those that brought nothing included."""
    played = setting.play(plan_id)
    steps.step()
    at = column(played, on)
    worlds = _worlds(setting, plan_id, played, steps)
    calm = worlds[0][1]
    counted = flows.changes(calm.values, calm.records, name, at)
    if flows.SERVED.id in counted:
        counted |= _by_money(calm, name, at, counted.pop(flows.SERVED.id))
    causes = [Brought(cause, counted[cause.id]) for cause in _NAMED if cause.id in counted]
    for (_, before), (pressure, after) in pairwise(worlds):
        causes.append(Brought(pressure, after.values[name][:, at] - before.values[name][:, at]))
    stock = played.values[name]
    return Waterfall(name, on, plan_id, "", stock[:, 0], stock[:, at], tuple(causes))


def _worlds(
    setting: Setting, plan_id: str, played: RegionForecast, steps: Steps
) -> list[tuple[flows.Cause, RegionForecast]]:
    """From the world without any pressure to the forecast itself; with each the pressure that was switched on last."""
    worlds = [(flows.OTHER, played)]
    now = (setting, setting.draws)
    for pressure in reversed(_PRESSURES):
        off = pressure.off(*now, played)
        steps.step()
        if off is None:
            continue
        now = off
        worlds[0] = (pressure.cause, worlds[0][1])
        worlds.insert(0, (flows.OTHER, now[0].play(plan_id, now[1])))
    return worlds


def _by_money(calm: RegionForecast, stock: str, at: int, served: Real) -> Mapping[str, Real]:
    """Who was helped, shared over new money and money that came back; as it is where no money is counted."""
    programme = stock.partition(".")[0]
    used, freed = (calm.values.get(f"{programme}.money.{thing}") for thing in ("used", "freed"))
    if used is None or freed is None:
        return {flows.SERVED.id: served}
    used, freed = (flows.until(flow, calm.records, at) for flow in (used, freed))
    back = np.clip(np.divide(freed, used, out=np.zeros_like(used), where=used > 0), 0.0, 1.0) * served
    return {NEW_MONEY.id: served - back, FREED_MONEY.id: back}


def _less(mine: tuple[Brought, ...], theirs: tuple[Brought, ...]) -> tuple[Brought, ...]:
    """What each cause brought more with one plan than with another."""
    other = {one.cause.id: one.runs for one in theirs}
    nothing = np.zeros_like(mine[0].runs)
    found = [Brought(one.cause, one.runs - other.pop(one.cause.id, nothing)) for one in mine]
    named = {one.cause.id: one.cause for one in theirs}
    return (*found, *(Brought(named[id], -runs) for id, runs in other.items()))
