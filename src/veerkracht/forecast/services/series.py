"""From what the engine counted to the series of a forecast."""

from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.inputs import amounts
from veerkracht.forecast.services import layout
from veerkracht.forecast.services.kinds import heavy
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.model import Model, Part
from veerkracht.forecast.services.runs import Raw
from veerkracht.forecast.services.service import Service
from veerkracht.forecast.services.start import helped_as, things

_UNITS = {"recognised": layout.RECOGNISED, "open": layout.OPEN, "staffed": layout.STAFFED}
_FLOWS = {
    "arrivals.total": layout.ASKED,
    "admitted.total": layout.ADMITTED,
    "exits.died": layout.DIED,
    "exits.withdrew": layout.WITHDREW,
    "ended.total": layout.ENDED,
}


def series_of(model: Model, raw: Raw) -> dict[str, Real]:
    """Every series of every programme, float64[runs, records]: stocks on the evening of the date, flows of the calendar
    year up to it, money as euro a year at the pace since the date before."""
    found: dict[str, Real] = {}
    for service, part in zip(model.services, model.parts, strict=True):
        found |= _of_programme(service, part, raw, model.days.records)
    return found


def _of_programme(service: Service, part: Part, raw: Raw, records: tuple[date, ...]) -> dict[str, Real]:
    programme = service.programme
    own = slice(part.kind, part.kind + len(service.kinds))
    by_class, by_province = raw.by_class[:, :, own], raw.by_group[:, :, part.groups]
    by_group = by_province.sum(axis=2)
    waiting, served = by_class[:, layout.WAITING], by_class[:, layout.SERVED]
    units = {f"{things(programme)}.{name}": by_group[:, row] for name, row in _UNITS.items()}
    recognised = np.maximum(by_group[:, layout.RECOGNISED], 1.0)
    found = {
        **units,
        **_helped(service, served),
        "occupancy": by_group[:, layout.OCCUPIED] / recognised,
        "waiting.persons": waiting.sum(axis=1),
        **_waiting_by_group(service, waiting),
        **{name: _of_the_year(by_class[:, row].sum(axis=1), records) for name, row in _FLOWS.items()},
        "wait.days": _mean_wait(by_class),
        **_served_shares(service, by_province[:, layout.PLACED], records),
        **_money(service, by_class[:, layout.DAYS_SERVED], served, records),
    }
    return {f"{programme.id}.{name}": values for name, values in found.items()}


def _helped(service: Service, served: Real) -> dict[str, Real]:
    name, total = helped_as(service.programme), served.sum(axis=1)
    if not service.programme.care_categories:
        return {f"{name}.persons": total}
    is_heavy = heavy(service.kinds)
    of_heavy = served[:, is_heavy].sum(axis=1)
    return {
        f"{name}.total": total,
        **{f"{name}.{kind.id}": served[:, number] for number, kind in enumerate(service.kinds)},
        f"{name}.heavy": of_heavy,
        f"{name}.heavy-share": of_heavy / np.maximum(total, 1.0),
    }


def _waiting_by_group(service: Service, waiting: Real) -> dict[str, Real]:
    groups = dict.fromkeys(kind.group for kind in service.kinds if kind.group)
    return {
        f"waiting.{group}": waiting[:, [kind.group == group for kind in service.kinds]].sum(axis=1)
        for group in groups
    }


def _mean_wait(by_class: Real) -> Real:
    """Days that those who were admitted since the record before had waited; at the start those in the months after."""
    admitted = by_class[:, layout.ADMITTED].sum(axis=1)
    days = by_class[:, layout.DAYS_WAITED].sum(axis=1) / np.maximum(admitted, 1.0)
    return np.asarray(np.concatenate([days[:, 1:2], days[:, 1:]], axis=1), np.float64)


def _served_shares(service: Service, placed: Real, records: tuple[date, ...]) -> dict[str, Real]:
    """How many are admitted in each province for every request that is expected from there, since the record before.

    At the start what it is in the months after it. Nothing where all stations lie in one province.
    """
    provinces = service.stations.provinces
    if len(provinces) < 2:
        return {}
    passed = np.array([(day - records[0]).days for day in records]) / YEAR
    years = np.minimum(passed[:-1].astype(int), service.rate.shape[1] - 1)
    lies = np.array(service.area_provinces)
    found = {}
    for number, province in enumerate(provinces):
        asked = service.rate[: placed.shape[0], :, lies == province].sum(axis=2)[:, years] * np.diff(passed)
        share = placed[:, number, 1:] / np.maximum(asked, 1.0)
        found[f"served-share.{province}"] = np.concatenate([share[:, :1], share], axis=1)
    return found


def _of_the_year(flows: Real, records: tuple[date, ...]) -> Real:
    """Flows since the record before, added up over the calendar year (in the first: since the start)."""
    found = flows.copy()
    for number in range(1, len(records)):
        if records[number].year == records[number - 1].year and number > 1:
            found[:, number] += found[:, number - 1]
    return found


def _money(service: Service, days: Real, served: Real, records: tuple[date, ...]) -> dict[str, Real]:
    """What the help costs: an amount a day, more for heavy care, that grows with prices."""
    numbers, runs = service.numbers, days.shape[0]
    if not numbers.has("cost.day"):
        return {}
    step = amounts(numbers.get("cost.heavy-step", 0.0))[:runs, None] * heavy(service.kinds)
    a_day = amounts(numbers.need("cost.day"))[:runs, None] + step
    growth = np.maximum(numbers.get("cost.growth", 0.0), -0.5)[:runs]
    length = np.array([(day - before).days for day, before in zip(records[1:], records, strict=False)])
    a_year = np.empty((runs, len(records)))
    a_year[:, 0] = (served[:, :, 0] * a_day).sum(axis=1) * YEAR
    a_year[:, 1:] = np.einsum("rkj,rk->rj", days[:, :, 1:], a_day) / length * YEAR
    passed = np.array([(day - records[0]).days for day in records]) / YEAR
    return {"money.used": a_year * (1.0 + growth[:, None]) ** passed}
