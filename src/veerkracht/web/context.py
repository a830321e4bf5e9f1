"""What every page needs: who is here, the menu, the demo's day, the other language, light or dark."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.cases.queries.notices import unread
from veerkracht.web import capacities, navigation, who, words
from veerkracht.web.views.look import LOOKS

SHEETS = tuple(f"web/css/{name}.css" for name in ("tokens", "base", "layout", "components", "forecast"))


def page(request: HttpRequest) -> dict[str, Any]:
    actor = who.actor_of(request)
    look = request.COOKIES.get("look", "")
    address = request.get_full_path() if request.method == "GET" else request.path
    return {
        "actor": actor,
        "actor_name": actor.name if actor else "",
        "capacity": capacities.shown(actor) if actor else None,
        "other_capacities": capacities.others(request, actor) if actor else [],
        "menu": navigation.menu(request, actor),
        "home": navigation.home(actor),
        "unread_notices": unread(actor) if actor else 0,
        "demo_day": clock.demo_day(),
        "translations": [(code, translate_url(address, code)) for code, _ in settings.LANGUAGES],
        "look": look if look in LOOKS else "",
        "sheets": SHEETS,
        "disclaimer": words.said(region.current().disclaimer),
    }
