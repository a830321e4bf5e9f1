"""Crisis counselling: what waits for a first talk, who follows whom, and one of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter import actions
from veerkracht.register.shelter.queries.counselling import CounsellingView, counselling, one_counselling
from veerkracht.web import shelter_words
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.shelter import EndForm, StartForm
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        found = counselling(actor, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    context = {"found": found, "is_first": "after" not in request.GET, **shelter_words.names()}
    return render(request, "web/desk_counselling.html", context)


@signed_in
def one(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One counselling; POST starts or ends it, on the version that the reader saw."""
    view = one_counselling(actor, id)
    start, end = StartForm(workers=view.workers), EndForm(view=view)
    if request.method != "POST":
        return _show(request, view, start, end)
    verb, version = request.POST.get("verb", ""), posted(request, "version")
    if verb not in ("start", "end"):
        raise Refused()
    if verb == "start":
        form = start = StartForm(request.POST, workers=view.workers)
    else:
        form = end = EndForm(request.POST, view=view)
    if not form.is_valid():
        return _show(request, view, start, end, status=422)
    try:
        done = _do(view, actor, form, version)
    except Invalid as fault:
        tell(form, fault)
        return _show(request, view, start, end, status=422)
    except Conflict as fault:
        return _show(request, one_counselling(actor, id), start, end, fault=str(fault), status=409)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("desk-counselling-one", args=[id]))


def _do(view: CounsellingView, by: Actor, form: StartForm | EndForm, version: int) -> str:
    said = form.cleaned_data
    if isinstance(form, StartForm):
        worker = form.workers[said["worker"]]
        actions.start_counselling(view.row, by=by, worker=worker, why=said["why"], version=version)
        return _("The first talk was held.")
    actions.end_counselling(view.row, by=by, reason=said["reason"], version=version)
    return _("The counselling has ended.")


def _show(
    request: HttpRequest,
    view: CounsellingView,
    start: StartForm,
    end: EndForm,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"view": view, "start": start, "end": end, "fault": fault, **shelter_words.names()}
    return render(request, "web/desk_counselling_one.html", context, status=status)
