"""/api/v1/: the interface; what it doesn't know is told as a problem, not as a page."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from veerkracht.api import problems
from veerkracht.api.app import api


@csrf_exempt
def unknown(request, address):
    """Nothing lives here, and nothing is changed: so no form has to prove where it came from."""
    return problems.refused(request, LookupError(address))


urlpatterns = [path("v1/", api.urls), re_path(r"^(?P<address>.*)$", unknown, name="api-unknown")]
