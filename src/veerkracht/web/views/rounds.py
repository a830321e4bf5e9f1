"""Rounds: money handed out in order."""

from django.http import HttpRequest, HttpResponse

from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web.who import signed_in


@signed_in
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    raise Refused()


@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    raise Refused()


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    raise Refused()


@signed_in
def letter(request: HttpRequest, actor: Actor, id: int, number: str, form: str) -> HttpResponse:
    raise Refused()
