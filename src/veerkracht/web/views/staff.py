"""Staff: who works in care and welfare, as organisations report it and as it is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    require("staff.read", actor, actor.programme)
    return render(request, "web/staff.html", {})
