"""Budget lines: what is voted, committed, paid and left of each, and all there is to tell of one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money import queries
from veerkracht.register.money.models import Line
from veerkracht.register.money.queries import CommitmentRow, EntryRow, LineRow
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.lines import FORMS, Asked, LineForm, NewLineForm, YearForm
from veerkracht.web.money_words import euros
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in
from veerkracht.web.words import said

_HEADS = (
    "line",
    "name",
    "measure",
    "programme",
    "area",
    "fictitious",
    "budget_year",
    "voted_vak",
    "committed",
    "left_vak",
    "lapsed_vak",
    "voted_vek",
    "requested",
    "paid",
    "left_vek",
    "recovered",
    "lapsed_vek",
    "open_commitments",
    "weighs_next_year",
)


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The lines with what stands on them in a year; POST opens a new line."""
    require("money.read", actor, actor.programme)
    form = _year_form(request)
    new = NewLineForm(request.POST if request.method == "POST" else None, clock.today())
    if new.is_bound and new.is_valid():
        try:
            line = new.do(actor)
        except Invalid as fault:
            new.add_error(fault.field if fault.field in new.fields else "code", str(fault))
        else:
            messages.success(request, _("The line is open."))
            return HttpResponseRedirect(reverse("budget-line", args=[line.code]))
    rows = queries.list_lines(form.asked, after=request.GET.get("after", ""))
    shown = rows[: queries.PAGE]
    context = {
        "form": form,
        "year": form.asked,
        "rows": shown,
        "after": shown[-1].code if len(rows) > len(shown) else "",
        "is_first": "after" not in request.GET,
        "new": new if may("line.change", actor) else None,
        **_names(),
    }
    return render(request, "web/lines.html", context, status=422 if new.errors else 200)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every line with its balances of a year, as a file."""
    require("money.read", actor, actor.programme)
    year = _year_form(request).asked
    return csv_file(f"lines-{year}", _HEADS, (_cells(row, year) for row in queries.all_lines(year)))


@signed_in
def one(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """A line through a year: balances, credits, commitments, entries; POST does one verb on it."""
    require("money.read", actor, actor.programme)
    line = queries.get_line(code)
    if line is None:
        raise Refused()
    asked = Asked(line, _year_form(request).asked, clock.today())
    filled = _filled(request, asked)
    if filled and filled.is_valid() and _done(request, filled, actor):
        return HttpResponseRedirect(f"{reverse('budget-line', args=[code])}?year={asked.year}")
    if what := request.GET.get("download"):
        return _file(line, asked.year, what)
    context = {**_context(request, asked), "forms": _forms(actor, asked, filled), **_names()}
    return render(request, "web/line.html", context, status=422 if filled else 200)


def _context(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    line, year = asked.line, asked.year
    entries = queries.entries_of(line, year, before=_number(request, "before"))
    commitments = queries.commitments_of(line, year, after=_number(request, "after"))
    kept = {one.year: one for one in queries.years()}.get(year)
    balances = queries.line_balances(line.code, year)
    return {
        "form": _year_form(request),
        "line": line,
        "year": year,
        "state": queries.state_of(kept),
        "balances": balances,
        "has_credit": bool(balances.commitment_voted or balances.payment_voted),
        "months": queries.month_ends(line, year, asked.today),
        "weights": queries.weights_of(line, year),
        "credits": queries.credits_of(line),
        "commitments": commitments[: queries.PAGE],
        "after": _key_after(commitments),
        "entries": entries[: queries.PAGE],
        "before": _key_after(entries),
        "of_persons": queries.months_of(line, year),
    }


def _filled(request: HttpRequest, asked: Asked) -> LineForm | None:
    if request.method != "POST":
        return None
    kind = next((one for one in FORMS if one.verb == request.POST.get("verb")), None)
    if kind is None:
        raise Refused()
    return kind(request.POST, asked)


def _done(request: HttpRequest, form: LineForm, actor: Actor) -> bool:
    try:
        form.do(actor)
    except (Conflict, Invalid) as fault:
        tell(form, fault)
        return False
    messages.success(request, form.done)
    return True


def _forms(actor: Actor, asked: Asked, filled: LineForm | None) -> list[LineForm]:
    if not may("line.change", actor, asked.line.programme):
        return []
    return [filled if filled and isinstance(filled, kind) else kind(None, asked) for kind in FORMS]


def _file(line: Line, year: int, what: str) -> HttpResponse:
    name = f"line-{line.pk}-{year}"
    if what == "commitments":
        return csv_file(f"{name}-commitments", _COMMITMENT, _commitments(line, year))
    if what == "entries":
        return csv_file(f"{name}-entries", _ENTRY, _entries(line, year))
    raise Refused()


_COMMITMENT = (
    "number",
    "budget_year",
    "kind",
    "what",
    "organisation",
    "from",
    "until",
    "committed",
    "requested",
    "paid",
    "recovered",
    "open",
    "weighs_yearly",
    "fictitious",
)
_ENTRY = ("entry", "budget_year", "day", "recorded_at", "kind", "from", "to", "amount", "by", "text", "round")


def _commitments(line: Line, year: int) -> Iterable[tuple[Any, ...]]:
    after = 0
    while rows := queries.commitments_of(line, year, after=after):
        for one in rows[: queries.PAGE]:
            yield _commitment(one)
        after = _key_after(rows)
        if not after:
            return


def _commitment(one: CommitmentRow) -> tuple[Any, ...]:
    cents = (
        one.committed_cents,
        one.requested_cents,
        one.paid_cents,
        one.recovered_cents,
        one.open_cents,
        one.yearly_cents,
    )
    head = (one.number, one.year, one.kind, said(one.title), one.organisation, one.from_date, one.until_date)
    return (*head, *map(euros, cents), one.fictitious)


def _entries(line: Line, year: int) -> Iterable[tuple[Any, ...]]:
    before = 0
    while rows := queries.entries_of(line, year, before=before):
        for one in rows[: queries.PAGE]:
            for source, target, cents in one.movements:
                yield (
                    one.id,
                    one.year,
                    one.holds_from,
                    one.recorded_at.isoformat(),
                    one.kind,
                    source,
                    target,
                    euros(cents),
                    one.by,
                    one.text,
                    one.round_id,
                )
        before = _key_after(rows)
        if not before:
            return


def _cells(row: LineRow, year: int) -> tuple[Any, ...]:
    found, is_known = row.balances, row.has_credit
    ceilings = (
        found.commitment_voted,
        found.committed,
        found.commitment_free,
        found.commitment_lapsed,
        found.payment_voted,
        found.requested,
        found.paid,
        found.payment_free,
        found.recovered,
        found.payment_lapsed,
    )
    # Where no credit is known there is nothing to be left: a nought would say that there is.
    cents = (
        *(one if is_known else None for one in ceilings),
        found.open_commitments,
        found.weighs_next_year,
    )
    head = (row.code, said(row.name), row.measure, row.programme, row.area, row.fictitious, year)
    return (*head, *map(euros, cents))


def _key_after(rows: list[CommitmentRow] | list[EntryRow]) -> int:
    """The key of the last row of this page; 0 when there are no more."""
    return rows[queries.PAGE - 1].id if len(rows) > queries.PAGE else 0


def _number(request: HttpRequest, name: str) -> int:
    return whole(request.GET.get(name, "")) or 0


def _year_form(request: HttpRequest) -> YearForm:
    asked = request.GET if request.GET.get("year") else None
    return YearForm(asked, [one.year for one in queries.years()], clock.today())


def _names() -> dict[str, Any]:
    here = region.current()
    measures = here.money.measures.values() if here.money else ()
    return {
        "measure_names": {one.id: said(one.name) for one in measures},
        "programme_names": {id: said(one.name) for id, one in here.programmes.items()},
        "today": clock.today(),
    }
