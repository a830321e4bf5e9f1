"""Words for what happens at a crisis desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.region.crisis import Crisis
from veerkracht.register.crisis.queries.demand import CONSULT, FAR, NEAR, NONE, OPEN, OTHER, SEARCH
from veerkracht.web import words

STATES: dict[str, Promise] = {
    "open": _("Searching"),
    "held": _("Place held"),
    "placed": _("Place found"),
    "none": _("No place found"),
    "ended": _("Ended"),
}
STEPS: dict[str, Promise] = {
    "asked": _("Search began"),
    "held": _("Place held"),
    "refused": _("Refused"),
    "released": _("Given back"),
    "lapsed": _("The time was up"),
    "confirmed": _("Place found"),
    "transport": _("How they come"),
    "none-found": _("No place found"),
    "ended": _("Ended"),
}
COUNTED: dict[str, Promise] = {
    "all": _("All"),
    NEAR: _("Placed in the own zone"),
    FAR: _("Placed in another zone"),
    NONE: _("No place found"),
    OTHER: _("Still open or stopped"),
    CONSULT: _("Advice"),
    SEARCH: _("Search"),
    OPEN: _("Open"),
}


def named(crisis: Crisis) -> dict[str, str]:
    """Every word of the region's lists by its id, in the language of the page."""
    return {one.id: words.said(one.name) for listed in crisis.choices.values() for one in listed.values()}


def time_zone() -> str:
    return region.current().time_zone
