"""Coming to homes together: on one's own pages, and beside a file for who registers at a counter."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from veerkracht.register.care.access import case_of, get_request, my_requests
from veerkracht.register.errors import Refused
from veerkracht.register.lists.rules import keeps_lists, listed_programme
from veerkracht.register.people.actors import Actor
from veerkracht.web import my_pages
from veerkracht.web.file_tabs import tabs
from veerkracht.web.together_page import TogetherPage
from veerkracht.web.who import signed_in


@never_cache
@sensitive_post_parameters()
@signed_in
def mine(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """`person`: the number of whom the reader speaks for; "" for themself. POST does one thing."""
    whose = my_pages.about(actor, person)
    asked = my_requests(actor, person).filter(programme=listed_programme(), live=True).first()
    page = TogetherPage(request, actor, whose.person, asked)
    if request.method == "POST":
        page.post()
        if not page.stays:
            return HttpResponseRedirect(request.path)
    context = {
        **page.context(),
        "ask_address": whose.address("my-homes-ask"),
        "homes_address": whose.address("my-homes"),
        **my_pages.context(actor, whose, "my-homes"),
    }
    return render(request, "web/my_homes_together.html", context, status=page.status)


@never_cache
@sensitive_post_parameters()
@signed_in
def of_file(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """For who registers the request of this file, at a counter or by telephone."""
    asked = get_request(actor, number)
    if not keeps_lists(asked.programme):
        raise Refused()
    page = TogetherPage(request, actor, asked.person, asked if asked.live else None)
    if request.method == "POST":
        page.post()
        if not page.stays:
            return HttpResponseRedirect(request.path)
    context = {**page.context(), "asked": asked, "tabs": tabs(actor, case_of(asked), number, "file-homes")}
    return render(request, "web/file_homes_together.html", context, status=page.status)
