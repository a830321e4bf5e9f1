"""In which of their capacities somebody goes on."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from veerkracht.register.people.actors import Actor
from veerkracht.web import navigation, who


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Open to who holds no role at this moment too: it is how somebody whose role ended goes on in another."""
    actor = who.take_capacity(request, request.POST.get("capacity", ""))
    return HttpResponseRedirect(navigation.home(actor))
