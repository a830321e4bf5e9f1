"""What a case can expect: each outcome is one call of the rulebook, the same that the register makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from veerkracht.rulebook import schemes
from veerkracht.rulebook.conditions import PREFIX, conditions, eligible
from veerkracht.rulebook.cost import cents_per_point, cost
from veerkracht.rulebook.errors import MoneyFault, TableFault
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import pot_of, pots
from veerkracht.rulebook.priority import priority_date, priority_group
from veerkracht.rulebook.queues import queue_of
from veerkracht.rulebook.rounds import RoundResult, share_out
from veerkracht.rulebook.routes import ends_on
from veerkracht.rulebook.tables import on_date
from veerkracht.rulebook.types import Programme


@dataclass
class Setting:
    """A case: the request is the first row. Amounts in cents."""

    programme: Programme
    on: date
    known: date
    rows: list[dict[str, Any]]
    columns: dict[str, pl.DataType]
    money_cents: int | None
    envelopes: dict[str, int] | None
    basis: Any

    @cached_property
    def table(self) -> pl.DataFrame:
        return pl.DataFrame(self.rows, schema=self.columns, orient="row")

    @property
    def alone(self) -> pl.DataFrame:
        return self.table.head(1)

    @property
    def request(self) -> dict[str, Any]:
        return self.rows[0]

    @cached_property
    def round(self) -> RoundResult:
        if self.money_cents is None:
            raise MoneyFault("The case has no money to hand out.")
        return share_out(
            self.table, self.programme, self.on, self.money_cents, envelopes=self.envelopes, basis=self.basis
        )


def _conditions_that(setting: Setting, wanted: bool | None) -> list[str]:
    checked = conditions(setting.alone, setting.programme, setting.on)
    names = [name for name in checked.columns if name.startswith(PREFIX)]
    return [name.removeprefix(PREFIX) for name in names if checked.item(0, name) is wanted]


def _pot(setting: Setting) -> str:
    number = pot_of(setting.alone, setting.programme, setting.on).item(0)
    return "" if number is None else pots(setting.programme, setting.on)[number].id


def _place(setting: Setting) -> int | None:
    queue = queue_of(setting.table, setting.programme, setting.on)
    found = queue.filter(pl.col("id") == setting.request["id"])
    return int(found.item(0, "position")) if found.height else None


def fact(request: dict[str, Any], name: str) -> Any:
    """A fact that an outcome can't do without. Raises `TableFault` naming it when the case does not state it."""
    if request.get(name) is None:
        raise TableFault(f"The request does not state its {name}, and this outcome needs it.")
    return request[name]


def points_of(programme: Programme, request: dict[str, Any], on: date, known: date) -> float:
    """The points of a request's category, in the scheme it states or else the one that its date gives.

    An old category that was converted counts as its new one where the programme says which that is, and
    otherwise keeps its own points.
    """
    category = str(request["category"])
    if request.get("scheme"):
        return schemes.points(programme, str(request["scheme"]), category)
    asked = fact(request, "request_date")
    scheme = schemes.scheme_for(programme, asked, on, known)
    conversion = schemes.conversion_for(programme, asked, on, known)
    if conversion is not None and category not in scheme.points:
        converted = schemes.convert(programme, conversion.id, category)
        first = schemes.first_scheme(programme, asked)
        return scheme.points[converted] if converted else schemes.points(programme, first.id, category)
    return schemes.points(programme, scheme.id, category)


def _points(setting: Setting) -> float | None:
    if "category" in setting.request:
        return points_of(setting.programme, setting.request, setting.on, setting.known)
    return setting.request.get("points")


def _scheme(setting: Setting) -> str:
    asked = fact(setting.request, "request_date")
    return schemes.scheme_for(setting.programme, asked, setting.on, setting.known).id


def _cost(setting: Setting) -> float | None:
    cents = cost(setting.alone, setting.programme, setting.on).item(0)
    return None if cents is None else cents / 100


def _route_open(setting: Setting) -> bool:
    number = pot_of(setting.alone, setting.programme, setting.on).item(0)
    return number is not None and pots(setting.programme, setting.on)[number].route is not None


def _route_ends(setting: Setting) -> date | None:
    route = setting.programme.route(setting.request["route"], setting.on)
    return None if route is None else ends_on(route, setting.on)


def _granted(setting: Setting) -> list[int]:
    lines = setting.round.lines
    return [int(id_) for id_ in lines.filter("granted").get_column("id")]


OUTCOMES: dict[str, Callable[[Setting], Any]] = {
    "eligible": lambda s: eligible(s.alone, s.programme, s.on).item(0),
    "unmet": lambda s: _conditions_that(s, False),
    "unknown": lambda s: _conditions_that(s, None),
    "age": lambda s: on_date(s.alone, s.on).item(0, "age"),
    "group": lambda s: priority_group(s.alone, s.programme, s.on).item(0),
    "priority_date": lambda s: priority_date(s.alone, s.programme, s.on).item(0),
    "scheme": _scheme,
    "points": _points,
    "point_value": lambda s: cents_per_point(s.programme, s.on) / 100,
    "cost_euro": _cost,
    "share": lambda s: share(s.alone, s.programme, s.on).item(0),
    "route_open": _route_open,
    "route_ends": _route_ends,
    "pot": _pot,
    "place": _place,
    "granted": _granted,
    "granted_self": lambda s: s.request["id"] in _granted(s),
    "spent_euro": lambda s: s.round.spent_cents / 100,
    "left_euro": lambda s: s.round.left_cents / 100,
}
