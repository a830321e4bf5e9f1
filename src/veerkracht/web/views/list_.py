"""The list: who waits, in the order of the rules."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from veerkracht.register import clock
from veerkracht.register.care.access import list_requests, may
from veerkracht.register.care.exchange.exporting import export_csv
from veerkracht.register.care.queries import lists
from veerkracht.register.errors import Invalid
from veerkracht.register.lists.access import may_ask_for_others
from veerkracht.register.lists.rules import keeps_lists
from veerkracht.register.people.actors import Actor
from veerkracht.web import labels
from veerkracht.web.forms.areas import suggestions
from veerkracht.web.forms.list_ import ListForm
from veerkracht.web.programmes import chosen, names_of
from veerkracht.web.who import signed_in

PAGE_SIZE = 50


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    programme = chosen(request, actor)
    form = ListForm(request.GET, programme)
    found, fault = None, ""
    if form.is_valid():
        try:
            found = lists.list_page(actor, form.filters(PAGE_SIZE), request.GET.get("after", ""))
        except Invalid as invalid:
            fault = str(invalid)
    else:
        list_requests(actor, programme.id)
    context = {
        "programme": programme,
        "form": form,
        "areas": suggestions(),
        "page": found,
        "fault": fault,
        "is_first": not request.GET.get("after"),
        "chosen": form.chosen() if found or fault else [],
        "may_find": may("number.search", actor, programme.id),
        "may_ask_homes": keeps_lists(programme.id) and may_ask_for_others(actor),
        "may_export": may("request.export", actor, programme.id),
        "sort": request.GET.get("sort") or "order",
        "today": clock.today(),
        "of_area": actor.area_codes is not None,
        "states": labels.STATES,
        "state_tags": labels.STATE_TAGS,
        **names_of(programme),
    }
    return render(request, "web/list.html", context, status=200 if found else 422)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the list page shows with these filters, whole, as a file that import accepts."""
    programme = chosen(request, actor)
    form = ListForm(request.GET, programme)
    if not form.is_valid():
        return HttpResponseRedirect(f"{reverse('list')}?{request.GET.urlencode()}")
    response = HttpResponse(export_csv(actor, form.filters()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{programme.id}-{clock.today()}.csv"'
    return response
