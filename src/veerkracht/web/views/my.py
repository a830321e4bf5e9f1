"""My request: why I stand here, when it is likely my turn, what I can do, who looked at my file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.care import actions
from veerkracht.register.care.access import get_request
from veerkracht.register.care.queries.my import my_requests
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.web import charts, file_context
from veerkracht.web.who import signed_in

_OVER = ("served", "withdrawn", "deceased", "declined", "lapsed", "refused")


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    mine = my_requests(actor)
    shown = [(view, file_context.turn_chart(view)) for view in mine.requests if view.row.state not in _OVER]
    if file := charts.download(request, [drawing for _, drawing in shown]):
        return file
    context = {
        "my": mine,
        "requests": shown,
        "past": [view for view in mine.requests if view.row.state in _OVER],
        **file_context.names(),
    }
    return render(request, "web/my.html", context)


@require_POST
@signed_in
def stop(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The person no longer asks, or does not want what was granted; only after ticking that they mean it."""
    asked = get_request(actor, number)
    version = request.POST.get("version", "")
    if not request.POST.get("sure") or not version.isdigit():
        messages.error(request, gettext("Nothing was changed. Tick the box first, to say that you are sure."))
        return HttpResponseRedirect(reverse("my"))
    act = actions.decline_grant if asked.state == "granted" else actions.withdraw
    try:
        act(asked, by=actor, on=clock.today(), version=int(version))
    except Invalid as invalid:
        messages.error(request, str(invalid))
    else:
        messages.success(
            request, gettext("That is done. It stays in your file that you asked for it, and when.")
        )
    return HttpResponseRedirect(reverse("my"))
