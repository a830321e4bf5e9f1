"""A budget starts, changes and ends; the money moves with it."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care.actions.grants import open_grant
from veerkracht.register.care.actions.writing import as_points, check_day, write_step
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import Budget, Request, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.actions import Movement, move
from veerkracht.register.money.models import Entry
from veerkracht.register.money.queries import granted_cents
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook import schemes
from veerkracht.rulebook.months import add_months
from veerkracht.rulebook.types import Route, Text

_DAY = timedelta(days=1)


def start_budget(
    request: Request, *, by: Actor, on: date, text: str = "", version: int | None = None
) -> Budget:
    """What was granted is taken up from the day `on`; a budget the person already had goes on in the new one.

    Raises `Invalid` when nothing is on offer, or the day is before the grant or after the last day to
    respond.
    """
    require("budget.change", by, request)
    check_day(on)
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        grant = open_grant(request)
        _check_between(on, grant)
        cents = granted_cents([request.pk]).get(request.pk, 0)
        sets = {} if grant.kind == Step.Kind.GRANTED_PARTIALLY else {"state": "served"}
        budget = open_budget(request, grant, cents, on=on)
        write_step(request, Step.Kind.STARTED, by=by, on=on, text=text, round_id=grant.round_id, **sets)
        into = [Movement("granted", "running", cents, request.pk)]
        move(request.programme, Entry.Kind.STARTED, into, by=by, on=on, round_id=grant.round_id)
        _tell_other_requests(budget, by=by, on=on, held=budget.points)
        record(by, "create", budget, person_id=request.person_id, detail={"request": request.number})
    return budget


def change_budget(
    budget: Budget,
    *,
    by: Actor,
    on: date,
    category: str,
    reason: str,
    text: str = "",
    version: int | None = None,
) -> Budget:
    """A budget goes on in a lower category; what it costs less returns. A higher one is a new request.

    Returns the budget that goes on; the old one ends the day before. Raises `Invalid` for a higher category or a day on
    which the budget does not run, and `Conflict` when somebody changed it before us.
    """
    require("budget.change", by, budget)
    check_day(on)
    rules = programme_of(budget.programme)
    points = as_points(schemes.points(rules, budget.scheme, category))
    with said(), transaction.atomic():
        change_list(budget.programme)
        budget = locked(budget, version)
        _check_open(budget, on)
        if points > budget.points:
            raise Invalid(
                Text(nl="Een hoger budget is een nieuwe vraag.", en="A higher budget is a new request."),
                "category",
            )
        amount = _in_proportion(budget.amount_cents, points, budget.points)
        freed = budget.amount_cents - amount
        _close(budget, on, reason)
        changed = Budget.objects.create(
            person_id=budget.person_id,
            programme=budget.programme,
            request=budget.request,
            kind=budget.kind,
            points=points,
            scheme=budget.scheme,
            category=category,
            amount_cents=amount,
            from_date=on,
            until_date=budget.until_date,
        )
        _step(budget, Step.Kind.CHANGED, by=by, on=on, reason=reason, text=text)
        back = [Movement("running", "free", freed, budget.request_id)]
        move(budget.programme, Entry.Kind.CHANGED, back, by=by, on=on)
        _tell_other_requests(changed, by=by, on=on, held=points)
        record(by, "change", changed, person_id=budget.person_id, detail={"reason": reason})
    return changed


def end_budget(
    budget: Budget, *, by: Actor, on: date, reason: str, text: str = "", version: int | None = None
) -> Budget:
    """A budget ends; `on` is its last day. Its money is free again."""
    require("budget.change", by, budget)
    check_day(on)
    with said(), transaction.atomic():
        change_list(budget.programme)
        budget = locked(budget, version)
        _check_open(budget, on)
        stop(budget, by=by, on=on, reason=reason, text=text)
        _tell_other_requests(budget, by=by, on=on, held=Decimal(0))
    return budget


def stop(budget: Budget, *, by: Actor, on: date, reason: str, text: str = "", **sets) -> None:
    """End a budget and return its money; for actions that hold the list's change lock."""
    budget.ended_on = on
    budget.end_reason = reason
    budget.version += 1
    budget.save(update_fields=["ended_on", "end_reason", "version"])
    _step(budget, Step.Kind.ENDED, by=by, on=on, reason=reason, text=text, **sets)
    back = [Movement("running", "free", budget.amount_cents, budget.request_id)]
    move(budget.programme, Entry.Kind.ENDED, back, by=by, on=on)
    record(by, "change", budget, person_id=budget.person_id, detail={"ended": reason})


