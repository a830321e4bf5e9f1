"""At a counter or a telephone: homes are asked for somebody who comes in or calls."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from veerkracht import region
from veerkracht.register.care.access import may
from veerkracht.register.errors import Refused
from veerkracht.register.lists.access import may_ask_for_others, whom_to_ask_for
from veerkracht.register.lists.queries import homes_to_choose, where_we_stand
from veerkracht.register.lists.rules import listed_programme
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.rulebook.types import Programme
from veerkracht.web.forms.asking_homes import AskForm, CallerForm, HomesForm
from veerkracht.web.homes_page import choosing, still_to_do
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@never_cache
@sensitive_post_parameters()
@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """For whom (`number`: of a person or a request; `new`: who is not in the register yet), then which homes; POST asks
    them. `asked`: the number of the request that was just made.
    """
    programme = region.current().programmes.get(listed_programme())
    if programme is None or not may_ask_for_others(actor):
        raise Refused()
    asked, number = (request.GET.get(name, "").strip()[:20] for name in ("asked", "number"))
    if asked:
        return _asked(request, actor, asked)
    if number:
        return _known(request, actor, programme, number)
    if "new" in request.GET:
        return _homes(request, actor, programme, None)
    return render(request, "web/counter.html")


def _known(request: HttpRequest, actor: Actor, programme: Programme, number: str) -> HttpResponse:
    """For somebody in the register. Who asks already is shown where they stand."""
    try:
        person, running = whom_to_ask_for(actor, number)
    except Refused as refused:
        return render(request, "web/counter.html", {"number": number, "fault": str(refused)}, status=404)
    if running:
        messages.info(request, _("They ask already. This is where they stand."))
        return HttpResponseRedirect(reverse("file-homes", args=[running]))
    return _homes(request, actor, programme, person)


def _homes(request: HttpRequest, actor: Actor, programme: Programme, person: Person | None) -> HttpResponse:
    area, name = request.GET.get("area", ""), request.GET.get("name", "").strip()[:100]
    area = area or (person.area if person else "")
    found = homes_to_choose(actor, person, area, name)
    services, filled = [one.service for one in found.homes], request.POST or None
    form: HomesForm
    if person:
        form = AskForm(filled, actor, person, programme, services)
    else:
        form = CallerForm(filled, actor, programme, services)
    if form.is_bound and form.is_valid() and done(form):
        if form.is_together:
            return HttpResponseRedirect(reverse("file-homes-together", args=[form.made.number]))
        return HttpResponseRedirect(f"{reverse('ask-homes')}?asked={form.made.number}")
    context = {
        **choosing(found, form, area, name),
        "person": person,
        "kept": [("number", person.number)] if person else [("new", "yes")],
    }
    if may("entry.keep", actor, programme.id):
        # A home registers at its own homes, wherever these are.
        context["areas"] = []
    return render(request, "web/counter_homes.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Where they stand now, and what to tell them."""
    standing = where_we_stand(actor, number)
    context = {
        "standing": standing,
        "to_do": still_to_do(standing),
        "may_give_code": may("representation.record", actor, standing.request),
    }
    return render(request, "web/counter_asked.html", context)
