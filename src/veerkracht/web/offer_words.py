"""The words of vacancies and offers on pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

OFFER_STATES = {
    "made": _("Waits for an answer"),
    "overdue": _("Term has passed"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "lapsed": _("Lapsed"),
    "withdrawn": _("Withdrawn"),
    "fulfilled": _("They are there"),
}
OFFER_TAGS = {"made": "warn", "overdue": "bad", "declined": "plain", "lapsed": "plain", "withdrawn": "plain"}
OFFER_STEPS = {
    "made": _("Offered and signed for"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "lapsed": _("Lapsed: nobody answered in time"),
    "withdrawn": _("Withdrawn"),
    "fulfilled": _("They came to live here"),
}
WAITS_FOR = {
    "": _("Can be offered"),
    "resident": _("Somebody is still there"),
    "turnover": _("Being made ready"),
    "closed": _("Closed for now"),
    "staff": _("No staff for it"),
}
# Why a free place is no vacancy.
IDLE = {
    "": _("Is a vacancy tomorrow morning"),
    "closed": _("Closed"),
    "ending": _("Gone before anybody could come"),
    "withdrawn": _("Taken off the vacancies by the home"),
    "staff": _("No staff for it"),
}
REMINDERS = {
    "unlisted": _("Free places that are not among the vacancies yet"),
    "to-offer": _("Places ready to be offered to the next"),
    "ends-today": _("Offers whose term ends today"),
    "overdue": _("Offers whose term has passed: the next can be asked"),
    "arrives-today": _("People who arrive today"),
    "late": _("People who were to arrive and are not there yet"),
    "to-check": _("Requests of which this home has not checked yet what the family told"),
    "to-ask": _("People on the list for later, to be asked whether they still want to come"),
}


def names() -> dict[str, Any]:
    """For templates that show vacancies and offers."""
    return {
        "offer_states": OFFER_STATES,
        "offer_tags": OFFER_TAGS,
        "offer_steps": OFFER_STEPS,
        "waits_for": WAITS_FOR,
        "idle_words": IDLE,
        "reminder_words": REMINDERS,
    }
