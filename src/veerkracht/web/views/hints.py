"""Putting a first-time explanation away."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from veerkracht.web import hints
from veerkracht.web.addresses import next_page


@require_POST
def away(request: HttpRequest, key: str) -> HttpResponse:
    """By htmx the explanation goes at once; without it the page comes back with the explanation folded."""
    by_htmx = bool(request.htmx)  # type: ignore[attr-defined]
    response = HttpResponse() if by_htmx else HttpResponseRedirect(next_page(request, reverse("today")))
    hints.put_away(request, response, key)
    return response
