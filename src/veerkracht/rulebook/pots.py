"""Pots: where the money of a round is set apart. One for each open route, one for each priority group."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.tables import on_date, run
from veerkracht.rulebook.types import Group, Programme, Route, Text

EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Pot:
    """`id`: "route.<route>", a group's id, or "everyone" in a programme without groups."""

    id: str
    name: Text
    route: Route | None = None
    group: Group | None = None


def pots(programme: Programme, on: date) -> tuple[Pot, ...]:
    """The pots of a date: the open routes in the order of the file, then the groups by their number."""
    routes = tuple(Pot(route.pot, route.name, route=route) for route in all_on(programme.routes, on))
    groups = sorted(programme.groups, key=lambda group: group.number)
    if not groups:
        return (*routes, Pot(EVERYONE, Text("Iedereen", "Everyone")))
    return (*routes, *(Pot(group.id, group.name, group=group) for group in groups))


def pot_of(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    """The number of each row's pot in `pots(programme, on)`: int16, named "pot"; null when it has none.

    A request whose route is open, and whose facts meet the rule of that route if it has one, is in the pot
    of the route; any other in that of its group.
    """
    prepared = on_date(table, on)
    all_pots = pots(programme, on)
    choice = pl.lit(None, dtype=pl.Int16)
    for number, pot in reversed(list(enumerate(all_pots))):
        if pot.route is None:
            choice = pl.when(_in_group(pot)).then(pl.lit(number, pl.Int16)).otherwise(choice)
    for number, pot in enumerate(all_pots):
        if pot.route is not None:
            on_route = pl.col("route") == pot.route.id
            if pot.route.rule:
                allowed = run(prepared, pot.route.rule, f"The route {pot.route.id}")
                on_route = on_route & pl.lit(allowed).fill_null(value=False)
            choice = pl.when(on_route).then(pl.lit(number, pl.Int16)).otherwise(choice)
    return prepared.with_columns(choice.alias("pot")).get_column("pot")


def _in_group(pot: Pot) -> pl.Expr:
    return pl.lit(value=True) if pot.group is None else pl.col("priority_group") == pot.group.number
