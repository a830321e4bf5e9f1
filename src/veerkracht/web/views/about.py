"""What Veerkracht is, for somebody who has never seen it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht import region


def page(request: HttpRequest) -> HttpResponse:
    here = region.current()
    return render(request, "web/about.html", {"region": here, "kinds": here.kinds_of_help.values()})
