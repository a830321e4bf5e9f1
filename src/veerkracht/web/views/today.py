"""Today: a programme at a glance."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from veerkracht.register.care.access import may
from veerkracht.register.care.queries import history
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.today import budgets_ending
from veerkracht.register.care.queries.today import today as at_a_glance
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme
from veerkracht.web import charts
from veerkracht.web.addresses import list_with
from veerkracht.web.navigation import home
from veerkracht.web.programmes import chosen
from veerkracht.web.views import today_charts
from veerkracht.web.who import signed_in


@signed_in
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The first address of all: who sees no figures goes on to where their own work starts."""
    if not may("figures.read", actor, actor.programme):
        return HttpResponseRedirect(home(actor))
    programme = chosen(request, actor)
    glance = at_a_glance(actor, programme.id)
    may_list = may("request.list", actor, programme.id)
    drawings = {
        "by_group": today_charts.by_group(glance),
        "by_area": today_charts.by_area(glance, may_list),
        "by_province": today_charts.by_province(glance),
    }
    if file := charts.download(request, drawings.values()):
        return file
    due = [(one, list_with(one.behind) if one.behind and may_list else "") for one in glance.due if one.count]
    context = {
        "programme": programme,
        "glance": glance,
        "groups": [(group, list_with(group.behind) if may_list else "") for group in glance.groups],
        "queue_address": list_with(_queue(programme)) if may_list else "",
        "routes_address": list_with(ListFilters(programme.id, groups=(0,))) if may_list else "",
        "in_groups": glance.requests - glance.without_group,
        "due": due,
        "may_list": may_list,
        "may_prepare": may("round.prepare", actor, programme.id),
        **drawings,
    }
    return render(request, "web/today.html", context)


def _queue(programme: Programme) -> ListFilters:
    return ListFilters(programme.id, groups=tuple(group.number for group in programme.groups))


@signed_in
def through_time(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list through the years; a page of its own, and a part that Today fetches when it stands."""
    programme = chosen(request, actor)
    counted = history.waiting_through_time(actor, programme.id)
    drawing = today_charts.through_time(programme, counted)
    if file := charts.download(request, [drawing]):
        return file
    name = "web/parts/through_time.html" if request.htmx else "web/through_time.html"  # type: ignore[attr-defined]
    of_area = actor.area_codes is not None
    return render(request, name, {"programme": programme, "chart": drawing, "of_area": of_area})


@signed_in
def ending(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The temporary budgets about whose end somebody decides."""
    programme = chosen(request, actor)
    return render(
        request, "web/ending.html", {"programme": programme, "budgets": budgets_ending(actor, programme.id)}
    )
