"""Gives back what a conversion took, when it is annulled: a new step with an old date."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care.actions.writing import as_points, write_step
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import Request, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook import schemes
from veerkracht.rulebook.types import Text


def restore_category(request: Request, *, by: Actor, text: str = "", version: int | None = None) -> Request:
    """Give a request the category back that it had before it was converted, from the day it was converted.

    Which scheme is the right one as known today is the programme's word. Raises `Invalid` when the request
    has that scheme already, or never had a category in it.
    """
    require("request.change", by, request)
    rules = programme_of(request.programme)
    today = clock.today()
    with said(), transaction.atomic():
        change_list(request.programme)
        request = locked(request, version)
        right = schemes.scheme_for(rules, request.request_date, today, today).id
        converted = _last(request, kind=Step.Kind.CONVERTED)
        before = _last(request, scheme=right)
        if request.scheme == right or converted is None or before is None:
            raise Invalid(
                Text(
                    nl=f"Vraag {request.number} heeft geen vroegere categorie om terug te geven.",
                    en=f"Request {request.number} has no earlier category to give back.",
                ),
                "category",
            )
        points = as_points(schemes.points(rules, right, before.category))
        write_step(
            request,
            Step.Kind.RESTORED,
            by=by,
            on=converted.holds_from,
            text=text,
            scheme=right,
            category=before.category,
            points=points,
        )
        record(by, "change", request, person_id=request.person_id, detail={"step": "restored"})
    return request


def _last(request: Request, **filters) -> Step | None:
    return request.steps.filter(**filters).order_by("holds_from", "recorded_at", "id").last()
