"""What is said of an entry on a home's list: its states, and what happened to it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "waiting": _("Waiting"),
    "parked": _("Stands aside"),
    "off": _("Off the list"),
    "admitted": _("Admitted"),
}
STEPS: dict[str, Promise] = {
    "registered": _("Registered"),
    "changed": _("Changed"),
    "checked": _("Checked by the home"),
    "asked-again": _("Asked whether it is still wanted"),
    "still-wanted": _("Still wanted"),
    "parked": _("Stands aside"),
    "restored": _("Takes part again"),
    "lowered": _("The date that counts became later"),
    "left": _("Off the list"),
    "admitted": _("Admitted"),
}


def names() -> dict[str, Any]:
    """For templates."""
    return {"entry_states": STATES, "entry_steps": STEPS}
