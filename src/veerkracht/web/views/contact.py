"""The helpline's form, for everybody: no cookie is set or read, nothing is kept but what somebody wrote, and sealed.

Without a session there is nothing that another site could misuse, so these forms ask for no token: it would be a
cookie on a device that others look at.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from veerkracht.region.shelter import ContactForm as Choices
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.actions import send_message
from veerkracht.register.shelter.actions.contacts import answer_for
from veerkracht.web.forms.shelter import CodeForm, ContactForm


@csrf_exempt
def page(request: HttpRequest) -> HttpResponse:
    """The form; POST keeps the message and shows the code, on the same address, so that no code is in a history."""
    choices = _choices()
    form = ContactForm(request.POST if request.method == "POST" else None, choices=choices)
    context = {"form": form, "choices": choices}
    if not form.is_bound or not form.is_valid():
        return render(request, "web/contact.html", context, status=422 if form.errors else 200)
    if form.cleaned_data["leave_empty"]:
        # A program: it is told what people are told.
        return render(request, "web/contact_sent.html", {**context, "code": ""})
    try:
        code = send_message(form.sent(get_language() or "nl"))
    except (Conflict, Invalid) as fault:
        form.add_error(getattr(fault, "field", "") or None, str(fault))
        return render(request, "web/contact.html", context, status=422)
    return render(request, "web/contact_sent.html", {**context, "code": code})


@csrf_exempt
def answer(request: HttpRequest) -> HttpResponse:
    """Whoever has a code reads the answer."""
    choices = _choices()
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "choices": choices, "asked": False}
    if form.is_bound and form.is_valid():
        is_there, text = answer_for(form.cleaned_data["code"])
        context |= {"asked": True, "is_there": is_there, "answer": text}
    return render(request, "web/contact_answer.html", context)


def _choices() -> Choices:
    try:
        return norms.contact()
    except Invalid as none:
        raise Refused() from none
