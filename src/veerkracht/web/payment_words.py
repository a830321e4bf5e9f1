"""Words and looks of payment orders, by what the register calls them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The steps in their sequence, as the stepper shows them.
STEPS: dict[str, Promise] = {
    "prepared": _("prepared"),
    "checked": _("checked"),
    "approved": _("approved"),
    "sent": _("sent"),
    "done": _("answered by the bank"),
}
STATES: dict[str, Promise] = {
    "prepared": _("to check"),
    "checked": _("to approve"),
    "approved": _("to send"),
    "sent": _("at the bank"),
    "done": _("done"),
    "refused": _("refused"),
}
STATE_TAGS = {
    "prepared": "warn",
    "checked": "warn",
    "approved": "warn",
    "sent": "",
    "done": "plain",
    "refused": "plain",
}
PAYMENT_STATES: dict[str, Promise] = {
    "requested": _("waits"),
    "paid": _("paid"),
    "rejected": _("rejected by the bank"),
    "cancelled": _("not paid"),
}
PAYMENT_TAGS = {"requested": "warn", "paid": "", "rejected": "bad", "cancelled": "plain"}
WHO_DID: dict[str, Promise] = {**STEPS, "refused": _("refused")}
ACCOUNT_STATES: dict[str, Promise] = {
    "recorded": _("waits for a second person"),
    "confirmed": _("confirmed"),
    "refused": _("refused"),
}
ACCOUNT_TAGS = {"recorded": "warn", "confirmed": "", "refused": "plain"}
HELD_BACK: dict[str, Promise] = {
    "no-account": _("no account that a second person confirmed"),
    "no-commitment": _("nothing was committed for it on this line"),
    "too-little-left": _("its commitment has too little left"),
}
VERBS: dict[str, Promise] = {
    "checked": _("I have checked it"),
    "approved": _("Approve"),
    "sent": _("Make the file and send"),
}
DONE: dict[str, Promise] = {
    "checked": _("The order is checked."),
    "approved": _("The order is approved."),
    "sent": _("The payment file is made. Fetch it, and bring it to the bank."),
    "refused": _("The order is refused. Its money is free to pay again."),
}
EXPLAINED: dict[str, Promise] = {
    "checked": _("Look through the amounts and for whom they are. Then pass it on to be approved."),
    "approved": _("After this, somebody else sends the order to the bank."),
    "sent": _("The file for the bank is made and checked against its schema. Only you can fetch it."),
}


def names() -> dict[str, object]:
    """What every template about orders needs."""
    return {
        "states": STATES,
        "state_tags": STATE_TAGS,
        "payment_states": PAYMENT_STATES,
        "payment_tags": PAYMENT_TAGS,
        "who_did": WHO_DID,
    }
