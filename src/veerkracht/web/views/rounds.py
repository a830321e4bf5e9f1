"""Rounds: money handed out in order. One person prepares, another signs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register import clock
from veerkracht.register.care.access import get_round, may, require
from veerkracht.register.care.actions import rounds as actions
from veerkracht.register.care.queries import letters, rounds
from veerkracht.register.care.queries.dry_run_results import DryRun
from veerkracht.register.care.queries.protected import free_cents
from veerkracht.register.care.queries.rounds import RoundView
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money.queries import balances
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Programme
from veerkracht.web import file_context, labels
from veerkracht.web import letters as letter_words
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.rounds import RoundForm
from veerkracht.web.numbers import posted
from veerkracht.web.programmes import chosen, names_of
from veerkracht.web.who import signed_in


@signed_in
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    programme = chosen(request, actor)
    context = {
        "programme": programme,
        "rounds": rounds.round_list(actor, programme.id),
        "free": balances(programme.id)["free"],
        "may_prepare": may("round.prepare", actor, programme.id),
        **_words(),
    }
    return render(request, "web/rounds.html", context)


@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A dry run by GET, as often as one likes; POST prepares what the dry run showed."""
    programme = chosen(request, actor)
    require("round.dry-run", actor, programme.id)
    data = request.POST if request.method == "POST" else request.GET if "money" in request.GET else None
    form = RoundForm(data, programme, clock.today())
    run = None
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                prepared = actions.prepare_round(programme.id, by=actor, **form.asked())
                return HttpResponseRedirect(reverse("round", args=[prepared.pk]))
            run = _dry_run(actor, programme, form)
        except (Refused, Conflict):
            raise
        except Fault as fault:
            tell(form, fault)
    return _show_new(request, actor, programme, form, run)


def _dry_run(actor: Actor, programme: Programme, form: RoundForm) -> DryRun:
    asked = form.asked()
    key = form.other_key()
    compare = rounds.draft_split(programme, asked["on"], key=key) if key else None
    return rounds.dry_run(
        actor, programme.id, asked.pop("on"), asked.pop("money_cents"), compare=compare, **asked
    )


def _show_new(
    request: HttpRequest, actor: Actor, programme: Programme, form: RoundForm, run: DryRun | None
) -> HttpResponse:
    context = {
        "programme": programme,
        "form": form,
        "run": run,
        "free": free_cents(actor, programme),
        "free_after": run.free_cents - run.outcome.spent_cents if run else None,
        "may_prepare": may("round.prepare", actor, programme.id),
        "may_read": may("request.read", actor, programme.id),
        **names_of(programme),
    }
    name = "web/parts/dry_run.html" if request.htmx else "web/round_new.html"  # type: ignore[attr-defined]
    # What htmx puts into the page must arrive as 200; its faults are words inside it.
    status = 422 if form.errors and not request.htmx else 200  # type: ignore[attr-defined]
    return render(request, name, context, status=status)


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    if request.method == "POST":
        return _act(request, actor, id)
    view = rounds.round_view(actor, id)
    if pot := request.GET.get("pot"):
        return _lines(request, actor, view, pot)
    return _show(request, actor, view)


def _lines(request: HttpRequest, actor: Actor, view: RoundView, pot: str) -> HttpResponse:
    """All who are granted something from one pot, page by page."""
    after = request.GET.get("after", "0")
    found = rounds.line_page(actor, view.id, pot, whole(after) or 0)
    named = next((one for one in view.pots if one.id == pot), None)
    if named is None:
        raise Refused()
    context = {
        "round": view,
        "pot": named,
        "lines": found,
        "next": found[-1].position if len(found) == rounds.SHOWN else None,
        "is_first": after == "0",
        "may_read": may("request.read", actor, view.programme.id),
        **names_of(view.programme),
    }
    return render(request, "web/round_lines.html", context)


def _act(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Review, sign or cancel; with the version that the reader saw, so that nobody signs something else."""
    verbs = {"review": actions.review_round, "sign": actions.sign_round, "cancel": actions.cancel_round}
    verb, version = request.POST.get("verb", ""), posted(request, "version")
    if verb not in verbs:
        raise Refused()
    try:
        verbs[verb](get_round(actor, id), by=actor, version=version)
    except Invalid as fault:
        return _show(request, actor, rounds.round_view(actor, id), fault=fault)
    except Conflict as fault:
        return _show(request, actor, rounds.round_view(actor, id), fault=fault, status=409)
    done = {"review": _("The round is reviewed."), "cancel": _("The round is put aside.")}
    messages.success(request, done.get(verb) or _("The round is signed, and the money is handed out."))
    return HttpResponseRedirect(reverse("round", args=[id]))


def _show(
    request: HttpRequest, actor: Actor, view: RoundView, fault: Fault | None = None, status: int = 422
) -> HttpResponse:
    """`why_not_sign`: who prepared a round can't sign it, and is told so before trying."""
    is_maker = actor.user_id == view.prepared.user_id
    free = balances(view.programme.id)["free"]
    context = {
        "round": view,
        "programme": view.programme,
        "fault": fault,
        "free": free,
        "free_after": free - view.spent_cents,
        "again": _again(view),
        "following": [one for one in rounds.round_list(actor, view.programme.id) if one.follows == view.id],
        "may_review": view.state == "prepared" and may("round.review", actor, view.programme.id),
        "may_sign": view.state == "reviewed" and may("round.sign", actor, view.programme.id) and not is_maker,
        "is_maker": is_maker,
        "may_cancel": view.state in ("prepared", "reviewed")
        and may("round.prepare", actor, view.programme.id),
        "may_read": may("request.read", actor, view.programme.id),
        "kept_on": clock.today(),
        **_words(),
        **names_of(view.programme),
    }
    return render(request, "web/round.html", context, status=200 if fault is None else status)


def _again(view: RoundView) -> str:
    """The address on which the same round can be prepared again."""
    asked: dict[str, Any] = {
        "on": view.date.isoformat(),
        "money": view.money_cents / 100,
        "basis": view.basis,
    }
    asked |= {f"money-{group}": cents / 100 for group, cents in (view.envelopes or {}).items()}
    return reverse("round-new", query=asked)


def _words() -> dict[str, Any]:
    return {"round_states": labels.ROUND_STATES, "round_tags": labels.ROUND_TAGS}


@signed_in
def letter(request: HttpRequest, actor: Actor, id: int, number: str, form: str) -> HttpResponse:
    """The letter about a decision, in the language of its person: as a page, or as PDF."""
    if form not in ("html", "pdf"):
        raise Refused()
    text = letter_words.write(letters.letter(actor, id, number))
    if form == "pdf":
        answer = HttpResponse(letter_words.as_pdf(text), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{number}-{id}.pdf"'
        return answer
    back = reverse("my") if actor.person else reverse("file", args=[number])
    pdf = reverse("letter", args=[id, number, "pdf"])
    context = {"letter": text, "back": back, "back_words": _("Back to the file"), "pdf": pdf}
    return render(request, "web/letter.html", {**context, **file_context.names()})
