"""Names of what stands in the ledger, in the language of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMITMENTS: dict[str, Promise] = {
    "grant": _("Grant"),
    "contract": _("Contract"),
    "pay": _("Pay of staff"),
    "round": _("Personal budgets"),
    "project": _("Project"),
}
CREDITS: dict[str, Promise] = {
    "initial": _("Initial budget"),
    "revised": _("Revision"),
    "transfer": _("Transfer"),
    "carry-over": _("Carry-over"),
    "correction": _("Correction"),
}
ENTRIES: dict[str, Promise] = {
    "credited": _("Credit voted"),
    "transferred": _("Credit transferred"),
    "carried-over": _("Credit carried over"),
    "committed": _("Committed"),
    "weighed": _("Weighs on this year"),
    "reduced": _("Commitment reduced"),
    "requested": _("Put in a payment order"),
    "settled": _("Paid"),
    "cancelled": _("Payment cancelled"),
    "recovered": _("Recovered"),
    "lapsed": _("Lapsed"),
    "corrected": _("Corrected"),
}
ACCOUNTS: dict[str, Promise] = {
    "commitment-voted": _("voted (VAK)"),
    "commitment-free": _("left to commit"),
    "committed": _("committed"),
    "commitment-lapsed": _("lapsed (VAK)"),
    "payment-voted": _("voted (VEK)"),
    "payment-free": _("left to pay"),
    "requested": _("in payment orders"),
    "paid": _("paid"),
    "recovered": _("recovered"),
    "payment-lapsed": _("lapsed (VEK)"),
}
STATES: dict[str, Promise] = {"planned": _("Not open yet"), "open": _("Open"), "closed": _("Closed")}
# The look of the tag of a year's state.
STATE_TAGS = {"planned": "warn", "open": "", "closed": "plain"}
