"""What was measured of me, in plain words: what it opens, until when it counts, who made it, and what to do then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register import clock
from veerkracht.register.assessments.queries import told
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web import assessment_words, my_pages
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """`person`: the number of whom the reader speaks for; "" for themself."""
    whose = my_pages.about(actor, person)
    if "assessment" not in whose.seen:
        raise Refused()
    found, today = told(actor, whose.person), clock.today()
    context = {
        "last": [assessment_words.for_person(one, today) for one in found.last],
        "earlier": found.earlier,
        **my_pages.context(actor, whose, "my-assessments"),
    }
    return render(request, "web/my_assessments.html", context)
