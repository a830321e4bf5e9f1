"""What stands around every page: one look at the clock, and words for the register's refusals and conflicts."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register import clock, constraints
from veerkracht.register.errors import Conflict, OnlyLooks, Refused


class OneLookAtTheClock:
    """A page asks what day it is in many places; the register is asked once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.one_look():
            return self.get_response(request)


class FaultPages:
    """`Refused` becomes the page that doesn't exist, and for who only looks a refusal that says so; `Conflict` says
    what somebody else changed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, OnlyLooks):
            return render(request, "403.html", {"fault": fault}, status=403)
        if isinstance(fault, Refused | Http404):
            return render(request, "404.html", status=404)
        if constraints.is_busy(fault):
            fault = Conflict(constraints.BUSY)
        if isinstance(fault, Conflict):
            return render(request, "409.html", {"fault": fault, "back": request.path}, status=409)
        return None
