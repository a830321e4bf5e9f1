"""Counts for who may see no persons: rounded by what is counted and by who is in it, the same on every page.

What changes from day to day is always rounded, whatever the region chose for what it publishes: of exact counts the
difference between two days would tell who came (docs/open-figures.md).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
from django.conf import settings

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.queries.freshness import Latest
from veerkracht.register.care.queries.glance import NextInLine, PotTotal, Today
from veerkracht.register.care.queries.live import current_list
from veerkracht.register.disclosure import Cells, Linked, Sum, cell_name, record_keys, rounded, settled
from veerkracht.register.errors import Invalid
from veerkracht.register.money.queries import balances
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.rulebook.cost import full_cost
from veerkracht.rulebook.types import Programme, Text

_lists = Latest(2)


def secret() -> bytes:
    """With what record keys are made. Who knows it can take the rounding away: it is made from the secret key."""
    return hashlib.blake2b(b"disclosure", key=settings.SECRET_KEY.encode()[:64]).digest()


def base() -> int:
    """The multiple to which the region rounds. Raises `Invalid` where it does not say how figures are protected."""
    choice = region.current().disclosure
    if choice is None:
        raise Invalid(
            Text("De regio zegt niet hoe cijfers beschermd worden.", "The region has no [disclosure].")
        )
    return choice.base


def with_keys(table: pl.DataFrame) -> pl.DataFrame:
    """A table with a column `person`, and the `key` of each."""
    persons = table.get_column("person").unique()
    keys = pl.DataFrame({"person": persons, "key": record_keys(persons.to_list(), secret())})
    return table.drop("key", strict=False).join(keys, on="person", how="left", maintain_order="left")


def keyed_list(programme_id: str) -> pl.DataFrame:
    """The list as it stands, with record keys."""
    return _lists.get(programme_id, lambda: with_keys(current_list(programme_id)))


@dataclass(frozen=True)
class Rounding:
    """Rounds counts of a programme. `step`: of amounts, in cents a year: what `base` grants cost at most."""

    programme: str
    base: int
    step: int

    def counts(self, names: Sequence[str], counts: pl.Series, keys: pl.Series) -> np.ndarray:
        """Rounded counts of who is in each cell."""
        return rounded(Cells(names, counts.to_numpy(), keys.to_numpy()), self.base, secret())

    def persons(self, table: pl.DataFrame, measure: str, **of: str) -> int:
        """How many rows a table with record keys has, rounded."""
        name = cell_name(self.programme, measure, **of)
        cells = Cells([name], np.array([table.height]), np.array([table.get_column("key").sum()]))
        return int(rounded(cells, self.base, secret())[0])

    def number(self, value: int, measure: str) -> int:
        """A count of which only the number is known, rounded."""
        return self._alone(value, measure, self.base)

    def cents(self, value: int, measure: str) -> int:
        """An amount, rounded so that it hides what a few persons cost."""
        return self._alone(value, measure, self.step)

    def _alone(self, value: int, measure: str, step: int) -> int:
        name = cell_name(self.programme, measure)
        return int(rounded(Cells([name], np.array([value]), np.array([value])), step, secret())[0])


def rounding_of(programme: Programme, on: date | None = None) -> Rounding:
    """How counts and amounts of a programme's list are rounded on a day (today). Raises `Invalid` as `base` does."""
    table = current_list(programme.id)
    costs = full_cost(table, programme, on or clock.today())
    most = costs.max()
    return Rounding(programme.id, base(), base() * _round_above(int(most) if isinstance(most, int) else 1))


def free_cents(actor: Actor, programme: Programme) -> int:
    """The money that is free, in cents a year; rounded for who may see no persons."""
    free = balances(programme.id)["free"]
    if may("request.list", actor, programme.id):
        return free
    return rounding_of(programme).cents(free, "money-free")


def _round_above(cents: int) -> int:
    """The next 1, 2 or 5 with zeros: nobody's own amount."""
    size = 10 ** (len(str(max(cents, 1))) - 1)
    return next(many * size for many in (1, 2, 5, 10) if many * size >= cents)


