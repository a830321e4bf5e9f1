"""Restricted files: who keeps them so works by number and never sees the person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht.register.cases import protection
from veerkracht.register.cases.protection.restricted_files import restricted_files, staff_named
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.restricted import RestrictForm
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every restricted file and who is named in it; POST restricts one, names or removes somebody, or lifts it."""
    files = restricted_files(actor)
    form = RestrictForm(request.POST if request.method == "POST" else None, initial={"verb": "restrict"})
    if form.is_bound and form.is_valid() and _done(actor, form):
        messages.success(request, _("Done. It holds from now on."))
        return HttpResponseRedirect(request.path)
    context = {"files": files, "form": form}
    return render(request, "web/restricted.html", context, status=422 if form.errors else 200)


def _done(actor: Actor, form: RestrictForm) -> bool:
    """Do what was asked; False when something is wrong, which then stands at its field."""
    users, unknown = staff_named(actor, form.cleaned_data["users"])
    if unknown:
        form.add_error("users", _("There is no member of staff “%(name)s”.") % {"name": unknown[0]})
        return False
    number, reason, verb = (form.cleaned_data[name] for name in ("number", "reason", "verb"))
    try:
        if verb == "restrict":
            protection.restrict(number, by=actor, users=users, reason=reason)
        elif verb == "lift":
            protection.lift(number, by=actor, reason=reason)
        else:
            act = protection.name_one if verb == "name" else protection.remove_name
            for user in users:
                act(number, by=actor, user=user, reason=reason)
    except Invalid as invalid:
        tell(form, invalid, {"user": "users"})
        return False
    return True
