"""Help in an emergency: a temporary budget outside the rounds, and what follows it."""

from datetime import date
from typing import Literal

from django.db import transaction

from veerkracht.register.care.actions.budgets import last_day, open_budget, stop
from veerkracht.register.care.actions.round_checks import check_free
from veerkracht.register.care.actions.writing import (
    check_day,
    check_in_time,
    check_nothing_on_offer,
    check_state,
    write_step,
)
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import Budget, Request, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.actions import Movement, move
from veerkracht.register.money.models import Entry
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.cost import full_cost
from veerkracht.rulebook.types import Programme, Route, Text

Outcome = Literal["definitive", "extended", "ended"]


def grant_emergency(
    request: Request, *, by: Actor, on: date, text: str = "", version: int | None = None
) -> Budget:
    """Grant and start at once, for as long as its route gives. Signed by another than who put it on that
    route.

    Raises `Invalid` when the request waits on no temporary route that is open that day, when its category is
    not known, or when there is not enough free money.
    """
    require("grant.outside-round", by, request)
    check_day(on)
    rules = programme_of(request.programme)
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        check_state(request, "waiting")
        check_nothing_on_offer(request)
        check_in_time(request, on, "state", "route")
        _temporary_route(rules, request, on)
        _check_other_signer(request, by)
        cents = _cost(rules, request, on)
        check_free(request.programme, cents, on)
        pot = f"route.{request.route}"
        grant = write_step(request, Step.Kind.GRANTED, by=by, on=on, reason=pot, text=text, state="granted")
        given = [Movement("free", "granted", cents, request.pk)]
        move(request.programme, Entry.Kind.GRANTED, given, by=by, on=on)
        budget = open_budget(request, grant, cents, on=on)
        write_step(request, Step.Kind.STARTED, by=by, on=on, state="served")
        taken = [Movement("granted", "running", cents, request.pk)]
        move(request.programme, Entry.Kind.STARTED, taken, by=by, on=on)
        record(by, "create", budget, person_id=request.person_id, detail={"request": request.number})
    return budget


def follow_up_emergency(
    budget: Budget,
    *,
    by: Actor,
    on: date,
    outcome: Outcome,
    text: str = "",
    version: int | None = None,
) -> Budget:
    """What a temporary budget becomes: definitive, extended by the time its route gives, or ended on the day
    `on`.

    Who had a place in a priority group before waits there again, with the same date, when the budget ends.
    """
    require("grant.outside-round", by, budget)
    check_day(on)
    with said(), transaction.atomic():
        change_list(budget.programme)
        budget = locked(budget, version)
        _check_temporary(budget, on)
        if outcome == "ended":
            waits = budget.request and budget.request.priority_group > 0
            back = {"state": "waiting", "route": ""} if waits else {}
            stop(budget, by=by, on=on, reason="emergency-ended", text=text, **back)
        else:
            _go_on(budget, outcome, on)
            if budget.request_id:
                write_step(locked(budget.request), Step.Kind.CHANGED, by=by, on=on, reason=outcome, text=text)
            record(by, "change", budget, person_id=budget.person_id, detail={"follow-up": outcome})
    return budget


def _go_on(budget: Budget, outcome: Outcome, on: date) -> None:
    if outcome == "definitive":
        budget.kind, budget.until_date = Budget.Kind.DEFINITIVE, None
    else:
        rules = programme_of(budget.programme)
        route = _temporary_route(rules, budget.request, on)
        budget.until_date = last_day(route, budget.until_date) if budget.until_date else None
    budget.version += 1
    budget.save(update_fields=["kind", "until_date", "version"])


def _temporary_route(rules: Programme, request: Request | None, on: date) -> Route:
    route = rules.route(request.route, on) if request and request.route else None
    if route is None or last_day(route, on) is None:
        raise Invalid(
            Text(
                nl="Deze vraag staat niet op een weg die dan een tijdelijk budget geeft.",
                en="This request is not on a route that then gives a temporary budget.",
            ),
            "route",
        )
    return route


def _check_other_signer(request: Request, by: Actor) -> None:
    routed = request.steps.filter(route__isnull=False).order_by("holds_from", "recorded_at", "id").last()
    if routed and routed.by_id == by.user_id:
        raise Invalid(
            Text(
                nl="Wie een vraag buiten de rij plaatst, kent ze niet zelf toe.",
                en="Who puts a request on a route outside the queue does not grant it.",
            ),
            "by",
        )


def _cost(rules: Programme, request: Request, on: date) -> int:
    row = waiting_table(request.programme).filter(id=request.pk)
    cents = full_cost(row, rules, on).item()
    if not cents:
        raise Invalid(
            Text(
                nl="De budgetcategorie is nog niet bepaald.", en="The budget category has not been set yet."
            ),
            "category",
        )
    return int(cents)


def _check_temporary(budget: Budget, on: date) -> None:
    if budget.ended_on or budget.kind != Budget.Kind.TEMPORARY:
        raise Invalid(
            Text(nl="Dit is geen lopend tijdelijk budget.", en="This is not an open temporary budget."),
            "kind",
        )
    if on < budget.from_date:
        raise Invalid(
            Text(nl="Dit ligt voor het begin van het budget.", en="This is before the budget started."), "on"
        )
