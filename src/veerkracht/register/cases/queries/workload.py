"""The cases that somebody works on, a page at a time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.cases.queries.shared import known_to
from veerkracht.register.cases.queries.views import SIZE, About, about
from veerkracht.register.log.record import record
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.sharing.in_force import case_work
from veerkracht.register.sharing.models import CaseWorker


@dataclass(frozen=True)
class CaseRow:
    id: int
    about: About
    since: date


@dataclass(frozen=True)
class Cases:
    """`next`: the id of the row to go on from, "" at the end."""

    rows: tuple[CaseRow, ...]
    next: str


def my_cases(actor: Actor, after: str = "", size: int = SIZE) -> Cases:
    """The cases that the actor works on for their organisation, by name; the look is logged.

    Raises `Refused` for a role without case work, and `Invalid` for a page that there isn't.
    """
    require("request.list", actor, actor.programme)
    record(actor, "list", "caseworker")
    own = case_work(clock.today()).filter(user=actor.user_id).select_related("person")
    rows = own.filter(organisation=actor.organisation_id)
    if last := last_seen(own, after):
        rows = rows.filter(_beyond(last))
    rows = known_to(actor, rows)
    found = list(rows.order_by("person__search_name", "id")[: size + 1])
    shown = tuple(CaseRow(row.pk, about(row.person, row.programme), row.from_date) for row in found[:size])
    return Cases(shown, str(shown[-1].id) if len(found) > size else "")


def _beyond(last: CaseWorker) -> Q:
    """Rows after this one, by the name that its person has now."""
    name = last.person.search_name
    return Q(person__search_name__gt=name) | Q(person__search_name=name, pk__gt=last.pk)
