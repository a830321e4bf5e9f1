"""What one was told, and putting it away."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from veerkracht.register.cases.actions import read_notices
from veerkracht.register.cases.queries.notices import notices
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.web import sharing_words
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """POST puts away all up to and including the one that was on top."""
    if request.method == "POST":
        up_to = request.POST.get("up_to", "")
        read_notices(by=actor, up_to=whole(up_to) or 0)
        return HttpResponseRedirect(reverse("notices"))
    after = request.GET.get("after", "")
    shown, next_ = notices(actor, after)
    context = {
        "notices": [(one, sharing_words.sentence(one), sharing_words.address(one)) for one in shown],
        "newest": max((one.id for one in shown if not one.is_read), default=0),
        "next": next_,
        "is_first": not after,
    }
    return render(request, "web/notices.html", context)
