"""Emergency access: a number and a reason, and the file opens for a few hours; everybody concerned is told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.care.access import require
from veerkracht.register.care.queries.of_cases import latest_requests
from veerkracht.register.cases import rules
from veerkracht.register.cases.actions import open_emergency
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.sharing.models import EmergencyAccess
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.shared import EmergencyForm
from veerkracht.web.who import signed_in
from veerkracht.web.words import moment


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    require("emergency.open", actor, actor.programme)
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    access = _opened(form, actor) if form.is_bound and form.is_valid() else None
    if access:
        until = moment(access.until_at)
        messages.warning(
            request, _("You read this file until %(until)s. The team was told.") % {"until": until}
        )
        return HttpResponseRedirect(_to(access, actor))
    context = {
        "form": form,
        "hours": rules.number("emergency-hours"),
        "words": rules.number("emergency-words"),
    }
    return render(request, "web/emergency.html", context, status=422 if form.errors else 200)


def _opened(form: EmergencyForm, actor: Actor) -> EmergencyAccess | None:
    """The access; None, with the fault at its field, when there is none."""
    given = form.cleaned_data
    try:
        return open_emergency(given["number"], by=actor, reason=given["reason"])
    except Refused as refused:
        form.add_error("number", str(refused))
    except Invalid as invalid:
        tell(form, invalid)
    return None


def _to(access: EmergencyAccess, actor: Actor) -> str:
    """The file of the latest request; where there is none, back to the start."""
    key = (access.person_id, access.programme)
    found = latest_requests(actor, [key])[key]
    return reverse("file", args=[found.number]) if found else reverse("emergency")
