"""Every page stands under its language: /nl/… and /en/…; `/` leads to the visitor's own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(path("", include("veerkracht.web.urls"))),
]
