"""What pages say of stays in crisis, counselling and messages: the region's own words, and the register's states."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.web.words import said

CONSENTS: dict[str, Promise] = {
    "not-needed": _("no consent asked"),
    "unclear": _("consent unclear"),
    "given": _("all agreed"),
    "refused": _("somebody does not agree"),
}
CLOCKS: dict[str, Promise] = {"stay": _("Longest stay"), "consent": _("Consent unclear")}
LEVELS: dict[str, Promise] = {"fine": _("in time"), "soon": _("nearly over"), "over": _("over")}
LEVEL_TAGS = {"fine": "plain", "soon": "warn", "over": "bad"}
VOICES: dict[str, Promise] = {"own": _("the young person"), "parent": _("a parent or guardian")}
ROLES: dict[str, Promise] = {"adult": _("adult"), "child": _("child")}
STEPS: dict[str, Promise] = {
    "opened": _("The stay began"),
    "consent": _("Somebody said whether they agree"),
    "ground": _("A decision stands in for consent"),
    "extended": _("Extended by decision"),
    "handed-over": _("Handed over to longer help"),
    "ended": _("The stay ended"),
}
STATES: dict[str, Promise] = {
    "asked": _("first talk to come"),
    "started": _("running"),
    "ended": _("ended"),
    "withdrawn": _("not needed any more"),
}


def names() -> dict[str, Any]:
    """Every word of the pages by the names of the register and the region."""
    shelter, crisis = region.current().shelter, region.current().crisis
    contact = shelter.contact if shelter else None
    return {
        "consents": CONSENTS,
        "clocks": CLOCKS,
        "levels": LEVELS,
        "level_tags": LEVEL_TAGS,
        "voices": VOICES,
        "roles": ROLES,
        "step_names": STEPS,
        "states": STATES,
        "kinds": {id: said(one.name) for id, one in crisis.kinds.items()} if crisis else {},
        "end_reasons": {id: said(one.name) for id, one in shelter.end_reasons.items()} if shelter else {},
        "ground_names": {one.id: said(one.name) for one in shelter.grounds} if shelter else {},
        "modules": {one.id: said(one.name) for one in shelter.modules} if shelter else {},
        "programme_names": {id: said(one.name) for id, one in region.current().programmes.items()},
        "contact_kinds": {one.id: said(one.name) for one in contact.kinds} if contact else {},
        "contact_senders": {one.id: said(one.name) for one in contact.senders} if contact else {},
    }
