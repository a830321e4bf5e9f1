"""Which tables are published, as cells that add up to each other. Columns in, columns out: no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from veerkracht.register.disclosure import Linked, Sum, crossed
from veerkracht.register.disclosure.ages import AGE_BANDS
from veerkracht.rulebook.types import Programme

WAITING, HELPED = "waiting", "helped"
LEVELS = ("province", "zone", "municipality")
# The columns by which a cell is known; "" stands for all together.
OF = ("measure", "area", "group", "age")


@dataclass(frozen=True)
class Axis:
    """The values of one dimension, with their totals; "" is the total of all."""

    values: tuple[str, ...]
    linked: Linked

    def only(self, wanted: Iterable[str]) -> "Axis":
        """As an axis of some values that add up to the total of all."""
        parts = tuple(wanted)
        return _flat(parts)


def _flat(parts: Sequence[str]) -> Axis:
    last = len(parts)
    return Axis((*parts, ""), Linked(last + 1, (Sum(last, tuple(range(last))),)))


def area_axis(areas: pl.DataFrame) -> Axis:
    """Municipalities, zones, provinces and the whole region. A level that the region does not have, or that does not
    lie inside the next, is left out.
    """
    values = areas.get_column("code").to_list()
    codes: dict[str, list[str]] = {code: [code] for code in values}
    below = {code: code for code in values}
    sums = []
    for level in ("zone", "province"):
        found = _inside(areas, level, below)
        if found is None:
            continue
        for name, parts in found.items():
            codes[name] = parts
            sums.append(Sum(len(values), tuple(values.index(part) for part in parts)))
            values.append(name)
        named = areas.select("code", level).iter_rows()
        below = {code: f"{level}:{value}" for code, value in named}
    tops = list(dict.fromkeys(below.values()))
    sums.append(Sum(len(values), tuple(values.index(top) for top in tops)))
    return Axis((*values, ""), Linked(len(values) + 1, tuple(sums)))


def _inside(areas: pl.DataFrame, level: str, below: Mapping[str, str]) -> dict[str, list[str]] | None:
    """The values of a level with what they consist of; None when the level isn't there, or cuts through what is."""
    if (areas.get_column(level).fill_null("") == "").any():
        return None
    found: dict[str, list[str]] = {}
    owner: dict[str, str] = {}
    for code, value in areas.select("code", level).sort(level, "code").iter_rows():
        part, name = below[code], f"{level}:{value}"
        if owner.setdefault(part, name) != name:
            return None
        if part not in found.setdefault(name, []):
            found[name].append(part)
    return found


@dataclass(frozen=True)
class Published:
    """The cells of all tables of a programme, each once, and the sums that join them."""

    cells: pl.DataFrame
    linked: Linked


def published_cells(programme: Programme, areas: pl.DataFrame) -> Published:
    """Who waits: by area and group, by age and group, by province and age. Who is helped: by area, by province and
    age.
    """
    area = area_axis(areas)
    provinces = [value for value in area.values if value.startswith("province:")]
    group = _flat([str(one) for one in (*(group.number for group in programme.groups), 0)])
    age = _flat([str(low) for low in (0, *AGE_BANDS)])
    wide = area.only(provinces)
    alone = Axis(("",), Linked(1, ()))
    tables = [
        (WAITING, area, group, alone),
        (WAITING, alone, group, age),
        (WAITING, wide, alone, age),
        (HELPED, area, alone, alone),
        (HELPED, wide, alone, age),
    ]
    return _joined([table for table in tables if table[1] is not wide or provinces])


def _joined(tables: Sequence[tuple[str, Axis, Axis, Axis]]) -> Published:
    """Tables as one system: a cell that stands in two of them is one cell."""
    places: dict[tuple[str, str, str, str], int] = {}
    sums: dict[Sum, None] = {}
    for measure, area, group, age in tables:
        names = [(measure, a, g, b) for a in area.values for g in group.values for b in age.values]
        for name in names:
            places.setdefault(name, len(places))
        own = crossed(crossed(area.linked, group.linked), age.linked)
        for one in own.sums:
            total = places[names[one.total]]
            sums.setdefault(Sum(total, tuple(places[names[part]] for part in one.parts)))
    cells = pl.DataFrame(list(places), dict.fromkeys(OF, pl.String), orient="row")
    return Published(cells, Linked(len(places), tuple(sums)))


def counted(published: Published, rows: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The cells with `count`, `persons` and `key` (the sum of record keys). `rows`: measure, person, area, group,
    age (the band) and key, one for each thing that is counted.
    """
    known = areas.select(
        pl.col("code").alias("area"),
        pl.concat_str(pl.lit("zone:"), "zone").alias("zone"),
        pl.concat_str(pl.lit("province:"), "province").alias("province"),
    )
    placed = rows.join(known, on="area", how="left").with_columns(all=pl.lit(""))
    found = pl.concat(
        _grouped(placed, area, group, age)
        for area in ("area", "zone", "province", "all")
        for group, age in (("group", "all"), ("all", "age"), ("all", "all"), ("group", "age"))
    )
    joined = published.cells.join(found, on=OF, how="left", maintain_order="left")
    return joined.with_columns(pl.col("count", "persons", "key").fill_null(0))


def _grouped(placed: pl.DataFrame, area: str, group: str, age: str) -> pl.DataFrame:
    by = {"measure": "measure", "area": area, "group": group, "age": age}
    named = placed.select("person", "key", *(pl.col(column).alias(name) for name, column in by.items()))
    return named.group_by(OF).agg(
        pl.len().cast(pl.Int64).alias("count"),
        pl.col("person").n_unique().cast(pl.Int64).alias("persons"),
        pl.col("key").sum(),
    )
