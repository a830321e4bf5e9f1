"""A person's file: why a request stands where it stands, and what can be done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from veerkracht.register.care.access import get_request, may, which
from veerkracht.register.care.queries import files
from veerkracht.register.care.queries.files import FileView
from veerkracht.register.care.queries.underway import turns_again_soon
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.lists.rules import keeps_lists
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.cost import cents_per_point
from veerkracht.rulebook.errors import Fault
from veerkracht.web import charts, file_context
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.file_actions import ACTIONS, FileAction
from veerkracht.web.programmes import names_of
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@signed_in
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    view = files.file(actor, number)
    drawing = file_context.turn_chart(view.request)
    if drawing and (file := charts.download(request, [drawing])):
        return file
    if request.method == "POST":
        return _act(request, actor, view, drawing)
    return _show(request, actor, view, drawing)


@require_POST
@signed_in
def turns(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Compute the expected turns again, of this request and of all others of its programme."""
    asked = get_request(actor, number, purpose="turns")
    found = turns_again_soon(actor, asked.programme)
    if found is None:
        messages.success(request, _("The expected turns were computed again, from the list as it is now."))
    elif found.fault:
        messages.error(request, said(found.fault))
    else:
        messages.info(request, _("The expected turns are being computed. Look again in a moment."))
    return HttpResponseRedirect(reverse("file", args=[number]))


def _act(request: HttpRequest, actor: Actor, view: FileView, drawing: Any) -> HttpResponse:
    """Do what one of the forms asks; a fault is shown at its field, and what was filled in is kept."""
    asked = next((form for form in ACTIONS if form.verb == request.POST.get("verb")), None)
    if asked is None:
        raise Refused()
    form = _form(asked, view, request.POST)
    if form.is_valid():
        try:
            form.do(get_request(actor, view.request.row.number, purpose=asked.verb), actor)
        except (Refused, Invalid, Fault) as fault:
            _say(form, fault)
        else:
            messages.success(request, _("Done: %(what)s.") % {"what": str(asked.title).lower()})
            return HttpResponseRedirect(request.path)
    return _show(request, actor, view, drawing, form)


def _say(form: FileAction, fault: Fault) -> None:
    """Put a fault of the register at its field; refusals and conflicts have pages of their own."""
    if not isinstance(fault, Invalid) and type(fault).__name__ in ("Refused", "Conflict"):
        raise fault
    tell(form, fault)


def _form(kind: type[FileAction], view: FileView, data: Any = None) -> FileAction:
    version = view.request.version
    if kind.of_budget:
        version = next((budget.version for budget in view.budgets if budget.is_open), version)
    return kind(data, view.request.programme, version, view.on)


def _forms(actor: Actor, view: FileView, filled: FileAction | None) -> list[FileAction]:
    """What this actor may do to a request in this state."""
    offered = [kind for kind in ACTIONS if kind.applies(view)]
    allowed = which([kind.rule for kind in offered], actor, view.case)
    return [
        filled if filled is not None and isinstance(filled, kind) else _form(kind, view)
        for kind in offered
        if kind.rule in allowed
    ]


def _show(
    request: HttpRequest, actor: Actor, view: FileView, drawing: Any, filled: FileAction | None = None
) -> HttpResponse:
    asked = view.request
    context = {
        "view": view,
        "asked": asked,
        "row": asked.row,
        "programme": asked.programme,
        "explanation": asked.explanation,
        # The facts that conditions ask for are told at each home, and judged by its own rules.
        "at_homes": keeps_lists(asked.programme.id),
        "turn_chart": drawing,
        "forms": _forms(actor, view, filled),
        "filled": filled,
        "point_cents": cents_per_point(asked.programme, view.on) if asked.programme.point_values else None,
        "may_list": may("request.list", actor, asked.programme.id),
        "may_compute_turns": may("turns.compute", actor, asked.programme.id),
        "may_read_rounds": may("round.read", actor, asked.programme.id),
        "tabs": tabs(actor, view.case, asked.row.number, "file"),
        **file_context.names(),
        **names_of(asked.programme),
    }
    return render(request, "web/file.html", context, status=422 if filled is not None else 200)
