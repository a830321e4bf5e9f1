"""A request comes in, is assessed and gets its place; and leaves the list without being served."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care import endings
from veerkracht.register.care.actions.askers import require_asker
from veerkracht.register.care.actions.writing import (
    as_points,
    check_day,
    check_in_time,
    check_nothing_on_offer,
    check_state,
    write_step,
)
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import Request, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, require
from veerkracht.register.supply.writing import give_back_of
from veerkracht.rulebook import priority, schemes
from veerkracht.rulebook.types import Programme, Text

_OPEN = ("asked", "waiting")


def ask(
    person: Person,
    *,
    by: Actor,
    programme: str,
    kind: str,
    on: date,
    bundle: int | None = None,
    register_date: date | None = None,
    number: str = "",
    text: str = "",
) -> Request:
    """A person asks for help on a day: somebody records it, or they ask themselves where the programme's file says so
    (`ask_oneself`). `register_date`: of a request taken over from an older register.

    Whether the person may have what they ask is not looked at here: conditions are checked when money is
    handed out. Raises `Invalid` for an unknown kind or a person who has died, `Conflict` for a kind that may
    not stand beside a live request of theirs.
    """
    rules = programme_of(programme)
    require_asker(rules, Case(person, programme, person.area), by, on)
    check_day(on)
    _check_kind(rules, kind)
    with said(), transaction.atomic():
        change_list(programme)
        # Locked so that two requests of one person are checked against one another.
        person = Person.objects.select_for_update().get(pk=person.pk)
        _check_alive(person)
        _check_beside(rules, person, kind)
        at = clock.now()
        request = Request.objects.create(
            number=number or numbers.take(numbers.REQUEST)[0],
            person=person,
            programme=programme,
            kind=kind,
            state="asked",
            live=True,
            request_date=on,
            area=person.area,
            version=0,
            updated_at=at,
        )
        write_step(
            request,
            Step.Kind.ASKED,
            by=by,
            on=on,
            text=text,
            state="asked",
            request_date=on,
            bundle=bundle,
            converted=True if register_date else None,
            register_date=register_date,
            points_held=_held(person, programme),
        )
        record(by, "create", request, person_id=person.pk)
    return request


def assess(
    request: Request,
    *,
    by: Actor,
    on: date,
    category: str | None = None,
    recognised: bool | None = None,
    plan_approved_on: date | None = None,
    complete: bool | None = None,
    facts: dict[str, Any] | None = None,
    text: str = "",
    version: int | None = None,
) -> Request:
    """What an assessment found. None: it says nothing about that. `facts`: its answers, for the priority
    group.

    The category is one of the scheme that the request has on that day. Raises `RuleFault` for one that
    doesn't exist.
    """
    require("request.change", by, request)
    check_day(on)
    sets: dict[str, Any] = {
        "recognised": recognised,
        "plan_approved_on": plan_approved_on,
        "complete": complete,
    }
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        check_state(request, *_OPEN)
        if category is not None:
            sets |= _category(request, category, on)
            check_in_time(request, on, "category")
        write_step(request, Step.Kind.ASSESSED, by=by, on=on, text=text, facts=facts, **sets)
        record(by, "change", request, person_id=request.person_id, detail={"step": "assessed"})
    return request


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


def withdraw(
    request: Request, *, by: Actor, on: date, reason: str = "", text: str = "", version: int | None = None
) -> Request:
    """The person no longer asks. What is granted is declined instead (`grants.decline_grant`)."""
    require("request.withdraw", by, request)
    said_why = {"reason": reason, "text": text}
    return _close(request, Step.Kind.WITHDRAWN, by=by, on=on, version=version, **said_why)


def refuse(
    request: Request, *, by: Actor, on: date, reason: str, text: str, version: int | None = None
) -> Request:
    """A named signer decides that the request can't be met, and says why in words for the person."""
    if not text:
        raise Invalid(
            Text(nl="Zeg waarom: de persoon leest dit.", en="Say why: the person will read this."), "text"
        )
    require("request.refuse", by, request)
    said_why = {"reason": reason, "text": text}
    return _close(request, Step.Kind.REFUSED, by=by, on=on, version=version, **said_why)


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
        check_state(request, *(("waiting",) if kind == Step.Kind.REVISED else _OPEN))
        check_in_time(request, on, "priority_group", "route", "state")
        sets = {"state": "waiting", **_place(rules, request, decision)}
        write_step(request, kind, by=by, on=on, text=decision.text, facts=decision.facts, **sets)
        record(by, "change", request, person_id=request.person_id, detail={"step": str(kind)})
    return request


def _close(
    request: Request, kind: Step.Kind, *, by: Actor, on: date, reason: str, text: str, version: int | None
) -> Request:
    """End a request that was not served; the step and the state it leads to have the same name.

    A place that was held for it is free again.
    """
    check_day(on)
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        check_state(request, *_OPEN)
        check_nothing_on_offer(request)
        check_in_time(request, on, "state")
        write_step(request, kind, by=by, on=on, reason=reason, text=text, state=str(kind))
        endings.end_request(request, by, on)
        give_back_of(request.pk, by, on)
        record(by, "change", request, person_id=request.person_id, detail={"step": str(kind)})
    return request


def _check_kind(rules: Programme, kind: str) -> None:
    if kind not in rules.kinds:
        known = ", ".join(rules.kinds)
        raise Invalid(
            Text(
                nl=f"Er is geen soort vraag “{kind}”. Er zijn: {known}.",
                en=f"There is no kind of request “{kind}”. There are: {known}.",
            ),
            "kind",
        )


def _check_alive(person: Person) -> None:
    # Also not for a day before the death: a request that comes in late would wait for nobody.
    if person.died_on:
        raise Invalid(
            Text(
                nl=f"Deze persoon is overleden op {person.died_on:%d-%m-%Y}.",
                en=f"This person died on {person.died_on:%d-%m-%Y}.",
            ),
            "person",
        )


def _check_beside(rules: Programme, person: Person, kind: str) -> None:
    live = Request.objects.filter(person=person, programme=rules.id, live=True).order_by("id")
    for other in live:
        if not rules.may_coexist(kind, other.kind):
            raise Conflict(
                Text(
                    nl=f"Naast vraag {other.number} ({other.kind}) kan geen vraag “{kind}” lopen.",
                    en=f"Beside request {other.number} ({other.kind}) there can be no live “{kind}”.",
                )
            )


def _held(person: Person, programme: str):
    budget = person.budgets.filter(programme=programme, ended_on=None).first()
    return budget.points if budget else None


def _category(request: Request, category: str, on: date) -> dict[str, Any]:
    rules = programme_of(request.programme)
    scheme = schemes.scheme_for(rules, request.request_date, on, clock.today())
    points = schemes.points(rules, scheme.id, category)
    return {"scheme": scheme.id, "category": category, "points": as_points(points)}


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
