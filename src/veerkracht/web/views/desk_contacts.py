"""Messages to the helpline: those that wait for an answer, and one of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names as area_names
from veerkracht.register.shelter.actions import answer_message
from veerkracht.register.shelter.queries import contacts
from veerkracht.web import shelter_words
from veerkracht.web.forms.shelter import AnswerForm
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    answered = request.GET.get("state") == "answered"
    try:
        found = contacts.messages(actor, answered=answered, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    context = {"found": found, "answered": answered, "area_names": area_names(), **shelter_words.names()}
    return render(request, "web/desk_contacts.html", context)


@signed_in
def one(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One message; POST answers it."""
    view = contacts.message(actor, id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            answer_message(view.row, by=actor, text=form.cleaned_data["text"], version=view.row.version)
        except (Conflict, Invalid) as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The answer waits for whoever has the code."))
            return HttpResponseRedirect(reverse("desk-contacts"))
    context = {"view": view, "form": form, "area_names": area_names(), **shelter_words.names()}
    return render(request, "web/desk_contact.html", context, status=422 if form.errors else 200)
