"""Who may be on the lists of homes twice: two files beside each other, and a decision by name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from veerkracht.register.lists.access import get_double, list_doubles
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.web.forms.doubles import DecideForm
from veerkracht.web.numbers import posted
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in

# More than this nobody decides on in one sitting; the next come up as these are decided.
_SHOWN = 20
_GROUNDS = {
    "birth-date": gettext_lazy("same birth date"),
    "birth-date-mistyped": gettext_lazy("birth date with one slip"),
    "name": gettext_lazy("nearly the same name"),
    "name-turned-round": gettext_lazy("given and family name turned round"),
    "given-name": gettext_lazy("same given name, another family name"),
    "area": gettext_lazy("same municipality"),
}


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The pairs that nobody decided on, the likeliest first. POST decides on one."""
    filled = _filled(request, actor) if request.method == "POST" else None
    if filled is not None and filled.is_valid() and done(filled):
        messages.success(request, _("Your decision is written down under your name."))
        return HttpResponseRedirect(request.path)
    found = list_doubles(actor)[:_SHOWN]
    pairs = [
        (one, filled if filled and filled.double == one else DecideForm(None, actor, one)) for one in found
    ]
    context = {"pairs": pairs, "grounds": _GROUNDS, "area_names": areas.names()}
    return render(request, "web/doubles.html", context, status=422 if filled else 200)


def _filled(request: HttpRequest, actor: Actor) -> DecideForm:
    return DecideForm(request.POST, actor, get_double(actor, posted(request, "id")))
