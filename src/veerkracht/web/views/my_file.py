"""Who looked at my file and why, my documents, all that is known about me, and my rights."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.cases.protection.representatives import RepresentativeView, representatives_of
from veerkracht.register.documents.access import documents_of
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping.actions.objections import object_to_look
from veerkracht.register.keeping.queries.looks import looks as looks_at
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, may
from veerkracht.web import labels, my_pages
from veerkracht.web.forms.file_parts import DocumentForm
from veerkracht.web.numbers import posted
from veerkracht.web.views.documents import add
from veerkracht.web.who import signed_in


@signed_in
def looks(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """Who looked, in plain words; POST objects to one look."""
    whose = my_pages.about(actor, person)
    if "looks" not in whose.seen:
        raise Refused()
    if request.method == "POST":
        _object(request, actor, whose)
        return HttpResponseRedirect(request.path)
    record(actor, "read", "looks", person_id=whose.person.pk, fields=["looks"])
    context = {
        "looks": looks_at(whose.person),
        "names": _names(actor, whose),
        "look_names": labels.LOOKS,
        "field_groups": labels.FIELD_GROUPS,
        **my_pages.context(actor, whose, "my-looks"),
    }
    return render(request, "web/my_looks.html", context)


@signed_in
def documents(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """The documents in the file; POST adds one."""
    whose = my_pages.about(actor, person)
    if "documents" not in whose.seen:
        raise Refused()
    case = Case(whose.person, "", whose.person.area)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_bound and add(request, actor, case, form):
        return HttpResponseRedirect(request.path)
    context = {
        "documents": documents_of(actor, case),
        "kinds": labels.DOCUMENT_KINDS,
        "form": form if may("document.add", actor, case) else None,
        **my_pages.context(actor, whose, "my-documents"),
    }
    return render(request, "web/my_documents.html", context, status=422 if form.errors else 200)


@signed_in
def rights(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """What a person may ask of who keeps their file, in plain words."""
    whose = my_pages.about(actor, person)
    access, today = region.current().access, clock.today()
    ages = {
        f"{how}_age": access.number(f"consent-{how}-age", today) if access else None
        for how in ("together", "alone")
    }
    context = {
        "bundle_address": whose.address("my-bundle") if may("file.bundle", actor, whose.person) else "",
        **ages,
        **my_pages.context(actor, whose, "my-rights"),
    }
    return render(request, "web/my_rights.html", context)


def _names(actor: Actor, whose: my_pages.About) -> dict[str, RepresentativeView]:
    """Who speaks for the person or only looks, by the number that the log has of them; nobody for who may not know."""
    if "sharing" not in whose.seen:
        return {}
    case = Case(whose.person, "", whose.person.area)
    return {one.number: one for one in reversed(representatives_of(actor, case))}


def _object(request: HttpRequest, actor: Actor, whose: my_pages.About) -> None:
    entry = posted(request, "entry")
    try:
        object_to_look(whose.person, by=actor, entry_id=entry, text=request.POST.get("text", ""))
    except (Invalid, Conflict) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("That is noted. The records officer looks into it and answers you here."))
