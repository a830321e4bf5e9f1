"""Light, dark, or as the device says."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from veerkracht.web.addresses import next_page

LOOKS = ("light", "dark")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(next_page(request, reverse("today")))
    asked = request.POST.get("look", "")
    if asked in LOOKS:
        response.set_cookie(
            "look", asked, max_age=365 * 86400, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie("look", samesite="Lax")
    return response
