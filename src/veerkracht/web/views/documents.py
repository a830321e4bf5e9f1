"""Documents of a case: a page beside the file, and the bytes of one, which a browser may only save."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from veerkracht.register.care.access import Case, case_of, get_request, may
from veerkracht.register.documents import access, actions
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web import labels
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.file_parts import DocumentForm, RemoveDocumentForm
from veerkracht.web.uploads import was_too_large
from veerkracht.web.who import signed_in

# Whatever is in a document, it can do nothing with the rights of this site.
_SANDBOX = "sandbox; default-src 'none'"


@signed_in
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The documents of a case; POST adds one."""
    asked = get_request(actor, number)
    case = case_of(asked)
    may_add = may("document.add", actor, case)
    if not may_add and not may("document.read", actor, case):
        raise Refused()
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_bound and add(request, actor, case, form):
        return HttpResponseRedirect(request.path)
    context = {
        "asked": asked,
        "documents": access.documents_of(actor, case),
        "kinds": labels.DOCUMENT_KINDS,
        "form": form if may_add else None,
        "tabs": tabs(actor, case, number, "file-documents"),
    }
    return render(request, "web/file_documents.html", context, status=422 if form.errors else 200)


@signed_in
def download(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponseBase:
    opened = access.open_document(actor, reference)
    return FileResponse(
        opened.file,
        as_attachment=True,
        filename=opened.name,
        content_type=opened.content_type,
        headers={
            "Content-Security-Policy": _SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


@require_POST
@signed_in
def remove(request: HttpRequest, actor: Actor, number: str, reference: UUID) -> HttpResponse:
    found = access.get_document(actor, reference, "document.remove")
    form = RemoveDocumentForm(request.POST)
    try:
        actions.remove_document(found, by=actor, reason=form.data.get("reason", ""))
    except Invalid as invalid:
        messages.error(request, str(invalid))
    else:
        messages.success(request, _("The document was removed. That it was there stays written down."))
    return HttpResponseRedirect(reverse("file-documents", args=[number]))


def add(request: HttpRequest, actor: Actor, case: Case, form: DocumentForm) -> bool:
    """Keep the document of a form; False when something is wrong, which then stands at its field."""
    if was_too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", _("This file is too large."))
    if not form.is_valid():
        return False
    upload = form.cleaned_data["file"]
    try:
        actions.add_document(
            case, by=actor, kind=form.cleaned_data["kind"], name=upload.name, file=upload.file
        )
    except Invalid as invalid:
        tell(form, invalid)
        return False
    messages.success(request, _("The document was added."))
    return True
