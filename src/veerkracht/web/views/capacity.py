"""In which of their capacities somebody goes on."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from veerkracht.register.people.actors import Actor
from veerkracht.web import navigation, who


@require_POST
@who.signed_in
def take(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Go on in another of one's capacities, on its first page."""
    taken = who.take_capacity(request, request.POST.get("capacity", ""))
    return HttpResponseRedirect(navigation.home(taken))
