"""The end of a budget year: what is left, what will lapse, what is carried on; opening and closing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register import clock
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money import queries
from veerkracht.register.money.actions import close_year, open_year
from veerkracht.register.money.queries import YearEnd, year_end
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, may, require
from veerkracht.web.forms.lines import YearForm
from veerkracht.web.money_words import euros
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in
from veerkracht.web.words import said

_HEADS = (
    "line",
    "name",
    "budget_year",
    "state",
    "left_vak",
    "left_vek",
    "requested",
    "lapsed_vak",
    "lapsed_vek",
    "open_commitments",
    "weighs_next_year",
    "next_year_vak",
)


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What a year would leave, or left; POST opens or closes it."""
    require("money.read", actor, actor.programme)
    form = YearForm(
        request.GET if request.GET.get("year") else None,
        [year for one in queries.years() for year in (one.year, one.year + 1)],
        clock.today(),
    )
    year = form.asked
    fault = ""
    if request.method == "POST":
        fault = _do(request, actor, year)
        if not fault:
            return HttpResponseRedirect(f"{reverse('year-end')}?year={year}")
    found = year_end(year, clock.today())
    if request.GET.get("download") == "lines":
        return _file(found)
    context = {
        "form": form,
        "found": found,
        "fault": fault,
        "may_close": may("year.close", actor, EVERY_PROGRAMME),
        "totals": queries.year_totals(found),
    }
    return render(request, "web/year_end.html", context, status=422 if fault else 200)


def _do(request: HttpRequest, actor: Actor, year: int) -> str:
    """Open or close; gives the words of what stands in the way."""
    verbs = {"open": open_year, "close": close_year}
    verb = request.POST.get("verb", "")
    if verb not in verbs:
        raise Refused()
    try:
        verbs[verb](year, by=actor)
    except (Invalid, Conflict) as fault:
        return str(fault)
    done = {"open": _("The budget year is open."), "close": _("The budget year is closed.")}
    messages.success(request, done[verb])
    return ""


def _file(found: YearEnd) -> HttpResponse:
    rows = (
        (
            one.code,
            said(one.name),
            found.year,
            found.state,
            *map(
                euros,
                (
                    one.commitment_left,
                    one.payment_left,
                    one.requested,
                    one.commitment_lapsed,
                    one.payment_lapsed,
                    one.open_cents,
                    one.weighs_next,
                    one.next_vak,
                ),
            ),
        )
        for one in found.lines
    )
    return csv_file(f"year-end-{found.year}", _HEADS, rows)
