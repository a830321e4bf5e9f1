"""Names of the codes of sharing, for people: states of a consent or referral, grounds, kinds of notices."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.register.cases.queries import choices
from veerkracht.register.cases.queries.notices import NoticeView
from veerkracht.register.cases.rules import CONSENT
from veerkracht.web import words

CONSENT_STATES: dict[str, Promise] = {
    "asked": _("waits for an answer"),
    "refused": _("refused"),
    "in-force": _("in force"),
    "later": _("begins later"),
    "over": _("over"),
    "revoked": _("revoked"),
}
REFERRAL_STATES: dict[str, Promise] = {
    "sent": _("waits for an answer"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "ended": _("ended"),
}
# What is in force is green, what waits is amber, what was refused is red, what is over is grey.
TAGS = {
    "asked": "warn",
    "sent": "warn",
    "refused": "bad",
    "declined": "bad",
    "later": "plain",
    "over": "plain",
    "revoked": "plain",
    "ended": "plain",
}
NOTE_KINDS: dict[str, Promise] = {
    "note": _("Said"),
    "shared": _("Shared"),
    "agreed": _("Agreed"),
}
# The sentence of each kind of notice, filled with its own text.
NOTICES: dict[str, Promise] = {
    "case-assigned": _("%(who)s gave you a case to work on."),
    "consent-given": _("%(organisation)s may read from now on: everybody who was asked has agreed."),
    "consent-refused": _("The consent for %(organisation)s was refused."),
    "consent-revoked": _("The consent for %(organisation)s was revoked."),
    "consultation-opened": _("%(who)s asked you to take part in a case consultation."),
    "emergency-opened": _("%(who)s took emergency access to a file of your team. Look into it."),
    "emergency-reviewed": _("%(who)s looked into your emergency access."),
    "referral-sent": _("%(organisation)s refers somebody to you. Accept or decline."),
    "referral-accepted": _("%(organisation)s accepted your referral."),
    "referral-declined": _("%(organisation)s declined your referral."),
    "referral-ended": _("The referral with %(organisation)s has ended."),
    "objection": _("Somebody objected to a look at their file."),
    "entry-asked-again": _(
        "Do you still want a place in the homes that you asked? Please answer by %(until)s."
    ),
    "together-asked": _("Somebody asks to come to a home together with you. Please answer by %(until)s."),
    "together-agreed": _("You come to a home together: both agreed."),
    "together-declined": _("Your question to come to a home together was declined."),
    "person-moved": _("Somebody whose case you work on moved to another municipality."),
    "representation-code-used": _("Somebody used a code of yours and speaks for you from now on."),
    "viewer-code-used": _("Somebody used a code of yours and can look at your file from now on."),
    "offer-made": _("A place is offered. Please answer by %(until)s."),
    "offer-made-shielded": _(
        "A place is offered to somebody in whose shielded file you are named. Follow it up by %(until)s."
    ),
    "assessment-expires": _("A result of an assessment of you counts until %(until)s. See what to do."),
    "crisis-alarm-stay-soon": _("Stay %(number)s in crisis ends on %(due)s: see what follows."),
    "crisis-alarm-stay-over": _("Stay %(number)s in crisis should have ended on %(due)s."),
    "crisis-alarm-consent-soon": _("Stay %(number)s in crisis: consent must be clear by %(due)s."),
    "crisis-alarm-consent-over": _("Stay %(number)s in crisis: consent should have been clear by %(due)s."),
}
# What a notice is about has a page of its own, or else stands on one of these.
_OWN_PAGE = {
    "consultation-opened": "consultation",
    "objection": "objection",
    "crisis-alarm-stay-soon": "desk-stay",
    "crisis-alarm-stay-over": "desk-stay",
    "crisis-alarm-consent-soon": "desk-stay",
    "crisis-alarm-consent-over": "desk-stay",
}
# On a page of whom it is about: their own, or of who speaks for them.
_OF_PERSON = {
    "offer-made": "my-offers",
    "entry-asked-again": "my-homes",
    "representation-code-used": "my-who",
    "viewer-code-used": "my-who",
    "together-asked": "my-homes-together",
    "together-agreed": "my-homes-together",
    "together-declined": "my-homes-together",
    "assessment-expires": "my-assessments",
}
_AT_MY_CASES = {"case-assigned", "person-moved", "consent-given", "consent-refused", "consent-revoked"}


def names() -> dict[str, Any]:
    """For templates: states, groups of fields, grounds and programmes by their code."""
    here = region.current()
    grounds = here.access.grounds if here.access else ()
    return {
        "consent_states": CONSENT_STATES,
        "referral_states": REFERRAL_STATES,
        "state_tags": TAGS,
        "note_kinds": NOTE_KINDS,
        "field_names": {id: words.said(name) for id, name in choices.shareable().items()},
        "ground_names": {CONSENT: _("Consent"), **{one.id: words.said(one.name) for one in grounds}},
        "programme_names": {
            "": _("every programme"),
            **{id: words.said(one.name) for id, one in here.programmes.items()},
        },
    }


def sentence(notice: NoticeView) -> str:
    """A notice in words; one of a kind that this version does not know says only that there is something."""
    template = NOTICES.get(notice.kind)
    try:
        return (
            str(template) % _filled(notice.text)
            if template
            else str(_("Something happened on a case of yours."))
        )
    except KeyError:
        return str(_("Something happened on a case of yours."))


def _filled(text: dict[str, str]) -> dict[str, str]:
    """What a sentence is filled with; a day as each language writes it."""
    until = text.get("until", "")
    return {**text, "until": words.day(date.fromisoformat(until))} if until else text


def address(notice: NoticeView) -> str:
    """Where a notice leads."""
    page = _OWN_PAGE.get(notice.kind)
    if page and notice.about.isdecimal():
        return reverse(page, args=[int(notice.about)])
    if notice.kind in _OF_PERSON and notice.person_number:
        return reverse(_OF_PERSON[notice.kind], kwargs={"person": notice.person_number})
    return reverse("my-cases" if notice.kind in _AT_MY_CASES else "shared")
