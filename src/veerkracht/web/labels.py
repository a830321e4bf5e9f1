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
    "delete": _("removed something from your file"),
    "share": _("shared something of your file"),
    "export": _("took your file along in a list"),
}
STEPS: dict[str, Promise] = {
    "asked": _("Asked"),
    "assessed": _("Assessed"),
    "prioritised": _("Priority group set"),
    "revised": _("Priority group looked at again"),
    "taken-over": _("Taken over from the old register"),
    "converted": _("Category converted"),
    "restored": _("Category given back"),
    "routed": _("Put on a route outside the queue"),
    "granted": _("Granted"),
    "granted-partially": _("Granted in part"),
    "declined": _("Declined"),
    "lapsed": _("Lapsed: not taken up in time"),
    "started": _("Budget started"),
    "changed": _("Changed"),
    "ended": _("Budget ended"),
    "withdrawn": _("Withdrawn"),
    "died": _("Died"),
    "refused": _("Refused"),
    "corrected": _("Corrected"),
}
# How a step looks on a timeline: what somebody got or lost stands out, administration is quiet.
STEP_LOOKS = {
    "converted": "quiet",
    "changed": "quiet",
    "corrected": "quiet",
    "assessed": "quiet",
    "lapsed": "warn",
    "refused": "warn",
}
BUDGET_KINDS: dict[str, Promise] = {
    "temporary": _("temporary"),
    "definitive": _("without an end"),
    "partial": _("part of what was asked"),
}
ROUND_STATES: dict[str, Promise] = {
    "prepared": _("to review"),
    "reviewed": _("to sign"),
    "signed": _("signed"),
    "cancelled": _("put aside"),
}
ROUND_TAGS = {"prepared": "warn", "reviewed": "warn", "signed": "", "cancelled": "plain"}
DOCUMENT_KINDS: dict[str, Promise] = {
    "report": _("report"),
    "letter": _("letter"),
    "decision": _("decision"),
    "consent": _("signed consent"),
    "proof": _("proof"),
    "other": _("something else"),
}
REPRESENTATIVE_KINDS: dict[str, Promise] = {
    "parent": _("parent"),
    "guardian": _("guardian"),
    "administrator": _("administrator"),
    "chosen": _("chosen by the person"),
    "viewer": _("only looks, chosen by the person"),
}
# Groups of fields of the permission matrix, as a person reads them about their own file.
FIELD_GROUPS: dict[str, Promise] = {
    "identity": _("who you are"),
    "contact": _("where you live"),
    "national-number": _("your national number"),
    "request": _("what you ask for"),
    "history": _("what happened so far"),
    "assessment": _("how your need was assessed"),
    "money": _("amounts of money"),
    "turn": _("when your turn is likely"),
    "sharing": _("with whom your file is shared"),
    "documents": _("documents"),
    "looks": _("who looked at your file"),
    "notes": _("notes of a consultation"),
}
LOG_VERBS: dict[str, Promise] = {
    "read": _("read"),
    "list": _("listed"),
    "search": _("searched"),
    "export": _("exported"),
    "create": _("added"),
    "change": _("changed"),
    "delete": _("destroyed"),
    "share": _("shared"),
    "refused": _("was refused"),
    "sign-in": _("signed in"),
    "sign-out": _("signed out"),
    "verify": _("verified"),
}
LOG_TAGS = {"refused": "bad", "delete": "warn", "export": "warn", "share": "warn"}
RETENTION_STATES: dict[str, Promise] = {
    "prepared": _("to confirm"),
    "confirmed": _("confirmed"),
    "cancelled": _("put aside"),
}
RETENTION_PARTS: dict[str, Promise] = {
    "file": _("the file"),
    "documents": _("documents"),
    "notes": _("notes of a consultation"),
}
RETENTION_DEEDS: dict[str, Promise] = {
    "pseudonymise": _("take the person out"),
    "destroy": _("destroy"),
}
RETENTION_SKIPPED: dict[str, Promise] = {
    "held": _("left alone: held by law"),
    "no-longer-due": _("left alone: no longer due"),
}
