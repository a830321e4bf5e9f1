"""A person dies: what was asked closes, what ran ends, and the money is free for who is next."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care import endings
from veerkracht.register.care.actions.budgets import stop
from veerkracht.register.care.actions.grants import let_go, open_grant
from veerkracht.register.care.actions.writing import last_set, write_step
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import Budget, Request, Step
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.queries import granted_cents
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case, case_of, may, require
from veerkracht.register.supply.writing import give_back_of
from veerkracht.rulebook.types import Text


def record_death(person: Person, *, by: Actor, on: date) -> Person:
    """A person died on the day `on`: all live requests close, open budgets end, their money returns, and so do the
    places that they had or that were held for them.

    The step on a request that changed after that day holds from that change on; the person keeps the true
    day. Raises `Invalid` for a day in the future, before birth, or when a death is known already.
    """
    _require(by, person)
    return write_death(person, by=by, on=on)


def write_death(person: Person, *, by: Actor, on: date) -> Person:
    """As `record_death`, for an action that asked already whether somebody may say so.

    Raises `Invalid` for a day to come, and for a death that is known already.
    """
    if on > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "on")
    with said(), transaction.atomic():
        requests = Request.objects.filter(person=person)
        budgets = Budget.objects.filter(person=person, ended_on=None)
        for programme in _programmes(person):
            change_list(programme)
        person = locked(person)
        if person.died_on:
            raise Invalid(Text(nl="Dit overlijden is al bekend.", en="This death is known already."), "on")
        person.died_on = on
        person.save(update_fields=["died_on"])
        # First what others keep of this person: a place that a partner keeps does not come free with the request.
        endings.end_all(person, by, on)
        for request in requests.select_for_update().order_by("id"):
            if request.live:
                _close(request, by, on)
            give_back_of(request.pk, by, on)
        for budget in budgets.select_for_update().order_by("id"):
            stop(budget, by=by, on=max(on, budget.from_date), reason="died")
        record(by, "change", person, person_id=person.pk, detail={"died": True})
    return person


def _require(by: Actor, person: Person) -> None:
    """Whoever may record it for one of the person's cases may: a death ends all of them."""
    cases = [Case(person, programme, person.area) for programme in _programmes(person)] or [case_of(person)]
    if not any(may("person.died", by, case) for case in cases):
        require("person.died", by, cases[0])


def _programmes(person: Person) -> list[str]:
    asked = Request.objects.filter(person=person).values_list("programme", flat=True)
    budgets = Budget.objects.filter(person=person, ended_on=None).values_list("programme", flat=True)
    return sorted({*asked, *budgets})


def _close(request: Request, by: Actor, on: date) -> None:
    holds = max(on, last_set(request, "state") or on)
    if request.state == "granted" or granted_cents([request.pk]):
        grant = open_grant(request)
        let_go(request, grant, Step.Kind.DIED, by=by, on=max(holds, grant.holds_from))
    else:
        write_step(request, Step.Kind.DIED, by=by, on=holds, state="deceased")
