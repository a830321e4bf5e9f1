"""Homes today: free and coming places, running offers with their terms, who came and left, and what waits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from veerkracht.register.offers import access, actions
from veerkracht.register.offers.queries.day import home_day
from veerkracht.register.offers.queries.homes import homes
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
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
    return render(request, "web/home_day.html", {"day": day, **offer_words.names()})


@require_POST
@signed_in
def note(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Put the free places that are not there yet among the vacancies."""
    made = actions.note_vacancies(access.get_service(actor, id), by=actor)
    told = ngettext("%(count)s place is a vacancy now.", "%(count)s places are vacancies now.", len(made))
    messages.success(request, told % {"count": len(made)})
    return HttpResponseRedirect(reverse("home-day-of", args=[id]))
