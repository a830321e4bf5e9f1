"""The log, for the auditor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register.keeping.queries.entries import EntryFilters, log_page
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.web.forms.keeping import LogForm
from veerkracht.web.labels import LOG_TAGS, LOG_VERBS
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who did what to whose file; never the file itself. A filter that isn't one shows its fault and everything."""
    form = LogForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    before = request.GET.get("before", "")
    found = log_page(actor, EntryFilters(**asked), whole(before))
    context = {
        "form": form,
        "page": found,
        "is_filtered": any(asked.values()),
        "is_first": not before,
        "verbs": LOG_VERBS,
        "tags": LOG_TAGS,
    }
    return render(request, "web/log.html", context, status=422 if form.errors else 200)
