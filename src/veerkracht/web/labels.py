"""Names of the register's codes, for people: states, kinds of step, verbs of the log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "asked": _("asked"),
    "waiting": _("waiting"),
    "granted": _("granted"),
    "served": _("served"),
    "withdrawn": _("withdrawn"),
    "deceased": _("deceased"),
    "declined": _("declined"),
    "lapsed": _("lapsed"),
    "refused": _("refused"),
}
# The look of a state's tag: what waits is plain green, what needs somebody is amber, what is over is grey.
STATE_TAGS = {
    "asked": "warn",
    "waiting": "",
    "granted": "warn",
    "served": "plain",
    "withdrawn": "plain",
    "deceased": "plain",
    "declined": "plain",
    "lapsed": "plain",
    "refused": "bad",
}
LOOKS: dict[str, Promise] = {
    "read": _("looked at your file"),
    "create": _("wrote something new in your file"),
    "change": _("changed something in your file"),
    "export": _("took your file along in a list"),
}
