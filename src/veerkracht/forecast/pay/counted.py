"""Staff as the register counts it in the place of published figures, where the count is complete enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from veerkracht.forecast.inputs import Parameters, Uncertain
from veerkracht.forecast.staff.drawn import OWNER
from veerkracht.region import Region
from veerkracht.region.staff import Workforce
from veerkracht.rulebook.types import Parameter, Source, Text

# Of each count how far it may lie from what is so: what is left out and what is typed wrong.
_MARGIN = 0.02
# Of the counts of a sector, the part that must say a number before it is taken over.
_KNOWN = 0.9
_SOURCE = Source("Register")
_TEXT = Text("Geteld in het register.", "Counted in the register.")


@dataclass(frozen=True)
class Counted:
    """`region`: with the counts in the place of numbers of the file on staff. `used`: sectors of which they are;
    `left`: full-time equivalents that were counted of the others, beside what is published of them at least."""

    region: Region
    used: tuple[str, ...]
    left: dict[str, tuple[float, float]]


def counted(region: Region, columns: pl.DataFrame, on: date) -> Counted:
    """Take over counts of a day: full-time equivalents by profession, vacancies and sickness. A sector is complete
    enough when as many are counted as is published of it at least; of the others nothing changes.

    columns: one row a sector and profession: `sector`, `profession`, and, null where nobody said, `fte`, `vacancies`
    (each counts as a full-time post) and `sick_share`; and the part of the counts that said them, `fte_known`,
    `vacancies_known`, `sick_known`. Who quit is counted in persons, not full-time equivalents: not taken over.
    """
    workforce = region.staff
    if workforce is None or columns.is_empty():
        return Counted(region, (), {})
    parameters = Parameters(OWNER, workforce.parameters, on)
    new: dict[str, float] = {}
    used, left = [], {}
    for sector in (one.id for one in workforce.sectors):
        rows = columns.filter(pl.col("sector") == sector)
        fte, least = float(rows.get_column("fte").sum()), parameters.need(f"fte.{sector}").low
        if fte >= least and _is_known(rows, "fte"):
            used.append(sector)
            new.update(_numbers(sector, rows, [one.id for one in workforce.professions]))
        elif fte:
            left[sector] = (fte, least)
    held = {id: parameters.need(id) for id in new}
    changed = replace(region, staff=_with(workforce, new, held)) if new else region
    return Counted(changed, tuple(used), left)


def _numbers(sector: str, rows: pl.DataFrame, professions: Sequence[str]) -> dict[str, float]:
    """The numbers of the file on staff that a complete count of a sector gives."""
    fte = float(rows.get_column("fte").sum())
    by_profession = dict(rows.group_by("profession").agg(pl.col("fte").sum()).iter_rows())
    found = {f"fte.{sector}": fte}
    found |= {f"share.{sector}.{one}": float(by_profession.get(one, 0.0)) / fte for one in professions}
    if _is_known(rows, "vacancies"):
        vacancies = float(rows.get_column("vacancies").sum())
        found[f"vacant.{sector}"] = vacancies / (fte + vacancies)
    if _is_known(rows, "sick"):
        sick = float((rows.get_column("sick_share") * rows.get_column("fte")).sum())
        found[f"sickness.{sector}"] = sick / fte
    return found


def _is_known(rows: pl.DataFrame, what: str) -> bool:
    """Whether nearly every count of each profession says it."""
    return bool((rows.get_column(f"{what}_known") >= _KNOWN).all())


def _with(workforce: Workforce, new: Mapping[str, float], held: Mapping[str, Uncertain]) -> Workforce:
    """The workforce with some numbers replaced for good, each with its small margin."""
    kept = tuple(one for one in workforce.parameters if one.id not in new)
    counts = tuple(_parameter(held[id], value) for id, value in new.items())
    return replace(workforce, parameters=(*kept, *counts))


def _parameter(number: Uncertain, value: float) -> Parameter:
    return Parameter(
        from_=date.min,
        source=_SOURCE,
        id=number.id,
        value=value,
        low=value * (1 - _MARGIN),
        high=value * (1 + _MARGIN),
        unit=number.unit,
        text=Text(f"{number.text.nl} {_TEXT.nl}", f"{number.text.en} {_TEXT.en}"),
    )