def protect_today(glance: Today) -> Today:
    """A programme at a glance without what tells about one person: counts and amounts are rounded, and of who is first
    in line only the quarter is said.
    """
    rounding = rounding_of(glance.programme, glance.on)
    table = keyed_list(glance.programme.id)
    totals = _totals(glance, rounding, table)
    size = len(glance.areas)
    by_area, by_group = totals[:size], totals[size : size + len(glance.groups)]
    people = table.unique("person")
    in_groups = table.filter(pl.col("priority_group") > 0).unique("person")
    return replace(
        glance,
        groups=tuple(
            _group(group, int(shown), rounding, table)
            for group, shown in zip(glance.groups, by_group, strict=True)
        ),
        without_group=int(totals[-2]),
        requests=int(totals[-1]),
        persons=rounding.persons(people, "waiting-persons"),
        persons_in_groups=rounding.persons(in_groups, "waiting-persons-in-groups"),
        holders=rounding.number(glance.holders, "holders"),
        areas=tuple(
            replace(area, requests=int(shown), per_thousand=_per_thousand(int(shown), area.inhabitants))
            for area, shown in zip(glance.areas, by_area, strict=True)
        ),
        due=tuple(replace(due, count=rounding.number(due.count, f"due-{due.what}")) for due in glance.due),
        money={name: rounding.cents(cents, f"money-{name}") for name, cents in glance.money.items()},
    )


def protect_history(counted: pl.DataFrame, programme: Programme) -> pl.DataFrame:
    """Counts of `history` by date and group, with the sum of the record keys of who is in each: rounded."""
    names = [cell_name(programme.id, "waiting", group=str(group)) for group in counted.get_column("group")]
    cells = Cells(names, counted.get_column("requests").to_numpy(), counted.get_column("key").to_numpy())
    shown = rounded(cells, base(), secret())
    return counted.with_columns(requests=pl.Series(shown, dtype=pl.Int64))


def _totals(glance: Today, rounding: Rounding, table: pl.DataFrame) -> np.ndarray:
    """Waiting requests by area, by group, without a group, and all: rounded so that they tell nothing together."""
    areas = _sums(table, "area", [area.code for area in glance.areas])
    groups = _sums(table, "priority_group", [*(group.group for group in glance.groups), 0])
    whole = table.select(pl.len().cast(pl.Int64).alias("count"), pl.col("key").sum())
    cells = pl.concat([one.select("count", "key") for one in (areas, groups, whole)])
    names = [cell_name(rounding.programme, "waiting", area=area.code) for area in glance.areas]
    names += [
        cell_name(rounding.programme, "waiting", group=str(group)) for group in groups.get_column("value")
    ]
    names.append(cell_name(rounding.programme, "waiting"))
    shown = rounding.counts(names, cells.get_column("count"), cells.get_column("key"))
    last = len(names) - 1
    linked = Linked(
        len(names),
        (Sum(last, tuple(range(areas.height))), Sum(last, tuple(range(areas.height, last)))),
    )
    return settled(linked, shown, rounding.base)


def _sums(table: pl.DataFrame, by: str, values: Sequence[str | int]) -> pl.DataFrame:
    """How many rows have each value, and the sum of their keys; in the sequence of the values."""
    found = table.group_by(by).agg(pl.len().cast(pl.Int64).alias("count"), pl.col("key").sum())
    wanted = pl.DataFrame({by: values}, schema={by: table.schema[by]})
    joined = wanted.join(found, on=by, how="left", maintain_order="left")
    return joined.select(pl.col(by).cast(pl.String).alias("value"), pl.col("count", "key").fill_null(0))


def _group(group: PotTotal, shown: int, rounding: Rounding, table: pl.DataFrame) -> PotTotal:
    own = table.filter(pl.col("priority_group") == group.group).unique("person")
    # Where everyone asks once, persons are the very cell that requests are: the same name, the same number.
    persons = rounding.persons(own, "waiting", group=str(group.group))
    return replace(group, requests=shown, persons=persons, next=_coarse(group.next))


def _coarse(first: NextInLine | None) -> NextInLine | None:
    if first is None or first.priority_date is None or first.days is None:
        return first
    day = first.priority_date
    begin = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return replace(first, number="", priority_date=begin, days=first.days + (day - begin).days)


def _per_thousand(requests: int, inhabitants: int | None) -> float | None:
    return 1000 * requests / inhabitants if inhabitants else None
