"""Keeping files: what is due and done by rule, legal hold, right of access, erasure; by number, without reading."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping import actions
from veerkracht.register.keeping.actions.retention import report
from veerkracht.register.keeping.bundle import bundle
from veerkracht.register.keeping.queries import runs
from veerkracht.register.keeping.queries.people import get_person
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.web import labels, my_pages
from veerkracht.web.forms.keeping import DueForm, FileForm
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in

# The verb of the permission matrix behind each button.
_VERBS = {"bundle": "file.bundle", "hold": "hold.legal", "erase": "person.erase"}
_SHOWN = 200


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lists, holds, and what is done with one file; POST does it."""
    form = FileForm(request.POST if request.method == "POST" else None, initial={"verb": "bundle"})
    if form.is_bound and form.is_valid() and (answer := _act(request, actor, form)):
        return answer
    context = {
        "form": form,
        "due_form": DueForm(initial={"on": clock.today()}),
        "runs": runs.run_list(actor),
        "holds": runs.hold_list(actor),
        "states": labels.RETENTION_STATES,
        "may_answer": may("objection.answer", actor),
    }
    return render(request, "web/keeping.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, actor: Actor, form: FileForm) -> HttpResponse | None:
    """What was asked of one file; None when something is wrong, which then stands at its field."""
    verb, number, reason = (form.cleaned_data[name] for name in ("verb", "number", "reason"))
    try:
        person = get_person(actor, _VERBS[verb], number)
        if verb == "bundle":
            return _zip(bundle(actor, person, purpose=reason), number)
        if verb == "hold":
            actions.hold_legal(person, by=actor, reason=reason, until=form.cleaned_data["until"])
            messages.success(request, _("The file is held: nothing of it is destroyed."))
        else:
            actions.erase(person, by=actor)
            messages.success(request, _("The person is erased. What stays tells nobody who it was."))
    except (Invalid, Refused) as fault:
        field = getattr(fault, "field", "")
        form.add_error(field if field in form.fields else "number", str(fault))
        return None
    return HttpResponseRedirect(reverse("keeping"))


@require_POST
@signed_in
def lift(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    try:
        actions.lift_hold(runs.get_hold(actor, id), by=actor)
    except Invalid as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The hold is lifted: the rules count again."))
    return HttpResponseRedirect(reverse("keeping"))


@signed_in
def due(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is due on a day and by which rule; POST writes it down for a second person."""
    form = DueForm(request.POST or request.GET or {"on": clock.today()})
    on: date = form.cleaned_data["on"] if form.is_valid() else clock.today()
    if request.method == "POST" and form.is_valid():
        try:
            run = actions.prepare_run(by=actor, on=on)
        except (Invalid, Conflict) as fault:
            form.add_error("on", str(fault))
        else:
            return HttpResponseRedirect(reverse("keeping-run", args=[run.pk]))
    found = report(by=actor, on=on)
    context = {
        "form": form,
        "on": on,
        "due": found[:_SHOWN],
        "count": len(found),
        "held": sum(one.held for one in found),
        "parts": labels.RETENTION_PARTS,
        "deeds": labels.RETENTION_DEEDS,
        "may_prepare": may("retention.apply", actor) and any(not one.held for one in found),
    }
    return render(request, "web/keeping_due.html", context, status=422 if form.errors else 200)


@signed_in
def run(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One list; POST confirms or cancels it, with the version that was seen."""
    found = runs.get_run(actor, id)
    fault = None
    if request.method == "POST":
        verbs = {"confirm": actions.confirm_run, "cancel": actions.cancel_run}
        verb, version = request.POST.get("verb", ""), posted(request, "version")
        if verb not in verbs:
            raise Refused()
        try:
            verbs[verb](found, by=actor, version=version)
            return HttpResponseRedirect(request.path)
        except Invalid as invalid:
            fault = invalid
    view = runs.run_view(found)
    after = request.GET.get("after", "")
    lines = runs.lines_of(found, whole(after) or 0, _SHOWN)
    context = {
        "run": view,
        "lines": lines,
        "fault": fault,
        "next": lines[-1].id if len(lines) == _SHOWN else None,
        "is_maker": actor.user_id == view.prepared_by_id,
        "may_apply": view.state == "prepared" and may("retention.apply", actor),
        "states": labels.RETENTION_STATES,
        "parts": labels.RETENTION_PARTS,
        "deeds": labels.RETENTION_DEEDS,
        "skipped": labels.RETENTION_SKIPPED,
    }
    return render(request, "web/keeping_run.html", context, status=422 if fault else 200)


@require_POST
@signed_in
def own_bundle(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """All that is known, for the person themself or who speaks for them."""
    whose = my_pages.about(actor, person)
    return _zip(bundle(actor, whose.person), whose.person.number)


def _zip(content: bytes, number: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{number}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
