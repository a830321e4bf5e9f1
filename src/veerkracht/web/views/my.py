"""My request: why I stand here, when it is likely my turn, and what I can do about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.care import actions
from veerkracht.register.care.access import get_request
from veerkracht.register.care.queries.my import my_requests
from veerkracht.register.errors import Invalid
from veerkracht.register.lists.rules import listed_programme
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.web import charts, file_context, my_pages
from veerkracht.web.who import signed_in

_OVER = ("served", "withdrawn", "deceased", "declined", "lapsed", "refused")


@signed_in
def page(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """`person`: the number of whom the reader speaks for; "" for themself."""
    whose = my_pages.about(actor, person)
    mine = my_requests(actor, person)
    shown = [(view, file_context.turn_chart(view)) for view in mine.requests if view.row.state not in _OVER]
    if file := charts.download(request, [drawing for _, drawing in shown]):
        return file
    context = {
        "my": mine,
        **my_pages.offered_now(actor, whose),
        "listed": listed_programme(),
        "homes_address": whose.address("my-homes"),
        "requests": [
            (view, drawing, whose.address("my-stop", number=view.row.number)) for view, drawing in shown
        ],
        "move_address": whose.address("my-move") if "contact" in whose.seen else "",
        "past": [view for view in mine.requests if view.row.state in _OVER],
        **file_context.names(),
        **my_pages.context(actor, whose, "my"),
    }
    return render(request, "web/my.html", context)


@require_POST
@signed_in
def stop(request: HttpRequest, actor: Actor, number: str, person: str = "") -> HttpResponse:
    """The person no longer asks, or does not want what was granted; only after ticking that they mean it."""
    back = HttpResponseRedirect(my_pages.about(actor, person).address("my"))
    asked = get_request(actor, number)
    version = whole(request.POST.get("version", ""))
    if not request.POST.get("sure") or version is None:
        messages.error(request, gettext("Nothing was changed. Tick the box first, to say that you are sure."))
        return back
    act = actions.decline_grant if asked.state == "granted" else actions.withdraw
    try:
        act(asked, by=actor, on=clock.today(), version=version)
    except Invalid as invalid:
        messages.error(request, str(invalid))
    else:
        messages.success(
            request, gettext("That is done. It stays in your file that you asked for it, and when.")
        )
    return back
