"""Where I live, what happened there, and what it costs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register.people.actors import Actor
from veerkracht.register.residence.queries.my import my_stays
from veerkracht.web import my_pages
from veerkracht.web.stay_words import HAPPENED
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """`person`: the number of whom the reader speaks for; "" for themself."""
    whose = my_pages.about(actor, person)
    context = {
        "stays": my_stays(actor, person),
        "happened_words": HAPPENED,
        **my_pages.context(actor, whose, "my-stays"),
    }
    return render(request, "web/my_stays.html", context)
