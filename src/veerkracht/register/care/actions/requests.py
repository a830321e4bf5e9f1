"""A request comes in, is assessed, and leaves the list without being served."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
from veerkracht.register.care.models import ON_LIST, Request, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, require
from veerkracht.register.supply.writing import give_back_of
from veerkracht.rulebook import schemes
from veerkracht.rulebook.types import Programme, Text


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
        request = _added(person, programme, kind, on, number or numbers.take(numbers.REQUEST)[0])
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


def _added(person: Person, programme: str, kind: str, on: date, number: str) -> Request:
    """A request without a step yet."""
    return Request.objects.create(
        number=number,
        person=person,
        programme=programme,
        kind=kind,
        state="asked",
        live=True,
        request_date=on,
        area=person.area,
        version=0,
        updated_at=clock.now(),
    )


@dataclass(frozen=True)
class Assessed:
    """What an assessment found; None: it says nothing about that.

    `category`: one of the scheme that the request has on that day. `facts`: its answers, for the priority group.
    """

    category: str | None = None
    recognised: bool | None = None
    plan_approved_on: date | None = None
    complete: bool | None = None
    facts: dict[str, Any] | None = None


def assess(
    request: Request, found: Assessed, *, by: Actor, on: date, text: str = "", version: int | None = None
) -> Request:
    """Write down what an assessment found. Raises `RuleFault` for a category that doesn't exist."""
    require("request.change", by, request)
    check_day(on)
    sets: dict[str, Any] = {
        "recognised": found.recognised,
        "plan_approved_on": found.plan_approved_on,
        "complete": found.complete,
    }
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        check_state(request, *ON_LIST)
        if found.category is not None:
            sets |= _category(request, found.category, on)
            check_in_time(request, on, "category")
        write_step(request, Step.Kind.ASSESSED, by=by, on=on, text=text, facts=found.facts, **sets)
        record(by, "change", request, person_id=request.person_id, detail={"step": "assessed"})
    return request


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
    """A named signer decides that the request can't be met, and says why in words for the person.

    Raises `Refused` for who may not sign, `Invalid` without words, and `Conflict` when somebody changed it before us.
    """
    if not text:
        raise Invalid(
            Text(nl="Zeg waarom: de persoon leest dit.", en="Say why: the person will read this."), "text"
        )
    require("request.refuse", by, request)
    said_why = {"reason": reason, "text": text}
    return _close(request, Step.Kind.REFUSED, by=by, on=on, version=version, **said_why)


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
        check_state(request, *ON_LIST)
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
