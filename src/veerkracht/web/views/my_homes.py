"""The homes that a request asks: a family's own page, and the same for who keeps the file."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from veerkracht.register.care.access import case_of, my_requests
from veerkracht.register.errors import Refused
from veerkracht.register.lists.access import may_ask_oneself
from veerkracht.register.lists.rules import listed_programme
from veerkracht.register.people.actors import Actor
from veerkracht.web import my_pages
from veerkracht.web.file_tabs import tabs
from veerkracht.web.homes_page import HomesPage
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """`person`: the number of whom the reader speaks for; "" for themself. POST does one thing on one list."""
    whose = my_pages.about(actor, person)
    asked = my_requests(actor, person).filter(programme=listed_programme()).first()
    homes = HomesPage(request, actor, asked.number) if asked else None
    if request.method == "POST":
        if homes is None:
            raise Refused()
        if homes.post():
            return HttpResponseRedirect(whose.address("my-homes"))
    context = {
        **(homes.context() if homes else {}),
        "ask_address": whose.address("my-homes-ask") if may_ask_oneself(actor, whose.person) else "",
        "together_address": whose.address("my-homes-together"),
        **my_pages.offered_now(actor, whose),
        **my_pages.context(actor, whose, "my-homes"),
    }
    return render(request, "web/my_homes.html", context, status=homes.status if homes else 200)


@signed_in
def of_file(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """As a family sees it, for who may read the file; who may register can do so here."""
    homes = HomesPage(request, actor, number)
    if request.method == "POST" and homes.post():
        return HttpResponseRedirect(request.path)
    context = {
        **homes.context(),
        "asked": homes.asked,
        "tabs": tabs(actor, case_of(homes.asked), number, "file-homes"),
    }
    return render(request, "web/file_homes.html", context, status=homes.status)
