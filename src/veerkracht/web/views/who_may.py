"""Who can do what, and why: the permission matrix that the gates ask, in words. For everybody who is signed in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions.matrix import Cell, Matrix, matrix
from veerkracht.rulebook.types import Text
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@dataclass(frozen=True)
class Grant:
    """One thing that is allowed. `when`: any of these relations is enough; `fields`: what one then sees."""

    when: tuple[str, ...]
    fields: tuple[str, ...]
    why: str
    source: str


@dataclass(frozen=True)
class Entry:
    """All that is allowed to one role, or of one action."""

    head: str
    grants: tuple[Grant, ...]


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Of one role (without a choice: one's own) or of one action."""
    known = matrix()
    action = request.GET.get("action", "")
    role = request.GET.get("role", "") or ("" if action else actor.role)
    action = action if action in known.actions else ""
    role = role if role in known.roles and not action else ""
    cells = [cell for cell in known.cells if cell.action == action or cell.role == role]
    heads = known.roles if action else {id: one.name for id, one in known.actions.items()}
    context = {
        "role": role,
        "action": action,
        "title": said(known.actions[action].name if action else known.roles[role]) if action or role else "",
        "entries": _entries(known, cells, heads, by_role=bool(action)),
        "closed": [
            said(heads[id]) for id in heads if id not in {_head(cell, bool(action)) for cell in cells}
        ],
        "roles": [(id, said(name)) for id, name in known.roles.items()],
        "actions": sorted(
            ((id, said(one.name)) for id, one in known.actions.items()), key=lambda pair: pair[1]
        ),
    }
    return render(request, "web/who_may.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The whole matrix, a line for each role, action and relation."""
    known = matrix()
    heads = (_("Role"), _("Action"), _("Relation"), _("Groups of fields"), _("Why"), _("Source"))
    rows = (
        (
            said(known.roles[cell.role]),
            said(known.actions[cell.action].name),
            said(known.relations[cell.relation]),
            "; ".join(_fields(known, cell)),
            said(cell.why),
            cell.source,
        )
        for cell in known.cells
    )
    return csv_file(_("who-may-do-what"), heads, rows)


def _entries(known: Matrix, cells: list[Cell], heads: dict[str, Text], *, by_role: bool) -> list[Entry]:
    """In the sequence of the heads; what nobody may has no entry."""
    by_head: dict[str, list[Cell]] = {}
    for cell in cells:
        by_head.setdefault(_head(cell, by_role), []).append(cell)
    return [Entry(said(heads[id]), _grants(known, by_head[id])) for id in heads if id in by_head]


def _grants(known: Matrix, cells: list[Cell]) -> tuple[Grant, ...]:
    """Cells that differ in relation only are one grant."""
    together: dict[tuple[tuple[str, ...], str, str], list[str]] = {}
    for cell in cells:
        key = (_fields(known, cell), said(cell.why), cell.source)
        together.setdefault(key, []).append(said(known.relations[cell.relation]))
    return tuple(Grant(tuple(when), *key) for key, when in together.items())


def _head(cell: Cell, by_role: bool) -> str:
    return cell.role if by_role else cell.action


def _fields(known: Matrix, cell: Cell) -> tuple[str, ...]:
    return tuple(said(name) for id, name in known.fields.items() if id in cell.fields)
