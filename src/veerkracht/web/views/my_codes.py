"""The codes of a person: for whom they choose to speak for them, and to sign in with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from veerkracht.register.cases.protection import chosen
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web import guessing, labels, my_pages
from veerkracht.web.forms import codes as forms
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@never_cache
@sensitive_post_parameters()
@signed_in
def page(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """What is out and who speaks for the reader; POST does one thing. A code is shown once, in the answer to it."""
    whose = my_pages.about(actor, person)
    if not whose.is_self:
        raise whose.refusal()
    filled = _filled(request, actor) if request.method == "POST" else None
    if filled is not None and _did(request, filled) and not filled.code:
        messages.success(request, filled.done)
        return HttpResponseRedirect(request.path)
    may_choose = chosen.may_choose(actor)
    context = {
        "given": chosen.codes_given(actor),
        "chosen": chosen.chosen_by(actor),
        "give": _shown(actor, filled, forms.GiveForm) if may_choose else None,
        "use": _shown(actor, filled, forms.UseForm),
        "made": filled,
        "fault": _fault(filled),
        "field_groups": labels.FIELD_GROUPS,
        **my_pages.context(actor, whose, "my-codes"),
    }
    return render(request, "web/my_codes.html", context, status=422 if filled and filled.errors else 200)


def _filled(request: HttpRequest, actor: Actor) -> forms.CodesForm:
    kind = next((one for one in forms.KINDS if one.verb == request.POST.get("verb", "")), None)
    if kind is None:
        raise Refused()
    return kind(request.POST, actor)


def _did(request: HttpRequest, form: forms.CodesForm) -> bool:
    if isinstance(form, forms.UseForm):
        return guessing.opened(request, form.actor, form, "code_given")
    return form.is_valid() and done(form)


def _shown(actor: Actor, filled: forms.CodesForm | None, kind: type[forms.CodesForm]) -> forms.CodesForm:
    """The form as it was sent, when something is wrong in it; else an empty one."""
    return filled if isinstance(filled, kind) and filled.errors else kind(None, actor)


def _fault(filled: forms.CodesForm | None) -> str:
    """What is wrong with a button, of which there is no form to show it in."""
    if filled is None or not filled.errors or isinstance(filled, forms.GiveForm | forms.UseForm):
        return ""
    return str(next(iter(filled.errors.values()))[0])
