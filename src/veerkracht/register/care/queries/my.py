"""What a person sees of themself: their requests, why and when, and who looked at their file."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.care.access import fields
from veerkracht.register.care.access import my_requests as own_requests
from veerkracht.register.care.queries.file_parts import budgets_of, looks_at, person_view, request_views
from veerkracht.register.care.queries.file_views import BudgetView, LookView, PersonView, RequestView
from veerkracht.register.people.actors import Actor


@dataclass(frozen=True)
class MyView:
    """The person's own requests, last first; their budgets; and who looked at their file, last first."""

    on: date
    person: PersonView
    requests: tuple[RequestView, ...]
    budgets: tuple[BudgetView, ...]
    looks: tuple[LookView, ...]


def my_requests(actor: Actor) -> MyView:
    """For the person themself; the look is logged. Raises `Refused` for anybody else."""
    requests = list(own_requests(actor))
    on = clock.today()
    return MyView(
        on=on,
        person=person_view(actor.person, on),
        requests=request_views(requests, on, fields(actor, actor.person)),
        budgets=budgets_of(actor.person.pk, {request.programme for request in requests}),
        looks=looks_at(actor.person.pk),
    )
