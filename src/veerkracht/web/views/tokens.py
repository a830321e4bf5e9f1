"""Keys for programs: made in the capacity in which one acts, shown once, and revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.tokens import actions
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.tokens import TokenForm
from veerkracht.web.views.account import own_account


@own_account
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The keys that still work. POST makes one and shows its secret, which nobody sees again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    shown = ""
    if form.is_valid():
        try:
            _made, shown = actions.make(actor, **form.cleaned_data)
            form = TokenForm()
        except Invalid as fault:
            tell(form, fault)
    context = {"tokens": actions.own_tokens(actor), "form": form, "secret": shown}
    return render(request, "web/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@own_account
def revoke(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    revoked = actions.revoke(actor, id)
    messages.success(request, _("The key “%(name)s” no longer works.") % {"name": revoked.name})
    return HttpResponseRedirect(reverse("tokens"))
