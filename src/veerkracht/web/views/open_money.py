"""Open data on money, for everybody without signing in; and, for who may, the button that publishes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from veerkracht import region
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.register.published.actions import publish_money
from veerkracht.register.published.money_columns import AMOUNTS_SPENT
from veerkracht.register.published.money_package import digest
from veerkracht.register.published.money_queries import (
    MoneyReleaseRow,
    latest_version,
    money_file,
    money_releases,
)
from veerkracht.web import words
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.open_money import PublishForm
from veerkracht.web.who import signed_in

# What is published doesn't change; that there is a later version may.
_KEEP_SECONDS = 3600
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


def index(request: HttpRequest) -> HttpResponse:
    """What was published, in short: totals by year and phase, every version and its files, and what is not known."""
    found = money_releases()
    return render(request, "web/open_money.html", {"releases": found, **_shown(request, found)})


def latest(request: HttpRequest, name: str) -> HttpResponse:
    """Leads to the file of the latest version."""
    return HttpResponseRedirect(reverse("open-money-file", args=[latest_version(), name]))


def _etag(request: HttpRequest, version: int, name: str) -> str:
    return quote_etag(digest(money_file(name, version)))


@condition(etag_func=_etag)
def file(request: HttpRequest, version: int, name: str) -> HttpResponse:
    """A file as it was published: its address and its content stay."""
    text = money_file(name, version)
    response = HttpResponse(text, content_type=_TYPES[name.rpartition(".")[2]])
    patch_cache_control(response, public=True, max_age=_KEEP_SECONDS)
    return response


@signed_in
def publish(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What would be published, and the button; POST publishes."""
    require("money.publish", actor, EVERY_PROGRAMME)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        before = money_releases()
        try:
            made = publish_money(by=actor, year=form.cleaned_data["year"])
        except Invalid as fault:
            tell(form, fault)
        else:
            is_new = not before or before[0].version != made.version
            said = (
                _("Version %(version)s is public.")
                if is_new
                else _("Nothing has changed since version %(version)s.")
            )
            messages.success(request, said % {"version": made.version})
            return HttpResponseRedirect(reverse("result-publish"))
    found = money_releases()
    context = {"form": form, "releases": found, **_shown(request, found)}
    return render(request, "web/money_publish.html", context, status=422 if form.errors else 200)


def _shown(request: HttpRequest, found: list[MoneyReleaseRow]) -> dict[str, object]:
    """The lines of one year of the latest version: the last year, or the one asked for. An amount is "" where there is
    none, and None where it is left out.
    """
    if not found:
        return {"latest": None}
    summary, publisher = found[0].summary, region.current().open_money
    if publisher is None:
        raise Refused()
    years = sorted(summary["years"], reverse=True)
    asked = request.GET.get("of", "")
    chosen = asked if asked in years else next(iter(years), "")
    lines = [
        (summary["lines"][code][words.language()], [cents.get(column, "") for column in AMOUNTS_SPENT])
        for code, cents in sorted(summary["years"].get(chosen, {}).items())
    ]
    return {"latest": found[0], "publisher": publisher, "years": years, "chosen": chosen, "lines": lines}
