"""Every page stands under its language: /nl/… and /en/…; `/` leads to the visitor's own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from veerkracht.api import docs as api_docs
from veerkracht.web.identity import urls as identity
from veerkracht.web.views import health

urlpatterns = [
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("metrics/", health.numbers, name="metrics"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("veerkracht.api.urls")),
    *identity.outside_languages,
    *i18n_patterns(
        path("for-programs/", api_docs.page, name="api-docs"), path("", include("veerkracht.web.urls"))
    ),
]
