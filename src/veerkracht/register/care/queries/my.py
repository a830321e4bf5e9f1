"""What a person sees of themself, or of whom they speak for: requests, why and when, and who looked at the file."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.care.access import fields, whom
from veerkracht.register.care.access import my_requests as own_requests
from veerkracht.register.care.models import Request
from veerkracht.register.care.queries.file_parts import budgets_of, looks_at, person_view, request_views
from veerkracht.register.care.queries.file_views import BudgetView, LookView, PersonView, RequestView
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person


@dataclass(frozen=True)
class MyView:
    """The person's requests, last first; their budgets; and who looked at their file, last first.

    `fields`: the groups of fields that the reader may see; what is in none of them is not here.
    """

    on: date
    fields: frozenset[str]
    person: PersonView
    requests: tuple[RequestView, ...]
    budgets: tuple[BudgetView, ...]
    looks: tuple[LookView, ...]


def my_requests(actor: Actor, number: str = "") -> MyView:
    """For the person themself, or (with a person's `number`) for who speaks for them; the look is logged.

    Raises `Refused` for anybody else.
    """
    requests = list(own_requests(actor, number))
    person, on = whom(actor, number), clock.today()
    seen = fields(actor, person)
    programmes = {request.programme for request in requests}
    return MyView(
        on=on,
        fields=seen,
        person=person_view(person, on, seen),
        requests=request_views(requests, on, seen),
        budgets=budgets_of(person.pk, programmes) if "money" in seen else (),
        looks=looks_at(person.pk) if "looks" in seen else (),
    )


def programmes_of(person: Person) -> frozenset[str]:
    """The programmes in which somebody asks or asked something."""
    asked = Request.objects.filter(person=person).order_by().values_list("programme", flat=True)
    return frozenset(asked.distinct())
