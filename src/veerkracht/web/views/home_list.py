"""A home's own list, in the order of its rules; and one entry on it, with what the home does there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.lists.access import may_ask_for_others
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.lists.queries import entry_view, of_home
from veerkracht.register.lists.queries.of_home import SHOWN, HomeList
from veerkracht.register.offers.queries.running import running
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.web import letters, list_words, offer_words
from veerkracht.web.forms.home_list import RulesForm, forms_for
from veerkracht.web.forms.homes import EntryForm
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The list, page by page; `ward`: of one ward with a list of its own."""
    ward, after = request.GET.get("ward", ""), request.GET.get("after", "")
    try:
        found = of_home(actor, id, ward=ward, after=after, size=SHOWN)
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    return render(request, "web/home_list.html", _context(actor, found, ward, after))


@signed_in
def rules(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Choose by which rules the list is ordered; on the page of the list, with what is wrong."""
    if request.method != "POST":
        raise Refused()
    found = of_home(actor, id, size=SHOWN)
    form = RulesForm(request.POST, actor, found.service)
    if form.is_valid() and done(form):
        messages.success(request, form.done)
        return HttpResponseRedirect(reverse("home-list", args=[id]))
    form.look_again()
    context = {**_context(actor, found), "rules": form}
    return render(request, "web/home_list.html", context, status=422)


def _context(actor: Actor, found: HomeList, ward: str = "", after: str = "") -> dict[str, Any]:
    may_choose = may("place.manage", actor, found.service.programme)
    return {
        "found": found,
        "rules": RulesForm(None, actor, found.service) if may_choose else None,
        "running": running(actor, found.service),
        "ward": ward,
        "is_first": not after,
        "may_ask_homes": may_ask_for_others(actor),
        **list_words.names(),
        **offer_words.names(),
    }


@signed_in
def entry(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One entry; POST does one thing with it."""
    view = entry_view(actor, id)
    filled = _filled(request, actor, view.entry) if request.method == "POST" else None
    if filled is not None and filled.is_valid() and done(filled):
        messages.success(request, filled.done)
        return HttpResponseRedirect(request.path)
    context = {
        "view": view,
        "forms": _forms(actor, view.entry, filled),
        "area_names": areas.names(),
        **list_words.names(),
    }
    return render(request, "web/home_entry.html", context, status=422 if filled else 200)


@signed_in
def letter(request: HttpRequest, actor: Actor, id: int, form: str) -> HttpResponse:
    """For who has no account: the letter that asks whether they still want to come, as a page or as PDF."""
    view = entry_view(actor, id)
    if form not in ("html", "pdf") or view.entry.answer_by is None:
        raise Refused()
    text = letters.write_asked(view, clock.today())
    if form == "pdf":
        answer = HttpResponse(letters.as_pdf(text), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="list-{id}.pdf"'
        return answer
    context = {
        "letter": text,
        "back": reverse("home-entry", args=[id]),
        "back_words": _("Back to the entry"),
        "pdf": reverse("home-entry-letter", args=[id, "pdf"]),
    }
    return render(request, "web/letter.html", context)


def _filled(request: HttpRequest, actor: Actor, found: Entry) -> EntryForm:
    """The form that was sent. Raises `Refused` for one that this page does not offer."""
    kind = next((one for one in forms_for(found) if one.verb == request.POST.get("verb", "")), None)
    if kind is None or found.state not in STANDING:
        raise Refused()
    return kind(request.POST, actor, found)


def _forms(actor: Actor, found: Entry, filled: EntryForm | None) -> list[EntryForm]:
    """Those that stand on the page; the one that was sent with what is wrong in it."""
    if found.state not in STANDING:
        return []
    return [
        filled if filled and filled.verb == kind.verb else kind(None, actor, found)
        for kind in forms_for(found)
    ]
