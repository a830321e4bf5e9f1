"""One home in one page, for everybody: places, price, care, quality, supervision, and by which rules it chooses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht import region
from veerkracht.register.offers.queries.profile import profile
from veerkracht.register.permissions import may
from veerkracht.register.supply.words import kind_name
from veerkracht.web.views.signals import kinds_of
from veerkracht.web.who import actor_of


def page(request: HttpRequest, id: int) -> HttpResponse:
    found, actor = profile(id), actor_of(request)
    disclosure = region.current().disclosure
    kinds = {one.id: one for one in kinds_of(found.entry.programme)}
    context: dict[str, Any] = {
        "found": found,
        "entry": found.entry,
        "kinds": {one.unit_kind: kind_name(one.unit_kind) for one in found.prices},
        "signals": [(one, kinds[one.kind]) for one in found.signals],
        "told": [one for one in kinds.values() if one.public],
        "is_made_up": any(one.fictitious for one in found.quality),
        "is_of_whole": any(one.of_whole for one in found.quality),
        "least": disclosure.threshold if disclosure else 0,
        "may_see_more": actor is not None and may("place.count", actor, found.entry.programme),
    }
    return render(request, "web/home_profile.html", context)
