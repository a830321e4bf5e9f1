"""The map of the money: from what was announced to what was paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    require("money.read", actor, actor.programme)
    return render(request, "web/money.html", {})
