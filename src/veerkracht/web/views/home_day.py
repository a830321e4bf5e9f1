"""Homes today: free and coming places, running offers with their terms, who came and left, and what waits."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.lists.rules import keeps_lists
from veerkracht.register.offers import access, actions
from veerkracht.register.offers.models import Vacancy
from veerkracht.register.offers.queries.day import home_day
from veerkracht.register.offers.queries.homes import homes
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.supply.access import get_unit
from veerkracht.register.supply.models import Service
from veerkracht.web import offer_words
from veerkracht.web.who import signed_in


@signed_in
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The homes of one's organisation; the day itself when there is one home."""
    found = homes(actor, request.GET.get("after", ""))
    if len(found.rows) == 1 and not request.GET.get("after"):
        return HttpResponseRedirect(reverse("home-day-of", args=[found.rows[0].id]))
    context = {"found": found, "area_names": names(), "is_first": not request.GET.get("after")}
    return render(request, "web/homes_today.html", context)


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    day = home_day(actor, access.get_service(actor, id))
    context = {"day": day, "keeps_list": keeps_lists(day.service.programme), **offer_words.names()}
    return render(request, "web/home_day.html", context)


@require_POST
@signed_in
def note(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Put one free place among the vacancies, or all for which nothing but staff is lacking."""
    home = access.get_service(actor, id)
    try:
        made = _noted(actor, home, request.POST.get("unit", ""))
    except (Conflict, Invalid) as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("home-day-of", args=[id]))
    told = ngettext("%(count)s place is a vacancy now.", "%(count)s places are vacancies now.", len(made))
    messages.success(request, told % {"count": len(made)})
    return HttpResponseRedirect(reverse("home-day-of", args=[id]))


def _noted(actor: Actor, home: Service, unit: str) -> Sequence[Vacancy]:
    if not unit:
        return actions.note_vacancies(home, by=actor)
    found = get_unit(actor, number) if (number := whole(unit)) is not None else None
    if found is None or found.service_id != home.pk:
        raise Refused()
    return [actions.open_vacancy(found, by=actor)]
