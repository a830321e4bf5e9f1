"""Try a rule on the real list."""

from django.http import HttpRequest, HttpResponse

from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    raise Refused()
