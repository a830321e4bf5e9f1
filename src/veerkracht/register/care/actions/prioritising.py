"""Where a request stands among others: its priority group or its route, decided by a named person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db import transaction

from veerkracht.register.care.actions.writing import check_day, check_in_time, check_state, write_step
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import ON_LIST, Request, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook import priority
from veerkracht.rulebook.types import Programme, Text


def prioritise(
    request: Request,
    *,
    by: Actor,
    on: date,
    group: int | None = None,
    route: str | None = None,
    facts: dict[str, Any] | None = None,
    text: str = "",
    version: int | None = None,
) -> Request:
    """Decide where a request stands: its priority group, or a route outside the queue (or both). It then
    waits.

    Without `group` and `route` the group follows from the answers (`facts`) by the programme's rule; deciding
    on it remains the act of `by`. The priority date follows from the programme's rule. Raises `Invalid` for
    an unknown group or route, or when the answers give no group.
    """
    kind = Step.Kind.PRIORITISED if route is None else Step.Kind.ROUTED
    decision = _Decision(by, on, kind, group, route, facts, text)
    return _decide(request, decision, version)


def revise(
    request: Request,
    *,
    by: Actor,
    on: date,
    group: int | None = None,
    facts: dict[str, Any] | None = None,
    text: str = "",
    version: int | None = None,
) -> Request:
    """Decide on a revision that was asked for on the day `on`: another group, or the same one again."""
    decision = _Decision(by, on, Step.Kind.REVISED, group, None, facts, text)
    return _decide(request, decision, version)


@dataclass(frozen=True)
class _Decision:
    """Where a request shall stand, as decided by `by` on a day; None for what is not decided."""

    by: Actor
    on: date
    kind: Step.Kind
    group: int | None
    route: str | None
    facts: dict[str, Any] | None
    text: str


def _decide(request: Request, decision: _Decision, version: int | None) -> Request:
    rules = programme_of(request.programme)
    by, on, kind = decision.by, decision.on, decision.kind
    require("request.change", by, request)
    check_day(on)
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        check_state(request, *(("waiting",) if kind == Step.Kind.REVISED else ON_LIST))
        check_in_time(request, on, "priority_group", "route", "state")
        sets = {"state": "waiting", **_place(rules, request, decision)}
        write_step(request, kind, by=by, on=on, text=decision.text, facts=decision.facts, **sets)
        record(by, "change", request, person_id=request.person_id, detail={"step": str(kind)})
    return request


def _route(rules: Programme, route: str, on: date) -> str:
    if route and rules.route(route, on) is None:
        open_ = ", ".join(one.id for one in rules.routes if one.holds(on))
        raise Invalid(
            Text(
                nl=f"Er is op {on:%d-%m-%Y} geen weg “{route}”. Er zijn: {open_}.",
                en=f"There is no route “{route}” on {on:%d-%m-%Y}. There are: {open_}.",
            ),
            "route",
        )
    return route


def _group(rules: Programme, request: Request, facts: dict[str, Any] | None, on: date) -> int:
    table = _row(rules, request, facts or _answers(request))
    found = priority.priority_group(table, rules, on).item()
    if not found:
        raise Invalid(
            Text(
                nl="De antwoorden geven geen prioriteitengroep: vul ze aan of beslis zelf over de groep.",
                en="The answers give no priority group: complete them or decide on the group yourself.",
            ),
            "group",
        )
    return int(found)


def _answers(request: Request) -> dict[str, Any]:
    last = request.steps.filter(facts__isnull=False).order_by("holds_from", "recorded_at", "id").last()
    return last.facts if last else {}


def _place(rules: Programme, request: Request, decision: _Decision) -> dict[str, Any]:
    """The columns that a decision sets. A route alone leaves the group as it is."""
    sets: dict[str, Any] = {}
    if decision.route is not None:
        sets["route"] = _route(rules, decision.route, decision.on)
    if decision.group is not None or decision.route is None:
        group = decision.group
        if group is None:
            group = _group(rules, request, decision.facts, decision.on)
        sets |= _group_and_date(rules, request, group, decision.on)
    return sets


def _group_and_date(rules: Programme, request: Request, group: int, on: date) -> dict[str, Any]:
    if rules.group(group) is None:
        known = ", ".join(str(one.number) for one in rules.groups)
        raise Invalid(
            Text(
                nl=f"Er is geen prioriteitengroep {group}. Er zijn: {known}.",
                en=f"There is no priority group {group}. There are: {known}.",
            ),
            "group",
        )
    change = {
        "group_before": request.priority_group,
        "group_after": group,
        "priority_date_before": request.priority_date,
        "revision_date": on,
    }
    found = priority.priority_date(_row(rules, request, change), rules, on).item()
    return {"priority_group": group, "priority_date": found}


_TYPES = {
    "integer": pl.Int64,
    "number": pl.Float64,
    "text": pl.String,
    "date": pl.Date,
    "boolean": pl.Boolean,
}


def _row(rules: Programme, request: Request, more: dict[str, Any]) -> pl.DataFrame:
    """The request as the rulebook's table of one row: each column that the programme declares, unknown ones
    null.
    """
    known = {column.name: getattr(request, column.name, None) for column in rules.columns}
    known |= {"id": request.pk, "person": request.person_id, "birth_date": request.person.birth_date}
    known |= {name: value for name, value in more.items() if name in known}
    types = {column.name: _TYPES[column.type] for column in rules.columns}
    return pl.DataFrame(
        {
            name: pl.Series(name, [value], dtype=types.get(name), strict=False)
            for name, value in known.items()
            if name not in ("on", "age")
        }
    )
