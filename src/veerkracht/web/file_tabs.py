"""The pages of one file, beside each other: those that somebody may open."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.access import Case, fields, which
from veerkracht.register.lists.rules import keeps_lists
from veerkracht.register.people.actors import Actor

_DOCUMENTS = frozenset({"document.read", "document.add"})
_NUMBER = "number.record"


@dataclass(frozen=True)
class Tab:
    name: Promise
    address: str
    is_here: bool


def tabs(actor: Actor, case: Case, number: str, here: str) -> list[Tab]:
    """`number`: of the request; `here`: the name of the page that shows them."""
    seen, allowed = fields(actor, case), which((*_DOCUMENTS, _NUMBER), actor, case)
    pages: list[tuple[str, Promise, bool]] = [
        ("file", _("The file"), True),
        ("file-sharing", _("Who works on it"), "sharing" in seen),
        ("file-assessments", _("Assessments"), "assessment" in seen),
        ("file-homes", _("Care homes"), keeps_lists(case.programme)),
        ("file-documents", _("Documents"), bool(allowed & _DOCUMENTS)),
        ("file-addresses", _("Addresses"), "contact" in seen),
        ("file-representatives", _("Who speaks for them"), "sharing" in seen),
        ("file-number", _("National number"), _NUMBER in allowed),
        ("file-account", _("Account number"), _NUMBER in allowed),
    ]
    return [Tab(name, reverse(page, args=[number]), page == here) for page, name, shown in pages if shown]
