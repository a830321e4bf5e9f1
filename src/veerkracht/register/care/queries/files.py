"""A person's file, as who works with it sees it."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.care.access import Case, open_file
from veerkracht.register.care.models import Request
from veerkracht.register.care.queries.file_parts import (
    budgets_of,
    explanations,
    looks_at,
    only,
    person_view,
    request_views,
)
from veerkracht.register.care.queries.file_views import BudgetView, LookView, PersonView, RequestView
from veerkracht.register.care.queries.rows import OF_PERSON, OF_TURN, STORED, Row, rows
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.explain import Place


@dataclass(frozen=True)
class FileView:
    """All that a file page shows, on the register's today. `others`: the person's other requests, last first.

    `fields`: the groups of fields that the reader may see; what is in none of them is not here. `case`: to ask
    what the reader may do.
    """

    on: date
    case: Case
    fields: frozenset[str]
    request: RequestView
    person: PersonView
    budgets: tuple[BudgetView, ...]
    others: tuple[Row, ...]
    looks: tuple[LookView, ...]


def file(actor: Actor, number: str, *, purpose: str = "") -> FileView:
    """The file of a request; the look is logged. Raises `Refused`, the same whether it exists or not."""
    request, fields = open_file(actor, number, purpose=purpose)
    on = clock.today()
    others = Request.objects.filter(person=request.person_id, programme=request.programme).exclude(
        pk=request.pk
    )
    stored = others.order_by("-request_date", "-id").values(*STORED, *OF_PERSON, *OF_TURN)
    return FileView(
        on=on,
        case=Case(request.person, request.programme, request.area),
        fields=fields,
        request=request_views([request], on, fields)[0],
        person=person_view(request.person, on, fields),
        budgets=budgets_of(request.person_id, [request.programme]) if "money" in fields else (),
        others=tuple(only(row, fields) for row in rows(request.programme, stored, on)),
        looks=looks_at(request.person_id) if "looks" in fields else (),
    )


def place(request: Request) -> Place | None:
    """Where a request stands among those that take part in a round today; None when it doesn't wait."""
    return explanations([request], clock.today())[request.pk].place
