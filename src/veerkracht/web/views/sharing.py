"""Who works on a case and who may read it: a page beside the file, where it is given, shared, referred and revoked."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from veerkracht.register.care.access import Case, case_of, get_request
from veerkracht.register.cases.queries.consents import get_consent
from veerkracht.register.cases.queries.on_case import OnCase, on_case
from veerkracht.register.cases.records import to_record
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web import sharing_words
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms import sharing as forms
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.sharing import CaseForm
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """All of it; POST does what one of its forms asks."""
    asked = get_request(actor, number)
    case = case_of(asked)
    found = on_case(actor, case)
    filled = _filled(request, actor, case, found) if request.method == "POST" else None
    if filled is not None and filled.is_valid() and done(filled):
        messages.success(request, filled.done)
        return HttpResponseRedirect(request.path)
    context = {
        "asked": asked,
        "case": case,
        "found": found,
        "on_case": list(_on_case(actor, case, found, filled)),
        "parts": _on_parts(actor, case, found, filled),
        "filled": filled,
        "tabs": tabs(actor, case, number, "file-sharing"),
        **sharing_words.names(),
    }
    response = render(request, "web/file_sharing.html", context, status=422 if filled else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def record(request: HttpRequest, actor: Actor, reference: UUID) -> HttpResponse:
    """A consent as a record for another system (ISO/IEC TS 27560)."""
    response = JsonResponse(
        to_record(get_consent(actor, reference)), json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="consent-{reference}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def done(form: Any) -> bool:
    """Do what a form asks; what the register finds wrong is shown at its field."""
    try:
        form.do()
    except (Conflict, Invalid) as fault:
        tell(form, fault, {"fields": "fields_"})
        return False
    return True


def _filled(request: HttpRequest, actor: Actor, case: Case, found: OnCase) -> CaseForm:
    """The form that was sent. Raises `Refused` for one that this page does not offer."""
    verb, id = request.POST.get("verb", ""), request.POST.get("id", "")
    kinds = {kind.verb: kind for kind in (*forms.ON_CASE, *forms.ON_PART)}
    if verb not in kinds or kinds[verb].rule not in found.allowed:
        raise Refused()
    return kinds[verb](request.POST, actor, case, found, id)


def _on_case(actor: Actor, case: Case, found: OnCase, filled: CaseForm | None) -> Iterator[CaseForm]:
    for kind in forms.ON_CASE:
        if kind.rule in found.allowed:
            yield filled if isinstance(filled, kind) else kind(None, actor, case, found)


def _on_parts(actor: Actor, case: Case, found: OnCase, filled: CaseForm | None) -> dict[str, list[CaseForm]]:
    """The forms for each worker, consent, referral and emergency access, by "kind-id"."""

    def of(kind: type[CaseForm], id: Any) -> CaseForm:
        is_filled = isinstance(filled, kind) and filled.id == str(id)
        return filled if is_filled and filled else kind(None, actor, case, found, str(id))

    offered: dict[str, list[CaseForm]] = {}
    for key, id, kinds in _parts(actor, found):
        offered[key] = [of(kind, id) for kind in kinds if kind.rule in found.allowed]
    return offered


def _parts(actor: Actor, found: OnCase) -> Iterator[tuple[str, Any, list[type[CaseForm]]]]:
    """What makes sense to do to each part as it stands."""
    for worker in found.workers:
        yield worker.key, worker.id, [forms.EndWork]
    referred = {one.consent_id for one in found.referrals if one.is_open}
    for consent in found.consents:
        kinds: list[type[CaseForm]] = [forms.Answer] if consent.state == "asked" else []
        if consent.state == "in-force" and consent.id not in referred and consent.is_asked_by(actor):
            kinds.append(forms.Refer)
        yield (
            f"consent-{consent.id}",
            consent.reference,
            [*kinds, *([forms.Revoke] if consent.is_live else [])],
        )
    for referral in found.referrals:
        yield referral.key, referral.id, [forms.EndReferral] if referral.may_end else []
    for access in found.emergencies:
        yield access.key, access.id, [forms.Review] if access.may_review else []
