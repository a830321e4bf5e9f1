"""Somebody moves house: on their own pages, and beside the file for who keeps it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.care.access import Case, case_of, get_request
from veerkracht.register.care.queries.moves import moves_of
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.web import my_pages
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.moves import MoveForm
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@signed_in
def mine(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """`person`: the number of whom the reader speaks for; "" for themself. POST says that they moved."""
    whose = my_pages.about(actor, person)
    case = Case(whose.person, "", whose.person.area)
    found = moves_of(actor, case)
    form = MoveForm(request.POST or None, actor, case)
    if request.method == "POST" and _moved(form):
        messages.success(
            request, _("That is written down, with the day. What you asked stays, with its date.")
        )
        return HttpResponseRedirect(request.path)
    context = {"found": found, "form": form, **my_pages.context(actor, whose, "my-move")}
    return render(request, "web/my_move.html", context, status=_status(form))


@signed_in
def of_file(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """For who keeps the file. Who keeps the list of another municipality no longer sees it afterwards."""
    asked = get_request(actor, number)
    case = case_of(asked)
    if case is None:
        raise Refused()
    found = moves_of(actor, case)
    form = MoveForm(request.POST or None, actor, case)
    if request.method == "POST" and _moved(form):
        messages.success(
            request, _("Written down. Who keeps the list of the new municipality follows it from now on.")
        )
        asked.refresh_from_db()
        stays = may("request.read", actor, asked)
        return HttpResponseRedirect(request.path if stays else reverse("list"))
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "asked": asked,
        "tabs": tabs(actor, case, number, "file-addresses"),
    }
    return render(request, "web/file_move.html", context, status=_status(form))


def _moved(form: MoveForm) -> bool:
    return form.is_valid() and done(form)


def _status(form: MoveForm) -> int:
    return 422 if form.is_bound and form.errors else 200
