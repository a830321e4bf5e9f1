"""Plans: those of the region as cards, and people's own: kept, listed, renamed, shared, thrown away, taken along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from veerkracht import region
from veerkracht.region import RegionFault
from veerkracht.register import clock
from veerkracht.register.care.queries.questions import Question, text_to_keep
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.register.plans import actions
from veerkracht.register.plans.access import get_plan, list_plans
from veerkracht.register.plans.models import OwnPlan
from veerkracht.register.plans.reading import own_id, read_text, slug
from veerkracht.web import words
from veerkracht.web.forms.forecast import ForecastForm
from veerkracht.web.views import forecast_costs as costs
from veerkracht.web.who import signed_in

_LARGEST = 200_000


@dataclass(frozen=True)
class Card:
    """A question that one of the region's plans asks: what it adds to the plan below it."""

    name: str
    base: str
    cost: str
    address: str
    is_here: bool


def cards(form: ForecastForm) -> list[Card]:
    """The questions that the region's own plans ask: each plan with the one it builds on."""
    plans = region.current().plans
    return [
        Card(
            words.said(plan.name),
            words.said(plans[plan.builds_on].name),
            costs.on_card(plan.id, plan.builds_on, form.today.year),
            reverse("forecast", query={"plan": plan.id, "against": plan.builds_on}),
            (form["plan"].value(), form["against"].value()) == (plan.id, plan.builds_on)
            and not form.is_turned,
        )
        for plan in plans.values()
        if plan.builds_on in plans
    ]


@dataclass(frozen=True)
class Row:
    """An own plan in the list."""

    plan: OwnPlan
    is_own: bool
    address: str


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own plans and those that others share; and the place to bring one in from a file."""
    return _page(request, actor)


def _page(request: HttpRequest, actor: Actor, status: int = 200, **told: Any) -> HttpResponse:
    rows = [Row(plan, plan.owner_id == actor.user_id, _address(plan)) for plan in list_plans(actor)]
    context = {
        "own": [row for row in rows if row.is_own],
        "shared": [row for row in rows if not row.is_own],
        "may_keep": may("plan.keep", actor),
        "most": actions.MOST_PLANS,
        **told,
    }
    return render(request, "web/forecast_plans.html", context, status=status)


def _address(plan: OwnPlan) -> str:
    return reverse("forecast", query={"plan": own_id(plan), "against": _base(plan)})


def _base(plan: OwnPlan) -> str:
    read = read_text(plan.text)[0]
    return read.builds_on if read and read.builds_on else ""


@signed_in
@require_POST
def keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep what the address asks (a plan with levers turned) as a plan of one's own."""
    question = _question(request, actor)
    name = request.POST.get("name", "")
    try:
        kept = actions.keep(actor, name=name, text=text_to_keep(actor, question, name))
    except Invalid as fault:
        messages.error(request, words.said(fault.text))
        return redirect(reverse("forecast", query=request.GET))
    messages.success(request, gettext("“%(name)s” is kept with your plans.") % {"name": kept.name})
    return redirect(reverse("forecast-plans"))


def _question(request: HttpRequest, actor: Actor) -> Question:
    form = ForecastForm(request.GET, actor, list(list_plans(actor)), clock.today())
    if not form.is_valid():
        raise Refused()
    return form.question()


@signed_in
@require_POST
def change(request: HttpRequest, actor: Actor, id: int, verb: str) -> HttpResponse:
    """Rename, share, unshare or throw away one of one's own plans."""
    if verb not in _VERBS:
        raise Refused()
    try:
        messages.success(request, _VERBS[verb](request, actor, id))
    except Invalid as fault:
        messages.error(request, words.said(fault.text))
    return redirect(reverse("forecast-plans"))


def _rename(request: HttpRequest, actor: Actor, id: int) -> str:
    plan = actions.rename(actor, id, name=request.POST.get("name", ""))
    return gettext("The plan is now called “%(name)s”.") % {"name": plan.name}


def _share(request: HttpRequest, actor: Actor, id: int) -> str:
    plan = actions.share(actor, id, shared=True)
    return gettext("Everyone who sees forecasts can now read “%(name)s”.") % {"name": plan.name}


def _unshare(request: HttpRequest, actor: Actor, id: int) -> str:
    plan = actions.share(actor, id, shared=False)
    return gettext("Only you see “%(name)s” now.") % {"name": plan.name}


def _delete(request: HttpRequest, actor: Actor, id: int) -> str:
    actions.delete(actor, id)
    return gettext("The plan is thrown away.")


_VERBS: dict[str, Callable[[HttpRequest, Actor, int], str]] = {
    "rename": _rename,
    "share": _share,
    "unshare": _unshare,
    "delete": _delete,
}


@signed_in
@require_POST
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in a plan file, or show every fault in it."""
    require("plan.keep", actor)
    text, fault = _uploaded(request)
    if fault:
        return _page(request, actor, 422, fault=fault)
    plan, faults = read_text(text)
    if faults or plan is None:
        return _page(request, actor, 422, faults=[_said(one) for one in faults])
    try:
        kept = actions.keep(actor, name=request.POST.get("name") or words.said(plan.name), text=text)
    except Invalid as refused:
        return _page(request, actor, 422, fault=words.said(refused.text))
    messages.success(request, gettext("“%(name)s” is kept with your plans.") % {"name": kept.name})
    return redirect(reverse("forecast-plans"))


def _uploaded(request: HttpRequest) -> tuple[str, str]:
    """The text of the file that was sent, or why there is none."""
    file = request.FILES.get("file")
    if file is None:
        return "", gettext("Choose a file first.")
    if (file.size or 0) > _LARGEST:
        return "", gettext("This file is too large for a plan.")
    try:
        return file.read().decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", gettext("This file is not a text in UTF-8.")


def _said(fault: RegionFault) -> dict[str, Any]:
    """A fault as a row: what it says, in the page's language where somebody translated it."""
    said = gettext(fault.message)
    return {"fault": fault, "message": said, "is_english": said == fault.message and words.language() != "en"}


@signed_in
def file(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """An own plan as a plan file."""
    plan = get_plan(actor, id)
    return _toml(plan.name, plan.text)


@signed_in
def asked_file(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the address asks, as a plan file, without keeping it."""
    require("figures.read", actor, actor.programme)
    name = gettext("A plan of my own")
    return _toml(name, text_to_keep(actor, _question(request, actor), name))


def _toml(name: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug(name)}.toml"'
    return response
