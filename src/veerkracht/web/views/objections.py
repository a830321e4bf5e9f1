"""Objections of people to looks at their file, for the records officer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht.register.errors import Invalid
from veerkracht.register.keeping import actions
from veerkracht.register.keeping.queries import objections
from veerkracht.register.people.actors import Actor
from veerkracht.web import labels
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.keeping import AnswerForm
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Those that wait for an answer first, each with the look it is about."""
    context = {"objections": objections.objection_list(actor), **_words()}
    return render(request, "web/objections.html", context)


@signed_in
def one(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One objection; POST answers it, with the version that was seen."""
    found = objections.get_objection(actor, id)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.answer_objection(
                found.objection,
                by=actor,
                upheld=asked["upheld"] == "yes",
                answer=asked["answer"],
                version=asked["version"],
            )
        except Invalid as fault:
            tell(form, fault)
        else:
            messages.success(request, _("That is answered; the person reads it beside the look."))
            return HttpResponseRedirect("..")
    context = {"objection": found, "form": form, **_words()}
    return render(request, "web/objection.html", context, status=422 if form.errors else 200)


def _words() -> dict:
    return {"verbs": labels.LOG_VERBS}
