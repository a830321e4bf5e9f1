"""A family asks for a place in a home, by itself: which homes, in which order, when; and what happens after."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from veerkracht import region
from veerkracht.register.care.access import my_requests
from veerkracht.register.errors import Refused
from veerkracht.register.lists.access import may_ask_oneself
from veerkracht.register.lists.queries import homes_to_choose, where_we_stand
from veerkracht.register.lists.rules import listed_programme, lists
from veerkracht.register.people.actors import Actor
from veerkracht.web import my_pages
from veerkracht.web.forms.asking_homes import AskForm
from veerkracht.web.homes_page import choosing, still_to_do
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@signed_in
def ask(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """The form; POST asks. Who asks already is shown where they stand. `person`: the number of whom the reader speaks
    for; "" for themself.
    """
    whose = my_pages.about(actor, person)
    programme = region.current().programmes.get(listed_programme())
    if programme is None or not programme.ask_oneself:
        raise Refused()
    # Who only looks is told so below, where the homes to choose from are asked for.
    if not whose.only_looks and not may_ask_oneself(actor, whose.person):
        return HttpResponseRedirect(whose.address("my-homes"))
    area, name = request.GET.get("area", "") or whose.person.area, request.GET.get("name", "").strip()[:100]
    found = homes_to_choose(actor, whose.person, area, name)
    form = AskForm(request.POST or None, actor, whose.person, programme, [one.service for one in found.homes])
    if form.is_bound and form.is_valid() and done(form):
        next_page = "my-homes-together" if form.is_together else "my-homes-asked"
        return HttpResponseRedirect(whose.address(next_page))
    context = {**choosing(found, form, area, name), **my_pages.context(actor, whose, "my-homes")}
    return render(request, "web/my_homes_ask.html", context, status=422 if form.errors else 200)


@signed_in
def asked(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """What was asked, and what happens now."""
    whose = my_pages.about(actor, person)
    running = my_requests(actor, person).filter(programme=listed_programme(), live=True).first()
    if running is None:
        raise Refused()
    standing = where_we_stand(actor, running.number)
    context = {
        "standing": standing,
        "to_do": still_to_do(standing),
        "later": any(at.entry.when_ready == "later" for at in standing.at),
        "lists": lists(),
        "homes_address": whose.address("my-homes"),
        **my_pages.context(actor, whose, "my-homes"),
    }
    return render(request, "web/my_homes_asked.html", context)
