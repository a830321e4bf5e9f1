"""To the organisation's OpenID Connect provider and back."""

from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import activate, get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from veerkracht.web.identity import entering, sessions

# A provider that is down, or that answers with something else than OpenID Connect.
_PROVIDER_FAULTS = (RequestException, ValueError, KeyError, TypeError)

_LANGUAGE = "left-in-language"


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_ORIGINS:
        raise Http404
    request.session[_LANGUAGE] = get_language()
    try:
        return views.login(request, settings.OIDC_PROVIDER_ID)
    except _PROVIDER_FAULTS:
        return _failed(request)


@require_GET
@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider sends people here; the address is registered there, so it stands under no language."""
    if not settings.OIDC_ORIGINS:
        raise Http404
    activate(request.session.get(_LANGUAGE) or get_language() or settings.LANGUAGE_CODE)
    try:
        return views.callback(request, provider_id)
    except _PROVIDER_FAULTS:
        return _failed(request)


@require_GET
def no_access(request: HttpRequest) -> HttpResponse:
    return render(request, "web/sign_in_unknown.html", status=403)


@require_GET
def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "web/sign_in_failed.html", status=502)


def _failed(request: HttpRequest) -> HttpResponse:
    entering.refused(request, sessions.PROVIDER)
    return entering.provider_failed(request)