def open_budget(request: Request, grant: Step, cents: int, *, on: date) -> Budget:
    """The budget that a grant leads to, in the place of one that the person already has."""
    kind, until = _kind_and_end(request, grant, on)
    before = (
        Budget.objects.select_for_update()
        .filter(person_id=request.person_id, programme=request.programme, ended_on=None)
        .first()
    )
    if before:
        _close(before, on, "replaced")
    return Budget.objects.create(
        person_id=request.person_id,
        programme=request.programme,
        request=request,
        kind=kind,
        points=request.points_held if kind == Budget.Kind.PARTIAL else request.points,
        scheme=request.scheme,
        category=request.category,
        amount_cents=cents + (before.amount_cents if before else 0),
        from_date=on,
        until_date=until,
    )


def last_day(route: Route, on: date) -> date | None:
    """The last day of what a route gives from a day; None when it has no end."""
    if route.weeks:
        return on + timedelta(weeks=route.weeks) - _DAY
    return add_months(on, route.months) - _DAY if route.months else None


def _kind_and_end(request: Request, grant: Step, on: date) -> tuple[str, date | None]:
    if grant.kind == Step.Kind.GRANTED_PARTIALLY:
        return Budget.Kind.PARTIAL, None
    route = programme_of(request.programme).route(request.route, grant.holds_from) if request.route else None
    until = last_day(route, on) if route else None
    return (Budget.Kind.TEMPORARY, until) if until else (Budget.Kind.DEFINITIVE, None)


def _close(budget: Budget, on: date, reason: str) -> None:
    """End a budget the day before another takes its place (or the same day when it began that day)."""
    budget.ended_on = max(on - _DAY, budget.from_date)
    budget.end_reason = reason
    budget.version += 1
    budget.save(update_fields=["ended_on", "end_reason", "version"])


def _step(budget: Budget, kind: str, *, by: Actor, on: date, reason: str, text: str, **sets) -> None:
    if budget.request_id:
        write_step(locked(budget.request), kind, by=by, on=on, reason=reason, text=text, **sets)


def _tell_other_requests(budget: Budget, *, by: Actor, on: date, held: Decimal) -> None:
    """The person's other live requests ask for what comes on top of what they now have."""
    others = Request.objects.select_for_update().filter(
        person_id=budget.person_id, programme=budget.programme, live=True
    )
    for other in others.exclude(pk=budget.request_id).exclude(points_held=held).order_by("id"):
        write_step(other, Step.Kind.CHANGED, by=by, on=on, reason="budget-changed", points_held=held)


def _in_proportion(cents: int, points: Decimal, of: Decimal) -> int:
    return int(cents * points / of + Decimal("0.5")) if of else 0


def _check_between(on: date, grant: Step) -> None:
    if on < grant.holds_from or (grant.respond_by and on > grant.respond_by):
        last = grant.respond_by or clock.today()
        raise Invalid(
            Text(
                nl=f"Een budget start tussen {grant.holds_from:%d-%m-%Y} en {last:%d-%m-%Y}.",
                en=f"A budget starts between {grant.holds_from:%d-%m-%Y} and {last:%d-%m-%Y}.",
            ),
            "on",
        )


def _check_open(budget: Budget, on: date) -> None:
    if budget.ended_on:
        raise Invalid(Text(nl="Dit budget is al beëindigd.", en="This budget has ended already."), "ended_on")
    if on < budget.from_date:
        raise Invalid(
            Text(nl="Een budget eindigt niet voor het begint.", en="A budget does not end before it starts."),
            "on",
        )
